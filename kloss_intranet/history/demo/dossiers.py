"""The invented dossiers, picked from the season's posts by the steering group's own rules."""

from datetime import datetime, time
from typing import Any

from ...core import clock, text
from ...core.db import db
from ...steering.models import Dossier, Part, PartKind
from ...steering.queries import dossiers, picking
from ...steering.services import citing, parts, publishing
from .season import Season, add


def dossier(season: Season, line: dict[str, Any]) -> None:
    """One dossier, published or not; a question of an earlier season keeps the one it has."""
    question_id, by, at = (
        season.question[line["question"]].id,
        season.member[line["by"]].id,
        _at(season, line),
    )
    if dossiers.dossier(question_id) is not None:
        return
    row = add(Dossier(question_id=question_id, begun_at=at, begun_by_id=by))
    for one in line["part"]:
        _part(season, row, one, by).written_at = at
    desk = dossiers.desk(question_id)
    if desk is not None and desk.dossier is not None and "published_by" in line:
        edition = publishing.publish(desk, desk.dossier.version, season.member[line["published_by"]].id)
        edition.published_at = _at(season, line, "published_days")


def _part(season: Season, row: Dossier, line: dict[str, Any], by: int) -> Part:
    if "heading" in line:
        return parts.add(row, PartKind.HEADING, parts.heading(line["heading"]), by)
    if "words" in line:
        words = text.Written(line["words"], text.to_html(line["words"]))
        return parts.add(row, PartKind.WORDS, words, by, is_steering=line.get("is_steering", False))
    post = picking.source(season.post[line["post"]])
    if post is None:
        raise LookupError(line["post"])
    cited = citing.cite(row, post, line["passage"], by)
    return db.session.get_one(Part, cited.part_id)


def _at(season: Season, line: dict[str, Any], name: str = "days") -> datetime:
    return clock.local(season.day(line[name]), time(9), clock.STOCKHOLM)
