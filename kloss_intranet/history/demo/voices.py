"""What the invented members say of the questions: proposals, why they matter, and the steps they take."""

from datetime import datetime, time
from typing import Any

from ...core import clock
from ...questions.models import Change, Proposal, Question, QuestionState, Relevance
from .season import Season, add


def said(season: Season, line: dict[str, Any], question: Question) -> None:
    """The first proposal holds the words of the one who raised the question."""
    first = {"title": line["title"], "reason": line["reason"].strip()}
    row = {"question_id": question.id, **first, "proposed_at": question.raised_at}
    add(Proposal(**row, **_signed(season, line["raised_by"])))
    for one in line.get("proposal", ()):
        words = {"title": one["title"], "reason": one["reason"].strip(), "proposed_at": _at(season, one)}
        add(Proposal(question_id=question.id, **words, **_signed(season, one["by"])))
    for one in line.get("relevance", ()):
        words = {"sentence": one["sentence"], "written_at": _at(season, one)}
        add(Relevance(question_id=question.id, **words, **_signed(season, one["by"])))
    for one in line.get("change", ()):
        add(
            Change(
                question_id=question.id,
                became=QuestionState(one["became"]),
                reason=one["reason"],
                changed_at=_at(season, one),
                changed_by_id=season.member[one["by"]].id,
            )
        )


def _at(season: Season, line: dict[str, Any]) -> datetime:
    return clock.local(season.day(line["days"]), time(10), clock.STOCKHOLM)


def _signed(season: Season, key: str) -> dict[str, Any]:
    member, mandate = season.member[key], season.mandate.get(key)
    return {
        "member_id": member.id,
        "institution_id": mandate.institution_id if mandate else None,
        "signed_name": member.name,
        "signed_title": mandate.title if mandate else member.title,
    }
