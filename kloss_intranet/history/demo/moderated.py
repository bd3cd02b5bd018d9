"""What the invented members have reported, and what came of it by moderation's own rules."""

from typing import Any

from ...core import clock
from ...core.db import db
from ...moderation.models import Act, Ground, Report, SubjectKind
from ...moderation.services import acting, answering
from ...threads.queries import revisions
from .answers import actor
from .season import Season, add


def case(season: Season, line: dict[str, Any]) -> None:
    """Reports of one post; a measure with its reason, and what the author answers, where there are any.

    No letters are written: nobody in the season has been told of anything yet.
    """
    post = revisions.whole_post(season.post[line["post"]])
    if post is None:
        raise LookupError(line["post"])
    for one in line["report"]:
        add(
            Report(
                subject_kind=SubjectKind.POST,
                subject_id=post.id,
                version=post.version,
                member_id=season.member[one["by"]].id,
                ground=Ground(one["ground"]),
                words=one["words"],
                reported_at=season.moment(one, clock.STOCKHOLM),
            )
        )
    if "act" in line:
        measure = acting.act(Act(line["act"]), post, actor(season, line["by"]), line["reason"])
        if "answer" in line:
            answering.answer(measure, line["answer"], post.member_id)
    db.session.flush()
