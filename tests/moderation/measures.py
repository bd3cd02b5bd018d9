"""Measures as a coordinator's act makes them, and the letters that follow."""

from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.access import as_member
from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.moderation.models import Act, Ground, Report, SubjectKind
from kloss_intranet.moderation.notifications import authors
from kloss_intranet.moderation.services.deciding import Subject, decide
from kloss_intranet.threads.models import Attachment, Post, Thread

REASON = "Det går att se vem det handlar om."
KINDS = {Post: SubjectKind.POST, Attachment: SubjectKind.ATTACHMENT, Thread: SubjectKind.THREAD}


def take(app, by, act, thing, author=None, reason=REASON, to_author=None):
    """Put the act on record and tell those it concerns, as a view does; gives the measure's number."""
    kind = KINDS.get(type(thing), SubjectKind.MEMBER)
    with app.test_request_context():
        subject = Subject(kind, thing.id, author.id if author else None)
        decision = decide(Act(act), subject, as_member(by.id), reason, to_author=to_author)
        authors.told(decision)
        db.session.commit()
        return decision.id


def report(make, member, thing, words="Alla förstår vem det är.", **columns):
    kind = KINDS.get(type(thing), SubjectKind.MEMBER)
    row = {"ground": Ground.PERSONAL_DATA, "reported_at": clock.now(), "words": words}
    return make.add(Report(subject_kind=kind, subject_id=thing.id, member_id=member.id, **row | columns))


def letters(make, member, path=None):
    query = select(Letter).where(Letter.member_id == member.id).order_by(Letter.id)
    with make.session() as session:
        return list(session.scalars(query.where(Letter.path == path) if path else query))


def way(number):
    return f"/moderation/measures/{number}"


def reply(client, number, body="Hon har själv sagt ja till att vara med."):
    return client.post(f"{way(number)}/answers", {"body": body}, way(number))
