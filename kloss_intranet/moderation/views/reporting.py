"""Reporting a post, a file or how a member is presented."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core.access import me
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.slots import fills
from ...core.words import Refusal
from ...members.models import Member
from ...threads.models import Attachment, Post
from ...threads.queries import is_folded
from ..forms.reporting import GROUNDS, ReportForm
from ..models import Ground
from ..notifications import reports as letters
from ..queries import queue, things
from ..queries.things import Thing
from ..services import reporting
from .kinds import for_reporting


def new_report(row: Any) -> ResponseReturnValue:
    thing = _thing(row)
    waits = queue.open_report(me().member_id, thing.kind, thing.id)
    return _page(thing, ReportForm(formdata=None), waits=waits, refusal=reporting.refusal(thing, me()))


def report(row: Any) -> ResponseReturnValue:
    thing, form = _thing(row), ReportForm()
    if not form.validate():
        return _page(thing, form), 422
    ground = Ground(form.ground.data)
    try:
        made = reporting.report(thing, me(), ground, form.words.data or "")
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(thing, form), refusal.status
    if made is not None:
        letters.tell_of_report(made, thing, ground=GROUNDS[ground])
    db.session.commit()
    flash_done(gettext("Tack. Koordinatorn har fått din anmälan, och du får ett mail när den är prövad."))
    return redirect(way_back(thing), 303)


def way_back(thing: Thing) -> str:
    """Where the thing stands for its readers."""
    if thing.post_id is not None:
        return url_for("threads.locate", post_id=thing.post_id)
    if thing.thread_id is not None:
        return url_for("threads.show", thread_id=thing.thread_id)
    return url_for("members.show", member_id=thing.id)


def _thing(row: Any) -> Thing:
    """What cannot be seen before one has written is not there to be reported either."""
    post = row if isinstance(row, Post) else row.post if isinstance(row, Attachment) else None
    if post is not None and is_folded(me(), post.thread, post):
        abort(404)
    return things.thing(*things.key_of(row)) or abort(404)


def _page(thing: Thing, form: ReportForm, **more: Any) -> str:
    shown = {"waits": None, "refusal": None} | more
    # A hidden wording is for coordinators; a reader who may come here sees that it is hidden, and no more.
    is_there = thing.stands and not thing.is_under_hidden
    return render_template(
        "moderation/report.html",
        thing=thing,
        words=thing.words if is_there else "",
        form=form,
        back=way_back(thing),
        **shown,
    )


@fills("member.contributions")
def of_member(member: Member) -> Markup | str:
    """The ways to report how the member is presented, and for coordinators to look into it."""
    if member.id == me().member_id or not may(me(), Permission.MEMBER_REPORT, member):
        return ""
    return Markup(render_template("moderation/_of_member.html", member=member))  # noqa: S704 - ours


for_reporting("/{thing}/report", "new_report", "GET", new_report)
for_reporting("/{thing}/reports", "report", "POST", report)
