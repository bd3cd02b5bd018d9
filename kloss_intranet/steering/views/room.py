"""The closed room: all that waits for the steering group, on one page."""

from flask import render_template

from ...core import clock
from ...core.access import me, requires
from ...core.policy import Permission, may
from ...core.slots import fills
from ...materials import queries as materials
from ...questions.models import Question
from ...threads import queries as threads
from ...threads.models import Audience, Thread
from ..queries import agenda, preparations
from ..queries import room as rooms
from ..queries.preparations import ROOM
from .blueprint import bp


def here() -> str:
    """What the gate is asked about, so that the room is not found by those who may not enter it."""
    return ROOM


@bp.get("/steering/", endpoint="room")
@requires(Permission.STEERING_READ, find=here)
def show(_room: str) -> str:
    reader, now, today = me(), clock.now(), clock.today()
    table, meeting = rooms.table(), rooms.coming(now)
    questions = [each.question for each in (*table.preparing, *table.resting, *table.proposals)]
    listed = threads.thread_list(reader, Thread.audience == Audience.STEERING)
    folders = rooms.folders()
    return render_template(
        "steering/room.html",
        table=table,
        reasons=rooms.last_reasons([each.question.id for each in table.resting]),
        late=[each for each in table.preparing if each.due and each.due < today],
        group={member.id for member in preparations.group(today)},
        meeting=meeting,
        spaces=agenda.free(meeting) if meeting else [],
        loose=agenda.loose(meeting) if meeting else 0,
        treated=agenda.treated(questions, meeting) if meeting else {},
        threads=listed,
        folders=[(one, materials.readable(one, reader)) for one in folders[: rooms.FOLDERS]],
        has_older_folders=len(folders) > rooms.FOLDERS,
        now=now,
        today=today,
    )


@fills("question.steering")
def of_question(question: Question) -> str:
    """On the question's page, for the steering group: who prepares it, and the ways into the room."""
    if not may(me(), Permission.STEERING_READ):
        return ""
    noted = preparations.preparation(question.id)
    return render_template(
        "steering/_of_question_room.html", question=question, preparation=noted, today=clock.today()
    )
