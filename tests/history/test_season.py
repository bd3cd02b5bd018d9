"""The season shows what a meeting is from its plan to its closing, by the rules that hold for everybody."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from kloss_intranet.attendance.models import Answer, Attendance, Needs, SignUp, StandIn
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.files.services.keeping import place_of
from kloss_intranet.history.demo import plant
from kloss_intranet.history.demo.season import lines
from kloss_intranet.history.importer import import_history
from kloss_intranet.history.reader import DATA, read
from kloss_intranet.materials.models import Folder, Material, MaterialVersion, Readers
from kloss_intranet.meetings.models import Admission, AdmissionKind, Meeting, MeetingState
from kloss_intranet.meetings.queries import WHOLE
from kloss_intranet.meetings.views.labels import turns
from kloss_intranet.members.models import Member, Origin
from kloss_intranet.minutes.models import Entry, EntryRevision
from kloss_intranet.minutes.queries import closings
from kloss_intranet.moderation.models import Act, Decision, Report
from kloss_intranet.moderation.queries import answers, queue
from kloss_intranet.planning.models import HostTask
from kloss_intranet.planning.services import offers, tasks
from kloss_intranet.threads.models import Post

pytestmark = pytest.mark.any_database


@pytest.fixture
def planted(app: Flask) -> Iterator[list[Meeting]]:
    """The held, the coming and the later meeting."""
    with app.app_context():
        import_history(read(DATA))
        plant(clock.today())
        invented = select(Meeting).where(Meeting.origin == Origin.INVENTED).order_by(Meeting.starts_at)
        yield list(db.session.scalars(invented.options(*WHOLE)))


def every(kind: type[Any], *where: Any) -> list[Any]:
    return list(db.session.scalars(select(kind).where(*where)))


def test_each_meeting_goes_on_from_the_one_before(planted: list[Meeting]) -> None:
    held, coming, later = planted
    assert [meeting.previous_id for meeting in planted] == [None, held.id, coming.id]
    assert later.state is MeetingState.PLANNED
    for meeting in (held, coming):
        agenda = turns(meeting)
        assert all(turn.starts_at and turn.ends_at and not turn.over for turn in agenda)
        assert all(one.ends_at <= two.starts_at for one, two in pairwise(agenda))


def test_the_coming_meeting_has_answers_of_every_kind(planted: list[Meeting]) -> None:
    coming = planted[1]
    visit, dinner, *_rest = coming.programme
    answers = {
        part.id: [row.answer for row in every(SignUp, SignUp.programme_item_id == part.id)]
        for part in coming.programme
    }
    assert all(part.takes_sign_ups and part.sign_up_by < part.starts_at for part in coming.programme)
    assert answers[visit.id].count(Answer.COMING) == visit.capacity
    assert Answer.WAITING in answers[visit.id]
    assert Answer.NOT_COMING in answers[dinner.id]
    (stand_in,) = every(StandIn)
    own = every(SignUp, SignUp.member_id == stand_in.member_id)
    assert [row.answer for row in own] == [Answer.COMING] * len(coming.programme)
    assert every(SignUp, SignUp.member_id == stand_in.absent_id) == []
    let_in = every(Admission, Admission.member_id == stand_in.member_id)
    assert [(row.meeting_id, row.kind) for row in let_in] == [(coming.id, AdmissionKind.STAND_IN)]
    assert len(every(Needs, Needs.meeting_id == coming.id)) == 2
    queue = sorted(
        every(SignUp, SignUp.programme_item_id == visit.id), key=lambda row: (row.queued_at, row.id)
    )
    wanted = [row.answer for row in queue if row.answer is not Answer.NOT_COMING]
    assert wanted == sorted(wanted, key=lambda one: one is Answer.WAITING)


def test_the_hosts_have_done_some_and_not_all(planted: list[Meeting]) -> None:
    held, coming, _later = planted
    done = [task.done_at is not None for task in every(HostTask, HostTask.meeting_id == coming.id)]
    assert set(done) == {True, False}
    assert not any(tasks.is_overdue(task, coming) for task in tasks.of_meeting(coming))
    assert all(task.done_at for task in tasks.of_meeting(held))
    assert len(offers.standing(clock.today())) == len(lines("hosting", "offer"))


def test_the_materials_are_real_files(app: Flask, planted: list[Meeting]) -> None:
    shown = selectinload(Folder.materials).selectinload(Material.versions).joinedload(MaterialVersion.file)
    coming = select(Folder).where(Folder.meeting_id == planted[1].id).options(shown)
    folders = {folder.readers: folder for folder in db.session.scalars(coming)}
    assert folders.keys() == set(Readers)
    assert {material.not_before is None for material in folders[Readers.MEMBERS].materials} == {True, False}
    versions = [v for folder in folders.values() for m in folder.materials for v in m.versions]
    assert {version.file.media_type for version in versions} == {"application/pdf", "image/png"}
    for version in versions:
        content = place_of(version.file.digest, app.config["SETTINGS"].files).read_bytes()
        assert len(content) == version.file.size
        assert version.added_at < clock.now()


def test_the_held_meeting_has_its_account(planted: list[Meeting]) -> None:
    held = planted[0]
    written = every(Entry, Entry.meeting_id == held.id)
    assert {entry.agenda_item_id for entry in written} == {None, *(item.id for item in held.agenda)}
    assert held.minutes_published_at is not None
    assert held.state is MeetingState.CLOSED
    assert held.ends_at < written[0].written_at < held.minutes_published_at < clock.now()
    assert len(every(EntryRevision)) == 1
    closing = closings.closing(held.id)
    assert closing is not None
    assert len({one.body for one in closing.observations}) >= 2
    assert held.minutes_published_at < closing.closed_at < clock.now()
    came = list(db.session.scalars(select(Attendance).options(joinedload(Attendance.institution))))
    assert {row.institution.origin for row in came} == {Origin.INVENTED}


def test_nobody_real_is_given_words(planted: list[Meeting]) -> None:
    member = {row.id: row for row in every(Member)}
    assert {row.origin for row in member.values()} == {Origin.INVENTED}
    said = [entry.written_by_id for entry in every(Entry)] + [row.member_id for row in every(SignUp)]
    said += [report.member_id for report in every(Report)]
    assert set(said) <= member.keys()
    assert {offer.institution.origin for offer in offers.standing(clock.today())} == {Origin.INVENTED}


def test_a_later_season_stands_beside_the_first(planted: list[Meeting]) -> None:
    offered = len(offers.standing(clock.today()))
    coming = db.session.get(Meeting, planted[1].id)
    assert coming is not None
    coming.state = MeetingState.CANCELLED
    db.session.commit()
    assert plant(clock.today() + timedelta(days=1))
    assert len(every(Meeting, Meeting.origin == Origin.INVENTED)) == 6
    assert len(offers.standing(clock.today())) == offered


def test_something_is_reported_and_something_hidden(planted: list[Meeting]) -> None:
    assert {report.settled_by_id is None for report in every(Report)} == {True, False}
    (hidden,) = every(Post, Post.hidden_at.is_not(None))
    (hiding,) = every(Decision, Decision.act == Act.HIDE)
    assert (hiding.subject_id, hiding.author_id) == (hidden.id, hidden.member_id)
    (waiting,) = answers.waiting()
    assert (waiting.decision_id, waiting.member_id) == (hiding.id, hidden.member_id)
    assert [case.thing.id for case in queue.waiting() if case.answers] == [hidden.id]
