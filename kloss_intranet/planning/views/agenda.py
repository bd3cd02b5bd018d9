"""The agenda of a meeting: its items, and the order they stand in."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number, options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal, text
from ...meetings import queries as meetings
from ...meetings.models import AgendaItem, Meeting
from ...questions.models import Question
from .. import queries
from ..forms import MOST_GUESTS, ItemForm, item_form
from ..services import agenda as agenda_of
from ..services import turns
from ..services.facts import check_editable
from .blueprint import bp
from .returning import put_on_agenda
from .typed import found as find
from .typed import named, within

NOWHERE = text("Skriv ett nummer i ordningen.")


def _form(meeting: Meeting, row: AgendaItem | None, **filled: Any) -> tuple[ItemForm, dict[str, Question]]:
    """The form with its choices, and the questions that can be chosen by their choice."""
    sent = sum(name.startswith("guest_name_") for name in request.form)
    guests = sent or (len(row.guests) if row else 0) + 2
    form = item_form(min(max(guests, 1), MOST_GUESTS))(**filled)
    form.part.choices = options(
        [
            ("", gettext("Ingen: bara minuter visas")),
            *[(str(part.id), part.title) for part in meeting.programme],
        ]
    )
    here = queries.treated_by(meeting)
    found = {str(one.id): one for one in queries.questions_to_treat(one.id for one in here.values())}
    form.question.choices = options(
        [("", gettext("Ingen särskild fråga")), *[(key, one.title) for key, one in found.items()]]
    )
    return form, found


def _item(form: ItemForm, found: dict[str, Question]) -> agenda_of.Item:
    guests = []
    for n in range(1, MOST_GUESTS + 1):
        if f"guest_name_{n}" in form:
            said = [form[f"guest_{what}_{n}"].data or None for what in ("name", "role", "organisation")]
            if any(said):
                guests.append(agenda_of.Invited(*said))
    return agenda_of.Item(
        title=form.title.data or "",
        minutes=form.minutes.data,
        responsible=form.responsible.data or None,
        description=form.description.data or None,
        programme_item_id=int(form.part.data) if form.part.data else None,
        question=found.get(form.question.data),
        guests=guests,
    )


@bp.get("/meetings/<string:slug>/agenda")
@requires(Permission.MEETING_EDIT, find=meetings.meeting)
def agenda(meeting: Meeting) -> ResponseReturnValue:
    last = meeting.agenda[-1].programme_item_id if meeting.agenda else None
    begun = {"part": str(last or "")}
    return _list(meeting, _form(meeting, None, formdata=None, data=begun)[0])


def _list(meeting: Meeting, form: ItemForm) -> str:
    asked = queries.treated_by(meeting)
    return render_template("planning/agenda.html", meeting=meeting, form=form, asked=asked)


@bp.post("/meetings/<string:slug>/agenda-items")
@requires(Permission.MEETING_EDIT, find=meetings.meeting)
def add_item(meeting: Meeting) -> ResponseReturnValue:
    form, found = _form(meeting, None)
    if not form.validate():
        return _list(meeting, form), 422
    item = _item(form, found)
    try:
        agenda_of.add(meeting, item, me().member_id)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _list(meeting, form), refusal.status
    put_on_agenda(meeting, item.question)
    db.session.commit()
    flash_done(gettext("Punkten är tillagd."))
    return _back(meeting)


def _back(meeting: Meeting, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("planning.agenda", slug=meeting.slug, _anchor=anchor), 303)


@bp.get("/meetings/<string:slug>/agenda-items/<int:item_id>/edit")
@requires(Permission.MEETING_EDIT, find=within)
def edit_item(meeting: Meeting) -> ResponseReturnValue:
    row: AgendaItem = named(meeting.agenda, "item_id")
    check_editable(meeting)
    question = queries.treated_by(meeting).get(row.id)
    known: dict[str, Any] = {
        name: getattr(row, name) for name in ("title", "minutes", "responsible", "description")
    }
    known |= {"part": str(row.programme_item_id or ""), "seen": turns.mark(row)}
    known |= {"question": str(question.id), "was": str(question.id)} if question else {}
    for n, guest in enumerate(row.guests, 1):
        for what in ("name", "role", "organisation"):
            known[f"guest_{what}_{n}"] = getattr(guest, what)
    return _edit(meeting, row, _form(meeting, row, formdata=None, data=known)[0])


def _edit(meeting: Meeting, row: AgendaItem, form: ItemForm, is_clash: bool = False) -> str:
    return render_template("planning/edit_item.html", meeting=meeting, item=row, form=form, is_clash=is_clash)


@bp.post("/meetings/<string:slug>/agenda-items/<int:item_id>/revisions")
@requires(Permission.MEETING_EDIT, find=within)
def revise_item(meeting: Meeting) -> ResponseReturnValue:
    row: AgendaItem | None = find(meeting.agenda, "item_id")
    form, found = _form(meeting, row)
    if row is None:
        return _gone(meeting, form), 409
    if not form.validate():
        return _edit(meeting, row, form), 422
    seen, was, item = form.seen.data or "", _number(form.was.data), _item(form, found)
    try:
        agenda_of.revise(meeting, row, item, seen=seen, was=was, by=me().member_id)
    except turns.Clash as clash:
        form.seen.data = turns.mark(row)
        return _edit(meeting, row, form, is_clash=True), clash.status
    except turns.Gone:
        return _gone(meeting, form), 409
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _edit(meeting, row, form), refusal.status
    if item.question is not None and item.question.id != was:
        put_on_agenda(meeting, item.question)
    db.session.commit()
    flash_done(gettext("Punkten är ändrad."))
    return _back(meeting)


def _gone(meeting: Meeting, form: ItemForm) -> str:
    """The agenda, with what was typed about an item that is there no more."""
    add_refusal(form, turns.Gone())
    return _list(queries.meeting_again(meeting), form)


def _number(given: str | None) -> int | None:
    try:
        return number(given or "")
    except ValueError:
        return None


@bp.post("/meetings/<string:slug>/agenda-items/<int:item_id>/moves")
@requires(Permission.MEETING_EDIT, find=within)
def move_item(meeting: Meeting) -> ResponseReturnValue:
    """One step up or down, or to the place that was typed."""
    row: AgendaItem = named(meeting.agenda, "item_id")
    now_at = [each.id for each in meeting.agenda].index(row.id) + 1
    step = {"up": -1, "down": 1}.get(request.form.get("step", ""))
    to = now_at + step if step else _number(request.form.get("to"))
    if to is None:
        raise Refusal(NOWHERE)
    place = agenda_of.place(meeting, row, to, me().member_id)
    db.session.commit()
    flash_done(gettext("«%(title)s» är nu punkt %(number)d.", title=row.title, number=place))
    return _back(meeting, f"place-{place}")


@bp.post("/meetings/<string:slug>/agenda-items/<int:item_id>/removals")
@requires(Permission.MEETING_EDIT, find=within)
def remove_item(meeting: Meeting) -> ResponseReturnValue:
    agenda_of.remove(meeting, named(meeting.agenda, "item_id"), me().member_id)
    db.session.commit()
    flash_done(gettext("Punkten är borttagen."))
    return _back(meeting)
