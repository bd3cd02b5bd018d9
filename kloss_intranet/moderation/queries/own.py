"""What a member meets of moderation: measures about their own, and what has become of their reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...core.policy import Actor
from ...threads.models import Attachment, Post
from ..models import Act, Answer, Decision, Report, SubjectKind
from .reach import in_reach
from .things import Thing, things

MOST = 100
"""Of each, the latest; the record keeps all."""
CURRENT = timedelta(days=30)
"""How long a measure is pointed out on the home page."""


@dataclass(frozen=True)
class Met:
    """A measure about something of the reader's; `answer` is what the reader has said to it."""

    measure: Decision
    thing: Thing | None
    answer: Answer | None
    is_in_reach: bool
    """The reader may still see the thread where it stands."""


@dataclass(frozen=True)
class Reported:
    """A report that the reader has made; who settled it and why is the author's matter."""

    report: Report
    thing: Thing | None
    settled_at: datetime | None
    is_in_reach: bool


def met(reader: Actor) -> list[Met]:
    """The measures about what is the reader's, the latest first."""
    query = (
        select(Decision, Answer)
        .outerjoin(Answer, Answer.decision_id == Decision.id)
        .where(Decision.author_id == reader.member_id)
        .order_by(Decision.id.desc())
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    found = things([(measure.subject_kind, measure.subject_id) for measure, _answer in rows])
    reached, made = in_reach(reader, found.values()), []
    for measure, answer in rows:
        key = (measure.subject_kind, measure.subject_id)
        made.append(Met(measure, found.get(key), answer, key in reached))
    return made


def reported(reader: Actor) -> list[Reported]:
    """The reader's reports, the latest first."""
    query = (
        select(Report)
        .where(Report.member_id == reader.member_id)
        .options(joinedload(Report.settled_by))
        .order_by(Report.id.desc())
        .limit(MOST)
    )
    reports = list(db.session.scalars(query))
    found = things([(each.subject_kind, each.subject_id) for each in reports])
    reached, made = in_reach(reader, found.values()), []
    for each in reports:
        key = (each.subject_kind, each.subject_id)
        settled_at = each.settled_by.decided_at if each.settled_by else None
        made.append(Reported(each, found.get(key), settled_at, key in reached))
    return made


def reports_against(member_id: int) -> Sequence[int]:
    """The numbers of all reports about what the member has written, or about the member."""
    kind, thing = Report.subject_kind, Report.subject_id
    posts = select(Post.id).where(Post.member_id == member_id)
    files = select(Attachment.id).where(Attachment.member_id == member_id)
    theirs = or_(
        and_(kind == SubjectKind.POST, thing.in_(posts)),
        and_(kind == SubjectKind.ATTACHMENT, thing.in_(files)),
        and_(kind == SubjectKind.MEMBER, thing == member_id),
    )
    return db.session.scalars(select(Report.id).where(theirs).order_by(Report.id)).all()


def has_any(member_id: int) -> bool:
    """Whether anything of the member's has been moderated, or the member has reported anything."""
    of_own = exists().where(Decision.author_id == member_id)
    reports = exists().where(Report.member_id == member_id)
    return bool(db.session.scalar(select(or_(of_own, reports))))


def has_current(member_id: int, now: datetime) -> bool:
    """Whether something was lately asked for, hidden or shown again of the member's, or they wait for it."""
    lately = exists().where(
        Decision.author_id == member_id,
        Decision.decided_by_id != member_id,
        Decision.act.in_((Act.ASK, Act.HIDE, Act.RESTORE, Act.KEEP)),
        Decision.decided_at > now - CURRENT,
    )
    waits = exists().where(Answer.member_id == member_id, Answer.settled_by_id.is_(None))
    return bool(db.session.scalar(select(or_(lately, waits))))
