"""A new wording of the rules in place of the one that holds, or word that one has been looked through."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from ..audit.services import record
from ..core import clock
from ..core import text as texts
from ..core.db import db
from ..core.words import Refusal, text
from . import queries
from .models import RulesKind, RulesVersion

LONGEST = 20_000
"""Characters in a wording, in each language."""
LONGEST_NOTE = 300

SAME = text("Lydelsen är densamma som den som gäller. Ändra något innan du publicerar.")
PAST = text("Välj en dag som inte har varit för nästa genomgång.")


class Clash(Refusal):
    """Another wording was published after the writer opened this one; nothing was written."""

    def __init__(self) -> None:
        super().__init__(text("Reglerna har ändrats sedan du öppnade dem."), status=409)


@dataclass(frozen=True)
class Wording:
    """The rules in both languages."""

    sv: texts.Written
    en: texts.Written

    def columns(self) -> dict[str, object]:
        return {
            "body_sv": self.sv.plain,
            "body_en": self.en.plain,
            "html_sv": self.sv.html,
            "html_en": self.en.html,
            "policy": texts.POLICY,
        }


def publish(
    kind: RulesKind,
    wording: Wording,
    *,
    instead_of: Wording,
    version: int,
    note: str,
    review_on: date,
    by: int,
) -> RulesVersion:
    """Let `wording` hold instead of the wording that was `version`.

    The first time, the one that came with the software is kept as number 0, so that what members have read
    stays readable. Raises Clash when another version holds by now, and Refusal without a change.
    """
    if review_on < clock.today():
        raise Refusal(PAST, field="review_on")
    if (wording.sv.html, wording.en.html) == (instead_of.sv.html, instead_of.en.html):
        raise Refusal(SAME, field="body_sv")
    # The log has one end: of two who publish at once the second waits here, and then finds the first's.
    record(
        "rules:publish",
        f"rules:{kind}",
        by,
        before=version,
        after=version + 1,
        note=note,
        review_on=str(review_on),
    )
    holding = queries.latest(kind)
    if (holding.number if holding else 0) != version:
        raise Clash
    dated = {"kind": kind, "published_at": clock.now(), "published_by_id": by, "review_on": review_on}
    if holding is None:
        db.session.add(RulesVersion(number=0, note="", **dated, **instead_of.columns()))
    published = RulesVersion(number=version + 1, note=note, **dated, **wording.columns())
    db.session.add(published)
    db.session.flush()
    return published


def review(kind: RulesKind, version: int, review_on: date, by: int) -> bool:
    """The wording has been looked through and holds on; False when it is another, or reviewed, by now."""
    if review_on < clock.today():
        raise Refusal(PAST, field="review_on")
    holding = queries.latest(kind)
    if holding is None or holding.number != version or holding.review_on >= review_on:
        return False
    before = holding.review_on
    done = db.session.scalar(
        update(RulesVersion)
        .where(RulesVersion.id == holding.id, RulesVersion.review_on == before)
        .values(review_on=review_on)
        .returning(RulesVersion.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        return False
    record(
        "rules:review",
        f"rules:{kind}",
        by,
        number=version,
        before=str(before),
        after=str(review_on),
    )
    return True
