"""Planning a new meeting."""

from datetime import date
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings.models import Meeting
from ...questions.models import Question, QuestionState
from ...questions.notifications import tell_of_return
from .. import notifications, queries
from ..forms import NewMeetingForm
from ..services import making, times
from ..services.making import Way
from .blueprint import bp
from .labels import label
from .returning import put_on_agenda
from .typed import facts, offer_choices, refuse


@bp.get("/planning/new")
@requires(Permission.MEETING_PLAN)
def new() -> ResponseReturnValue:
    """The form for one of the ways; with `from` previous, filled in after that meeting."""
    asked = request.args.get("from", "")
    way = Way(asked) if asked in list(Way) else Way.SCRATCH
    earlier = queries.before()
    previous = next((each for each in earlier if each.slug == request.args.get("meeting")), None)
    if way is Way.PREVIOUS and previous is None:
        previous = next(iter(queries.before(clock.now())), None)
    form = NewMeetingForm(formdata=None, data=_beginning(way, previous))
    _choices(form, earlier, previous)
    return _page(form, way, previous)


def _beginning(way: Way, previous: Meeting | None) -> dict[str, Any]:
    """What the form holds at first: of the previous meeting its pattern, and neither hosts nor place."""
    begun: dict[str, Any] = {"way": way.value, "previous": previous.slug if previous else ""}
    if way is Way.PREVIOUS and previous is not None:
        begun |= {
            "kind": previous.kind.value,
            "mode": previous.mode.value if previous.mode else None,
            "time_zone": clock.STOCKHOLM,
            "themes": [under.theme.slug for under in previous.themes],
        }
        if previous.times_known:
            begun |= {"starts_time": _clock(previous, "starts_at"), "ends_time": _clock(previous, "ends_at")}
    if way is Way.USUAL:
        begun |= {"starts_time": making.USUAL_START, "ends_time": making.USUAL_END}
    ahead = (QuestionState.CHOSEN, QuestionState.IN_PREPARATION)
    if way is not Way.SCRATCH:
        open_ones = queries.open_questions(previous, clock.now())
        begun["questions"] = [str(one.id) for one in open_ones if one.state in ahead]
    return begun


def _clock(meeting: Meeting, name: str) -> Any:
    return making.local_time(getattr(meeting, name), meeting.time_zone)


def _choices(form: NewMeetingForm, earlier: list[Meeting], previous: Meeting | None) -> dict[str, Question]:
    offer_choices(form)
    named = [(each.slug, label(each)) for each in earlier]
    form.previous.choices = options([("", gettext("Ingen")), *named])
    found = {str(one.id): one for one in queries.open_questions(previous, clock.now())}
    form.questions.choices = options([(key, one.title) for key, one in found.items()])
    if not found:
        del form.questions
    return found


def _page(form: NewMeetingForm, way: Way, previous: Meeting | None) -> str:
    return render_template("planning/new.html", form=form, way=way, previous=previous)


@bp.post("/planning/meetings")
@requires(Permission.MEETING_PLAN)
def make() -> ResponseReturnValue:
    form = NewMeetingForm()
    way = Way(form.way.data) if form.way.data in list(Way) else Way.SCRATCH
    earlier = queries.before()
    previous = next((each for each in earlier if each.slug == form.previous.data), None)
    found = _choices(form, earlier, previous)
    if not form.validate():
        return _page(form, way, previous), 422
    chosen = [found[key] for key in form.questions.data or ()] if found else []
    try:
        if way is Way.USUAL and form.ends_on.data is None:
            form.ends_on.data = times.day_after(cast(date, form.starts_on.data), "starts_on")
        meeting = making.plan(
            facts(form),
            slug=form.slug.data or "",
            way=way,
            previous=previous,
            questions=chosen,
            by=me().member_id,
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return _page(form, way, previous), refusal.status
    whole = queries.meeting_again(meeting)
    named = [host.institution_id for host in whole.hosts if host.institution_id]
    notifications.tell_of_hosting(whole, named, me().member_id)
    for question in chosen:
        put_on_agenda(whole, question)
    tell_of_return(whole, queries.waiting_questions(whole, clock.now()), me().member_id)
    db.session.commit()
    flash_done(gettext("Träffen är planerad. Den syns för nätverket och är inte öppen än."))
    return redirect(url_for("planning.parts", slug=whole.slug), 303)
