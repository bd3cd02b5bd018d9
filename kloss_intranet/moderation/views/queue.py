"""The queue: what waits, by thing, and what has been done lately."""

from dataclasses import dataclass, replace

from flask import render_template

from ...core import clock
from ...core.access import me, requires
from ...core.form import Form
from ...core.policy import Permission
from ..forms.acting import ReasonForm
from ..forms.reporting import GROUNDS
from ..models import Act, Decision
from ..notifications.coordinators import way_to
from ..queries import queue, things
from ..queries.queue import Waiting
from ..queries.things import Thing
from ..queries.wording import ACTS
from ..services import acting
from .blueprint import bp

SEVERAL = {Act.DISMISS, Act.HIDE}
"""The acts that can be done about several things at a time."""


@dataclass(frozen=True)
class Line:
    """A thing that waits, as the queue draws it."""

    waiting: Waiting
    url: str
    is_late: bool
    is_own: bool
    """It is the reader's own: who reported it is not for them."""
    value: str | None
    """What its box sends, where it can be treated together with others."""

    @property
    def thing(self) -> Thing:
        return self.waiting.thing


@dataclass(frozen=True)
class Done:
    measure: Decision
    thing: Thing | None
    url: str | None


@bp.get("/moderation/")
@requires(Permission.QUEUE_READ)
def index() -> str:
    return queue_page(ReasonForm(formdata=None))


def queue_page(form: Form, chosen: frozenset[str] = frozenset()) -> str:
    """The queue, with the boxes that were ticked."""
    late = clock.now() - queue.PATIENCE
    lines = [
        Line(
            waiting=each,
            url=way_to(each.thing),
            is_late=each.since < late and each.is_coordinators,
            is_own=each.thing.author_id == me().member_id,
            value=_value(each),
        )
        for each in queue.waiting()
    ]
    alone = sum(line.value is not None for line in lines) < 2
    lines = [replace(line, value=None) if alone else line for line in lines]
    made = queue.settled()
    known = things.things((one.subject_kind, one.subject_id) for one in made)
    done = [_done(one, known.get((one.subject_kind, one.subject_id))) for one in made]
    return render_template(
        "moderation/index.html",
        lines=[line for line in lines if line.waiting.is_coordinators],
        asked=[line for line in lines if not line.waiting.is_coordinators],
        done=done,
        form=form,
        chosen=chosen,
        grounds=GROUNDS,
        acts=ACTS,
    )


def _value(case: Waiting) -> str | None:
    is_several = case.is_coordinators and acting.possible(case) & SEVERAL
    return f"{case.thing.kind.value}-{case.thing.id}" if is_several else None


def _done(measure: Decision, thing: Thing | None) -> Done:
    return Done(measure, thing, way_to(thing) if thing else None)
