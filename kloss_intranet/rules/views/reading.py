"""The rules as everybody reads them, and as they have been."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from flask import render_template
from markupsafe import Markup

from ...core import text as texts
from ...core.access import public, requires
from ...core.difference import Part, difference
from ...core.language import language
from ...core.policy import Permission
from .. import queries
from ..models import RulesKind, RulesVersion
from .blueprint import bp
from .wordings import NAMES, headed, holding


@bp.get("/rules")
@public
def ground() -> str:
    return _page(RulesKind.GROUND)


@bp.get("/rules/moderation")
@public
def moderation() -> str:
    return _page(RulesKind.MODERATION)


def _page(kind: RulesKind) -> str:
    held = holding(kind)
    wording = held.wording.en if language() == "en" else held.wording.sv
    return render_template("rules/show.html", held=held, body=headed(wording.html))


@dataclass(frozen=True)
class ShownVersion:
    """One wording as templates/rules/versions.html draws it."""

    number: int
    holds: bool
    note: str
    who: str
    published_at: datetime
    parts: list[Part]
    """The way here from the wording before; the first one is not shown as a change."""
    looks_only: bool
    html: Markup


@bp.get("/rules/<string:kind>/versions")
@requires(Permission.HOME_READ, find=queries.named)
def versions(kind: RulesKind) -> str:
    """Every wording that has held, the latest first, with what differs from the one before."""
    kept = queries.versions(kind)
    shown = [_shown(one, before, one is kept[0]) for one, before in pairwise([*kept, None]) if one]
    return render_template("rules/versions.html", kind=kind, name=NAMES[kind], versions=shown)


def _shown(one: RulesVersion, before: RulesVersion | None, holds: bool) -> ShownVersion:
    spoken = language()
    said, html = _in(one, spoken)
    parts = difference(_in(before, spoken)[0], said) if before else []
    return ShownVersion(
        number=one.number,
        holds=holds,
        note=one.note,
        who=one.published_by.name,
        published_at=one.published_at,
        parts=parts,
        looks_only=before is not None and not any(part.kind for part in parts),
        html=texts.shown(html, one.policy),
    )


def _in(one: RulesVersion, spoken: str) -> tuple[str, str]:
    return (one.body_en, one.html_en) if spoken == "en" else (one.body_sv, one.html_sv)
