"""The steering group puts a question on the agenda of a coming meeting."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number, options
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ...planning.queries import meeting_again
from ...questions.models import Question
from ...questions.notifications import tell_of_change
from ..forms.room import PlaceForm
from ..queries import agenda
from ..queries import room as rooms
from ..queries.room import Matter
from ..services import agenda as placing
from .blueprint import bp

Found = dict[str, Matter]


@bp.get("/steering/meetings/<string:slug>/agenda-items/new")
@requires(Permission.AGENDA_PLACE, find=meetings.meeting)
def new_item(meeting: Meeting) -> ResponseReturnValue:
    found = _waiting(meeting)
    asked = found.get(str(request.args.get("question", type=number)))
    part = agenda.likely_part(meeting)
    owner = asked.preparation.owner if asked and asked.preparation else None
    begun = {
        "question": str(asked.question.id) if asked else "",
        "part": str(part.id) if part else "",
        "responsible": owner.name if owner else None,
    }
    return _page(meeting, _form(PlaceForm(formdata=None, data=begun), meeting, found))


@bp.post("/steering/meetings/<string:slug>/agenda-items")
@requires(Permission.AGENDA_PLACE, find=meetings.meeting)
def place(meeting: Meeting) -> ResponseReturnValue:
    found = _waiting(meeting)
    form = _form(PlaceForm(), meeting, found)
    if not form.validate():
        return _page(meeting, form), 422
    question: Question = found[form.question.data].question
    try:
        row, change = placing.place(
            meeting,
            question,
            me().member_id,
            minutes=form.minutes.data,
            responsible=form.responsible.data or None,
            programme_item_id=int(form.part.data) if form.part.data else None,
        )
    except Refusal as refusal:
        db.session.rollback()
        add_refusal(form, refusal)
        return _page(meeting_again(meeting), form), refusal.status
    if change is not None:
        tell_of_change(question, change)
    db.session.commit()
    flash_done(gettext("«%(title)s» är nu punkt %(number)d.", title=row.title, number=row.position))
    return redirect(url_for("steering.room", _anchor="agenda"), 303)


def _waiting(meeting: Meeting) -> Found:
    """What can be put on the agenda: prepared or resting, and not there yet."""
    table = rooms.table()
    every = [*table.preparing, *table.resting]
    return {str(each.question.id): each for each in every if each.place_at(meeting) is None}


def _form(form: PlaceForm, meeting: Meeting, found: Found) -> PlaceForm:
    titles = [(key, each.question.title) for key, each in found.items()]
    form.question.choices = options([("", gettext("Välj en fråga")), *titles])
    parts = [(str(part.id), part.title) for part in meeting.programme]
    form.part.choices = options([("", gettext("Ingen: bara minuter visas")), *parts])
    return form


def _page(meeting: Meeting, form: PlaceForm) -> str:
    return render_template(
        "steering/agenda_place.html",
        meeting=meeting,
        form=form,
        spaces=agenda.free(meeting),
        loose=agenda.loose(meeting),
        has_questions=bool([*form.question][1:]),
    )
