"""What is done from the desk itself: mail is tried again or set aside, an invitation is sent again."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from ...auth import notifications
from ...auth import services as door
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext, ngettext
from ...core.policy import Permission
from ...mail.models import Letter
from ...members import queries as members
from ...members.models import Member
from .. import queries, services
from .blueprint import bp


@bp.post("/desk/letters/<int:letter_id>/retries")
@requires(Permission.DESK_WRITE, find=queries.letter)
def retry(letter: Letter) -> ResponseReturnValue:
    number = services.try_again(letter, me().member_id)
    if not number:
        return _back(gettext("Mailen skickas redan, eller har kommit fram."))
    done = ngettext(
        "%(num)d mail skickas på nytt inom kort.", "%(num)d mail skickas på nytt inom kort.", number
    )
    return _back(done)


@bp.post("/desk/letters/<int:letter_id>/dismissals")
@requires(Permission.DESK_WRITE, find=queries.letter)
def set_aside(letter: Letter) -> ResponseReturnValue:
    services.set_aside(letter, me().member_id)
    return _back(gettext("Noterat. Adressen visas igen om ett mail dit misslyckas på nytt."))


@bp.post("/desk/members/<int:member_id>/invitations")
@requires(Permission.DESK_WRITE, find=members.member)
def invite_again(member: Member) -> ResponseReturnValue:
    if not services.may_be_invited_again(member):
        return _back(gettext("Inbjudan är redan skickad på nytt, eller besvarad."))
    notifications.invitation(member, door.invite(member, me().member_id))
    return _back(gettext("Inbjudan är skickad till %(name)s.", name=member.name))


def _back(done: str) -> ResponseReturnValue:
    db.session.commit()
    flash_done(done)
    return redirect(url_for("desk.index"), 303)
