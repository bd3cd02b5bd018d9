"""The moderation record, and its figures without names."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from ...core import clock
from ...core.access import me, requires
from ...core.form import number
from ...core.language import gettext
from ...core.policy import Permission, may
from ..models import Act, SubjectKind
from ..queries import record as queries
from ..queries.figures import figures as counted
from ..queries.halves import Half, halves
from ..queries.wording import ACTS, KINDS
from .blueprint import bp
from .own import named


@dataclass(frozen=True)
class Filter:
    """A choice in the form above the list: options are (value, label)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str | None


@bp.get("/moderation/record")
@requires(Permission.DECISION_LIST)
def record() -> str:
    filters = _filters()
    chosen = {each.name: each.chosen for each in filters}
    act, kind, half = chosen["act"], chosen["thing"], chosen["period"]
    wanted = queries.Wanted(
        Act(act) if act else None,
        SubjectKind(kind) if kind else None,
        Half.named(half) if half else None,
    )
    before = request.args.get("before", type=number)
    found = queries.entries(wanted, before)
    shown, rest = found[: queries.PAGE], found[queries.PAGE :]
    given: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    older = url_for("moderation.record", before=shown[-1].measure.id, **given) if rest else None
    return render_template(
        "moderation/record.html",
        entries=shown,
        filters=filters,
        is_chosen=bool(given),
        newest=url_for("moderation.record", **given) if before is not None else None,
        older=older,
        act=named,
    )


@bp.get("/moderation/figures")
@requires(Permission.FIGURES_READ)
def figures() -> str:
    now = clock.now()
    return render_template(
        "moderation/figures.html",
        figures=counted(now),
        present=Half.of(now),
        half=half_label,
        acts=[(act, gettext(label)) for act, label in ACTS.items()],
        reads_record=may(me(), Permission.DECISION_LIST),
    )


def half_label(half: Half) -> str:
    """`Januari–juni 2026`, in the language of the reader."""
    if half.half == 1:
        return gettext("Januari–juni %(year)d", year=half.year)
    return gettext("Juli–december %(year)d", year=half.year)


def _filters() -> list[Filter]:
    """The form's choices with what the address asks for; what nobody offers is not chosen."""
    periods = [(half.name, half_label(half)) for half in halves(clock.now())]
    offered = [
        ("act", gettext("Åtgärd"), [(act.value, gettext(label)) for act, label in ACTS.items()]),
        ("thing", gettext("Gäller"), [(kind.value, gettext(label)) for kind, label in KINDS.items()]),
        ("period", gettext("Halvår"), periods),
    ]
    return [Filter(name, label, options, _chosen(name, options)) for name, label, options in offered]


def _chosen(name: str, options: list[tuple[str, str]]) -> str | None:
    asked = request.args.get(name)
    return asked if asked in dict(options) else None
