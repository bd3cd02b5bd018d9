"""The letters of the door: the invitation and the way back in."""

from flask import current_app, render_template, url_for
from flask_babel import force_locale

from ..core.language import gettext as _
from ..mail.services import enqueue
from ..members.models import Member
from ..members.services import Errand, invites
from . import services
from .queries import hash_of


@invites
def invite(member: Member, by: int | None, errand: Errand | None) -> None:
    """Make the member's invitation and send it."""
    invitation(member, services.invite(member, by), errand)


def invitation(member: Member, token: str, errand: Errand | None = None) -> None:
    """Send `member` the link to the page where the account begins, with what it is for."""
    with force_locale(member.language):
        subject = errand.subject if errand else _("Välkommen till KLOSSnet")
        _send("invitation", member, token, subject, errand)


def recovery(member: Member, token: str) -> None:
    """Send `member` the link to the page where a new password is chosen."""
    with force_locale(member.language):
        _send("recovery", member, token, _("Välj ett nytt lösenord till KLOSSnet"))


def _send(kind: str, member: Member, token: str, subject: str, errand: Errand | None = None) -> None:
    address = current_app.config["SETTINGS"].base_url + url_for(f"auth.{kind}", token=token)
    told = {"member": member, "address": address, "language": member.language, "subject": subject}
    told |= {"said": errand.said if errand else ()}
    enqueue(
        errand.key if errand else f"{kind}:{hash_of(token)[:32]}",
        member,
        subject=subject,
        plain=render_template(f"auth/mail/{kind}.txt", **told),
        html=render_template(f"auth/mail/{kind}.html", **told),
        path=errand.path if errand else None,
    )
