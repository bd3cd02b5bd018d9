"""The import says what the files say, changes nothing the second time, and mends what has changed."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from kloss_intranet.audit.services import record
from kloss_intranet.core import clock
from kloss_intranet.core.db import Base, db
from kloss_intranet.history.cli import import_history as command
from kloss_intranet.history.demo import PASSWORD, plant
from kloss_intranet.history.importer import Counts, import_history
from kloss_intranet.history.reader import DATA, History, read
from kloss_intranet.meetings.models import AgendaItem, Guest, Host, Meeting, MeetingState, ProgrammeItem
from kloss_intranet.members.models import Institution, InstitutionKind, Member, Origin
from kloss_intranet.questions.models import Question, QuestionState, Treatment
from kloss_intranet.threads.models import Post, Relation, Thread


@pytest.fixture(scope="module")
def history() -> History:
    return read(DATA)


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.any_database
def test_everything_comes_in_once(app: Flask, history: History) -> None:
    told: list[str] = []
    with app.app_context():
        first = import_history(history, told.append)
        second = import_history(history)
        counts = {table: count(table) for table in (Institution, Meeting, Host, AgendaItem, Guest)}
        treated = set(db.session.scalars(select(Question.state)))
    assert first.new == second.unchanged > 150
    assert second == Counts(unchanged=first.new)
    assert counts == {
        Institution: len(history.institutions),
        Meeting: len(history.meetings),
        Host: len(history.hosts),
        AgendaItem: len(history.agenda),
        Guest: len(history.guests),
    }
    assert treated == {QuestionState.TREATED}
    assert "meetings: 16 new, 0 changed, 0 unchanged" in told


def test_a_meeting_is_a_whole_local_day(app: Flask, history: History) -> None:
    with app.app_context():
        import_history(history)
        meeting = db.session.scalar(select(Meeting).where(Meeting.slug == "2017-03-08-uppsala"))
    assert meeting is not None
    assert meeting.starts_at == datetime(2017, 3, 7, 23, tzinfo=UTC)
    assert meeting.ends_at == datetime(2017, 3, 8, 23, tzinfo=UTC)
    assert (meeting.times_known, meeting.state, meeting.origin) == (False, MeetingState.CLOSED, Origin.SOURCE)


@pytest.mark.any_database
def test_changed_files_change_rows(app: Flask, history: History) -> None:
    uppsala = [line for line in history.hosts if line.meeting == "2017-03-08-uppsala"]
    swapped = tuple(
        replace(line, position=3 - line.position) if line in uppsala[:2] else line for line in history.hosts
    )
    first, *rest = history.institutions
    changed = replace(
        history,
        institutions=(replace(first, city="Solna"), *rest),
        hosts=swapped,
        guests=history.guests[1:],
        agenda=history.agenda[:-1],
    )
    changed = replace(
        changed,
        guests=tuple(
            line
            for line in changed.guests
            if (line.meeting, line.agenda_position)
            != (history.agenda[-1].meeting, history.agenda[-1].position)
        ),
    )
    with app.app_context():
        import_history(history)
        counts = import_history(changed)
        city = db.session.scalar(select(Institution.city).where(Institution.slug == first.slug))
        assert (city, count(AgendaItem)) == ("Solna", len(history.agenda) - 1)
        assert count(Guest) == len(changed.guests)
        assert (counts.changed, counts.new) == (1, 2)  # the city; two hosts that changed places
        assert import_history(history).new > 2
        assert import_history(history) == Counts(unchanged=counts_of_all())


@pytest.mark.any_database
def test_kinds_are_filled_only_where_nobody_has_said(app: Flask, history: History) -> None:
    def kinds() -> dict[str, InstitutionKind | None]:
        return {row.slug: row.kind for row in db.session.scalars(select(Institution))}

    with app.app_context():
        import_history(history)
        first = kinds()
        assert (first["uu"], first["bth"]) == (InstitutionKind.UNIVERSITY, InstitutionKind.UNIVERSITY_COLLEGE)
        assert [slug for slug, kind in first.items() if kind is None] == ["chalmers", "ju"]
        rows = {row.slug: row for row in db.session.scalars(select(Institution))}
        # A database from before the column, and words of the network's own.
        rows["uu"].kind, rows["ju"].kind, rows["bth"].kind = None, InstitutionKind.ARTS, InstitutionKind.ARTS
        db.session.commit()
        assert import_history(history).changed == 1
        ours = {"ju": InstitutionKind.ARTS, "bth": InstitutionKind.ARTS}
        assert kinds() == first | ours


def counts_of_all() -> int:
    tables = (Institution, Question, Meeting, Host, ProgrammeItem, AgendaItem, Guest, Treatment)
    return sum(map(count, tables)) + 4  # themes


def test_broken_files_are_told_and_nothing_comes_in(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    with (folder / "hosts.csv").open("a", encoding="utf-8") as file:
        file.write("no-such-meeting,1,kth\n")
    result = CliRunner().invoke(command, [str(folder)], obj=ScriptInfo(create_app=lambda: app))
    assert result.exit_code == 1
    assert "hosts.csv:26: meeting 'no-such-meeting' is unknown" in result.output
    with app.app_context():
        assert count(Institution) == 0


@pytest.mark.any_database
def test_the_season_is_planted_once(app: Flask, history: History) -> None:
    with app.app_context():
        import_history(history)
        today = clock.today()
        assert plant(today)
        posts = count(Post)
        assert not plant(today)
        assert (count(Post), count(Thread)) == (posts, 8)
        states = db.session.scalars(
            select(Meeting.state).where(Meeting.origin == Origin.INVENTED).order_by(Meeting.starts_at)
        ).all()
        assert states == [MeetingState.CLOSED, MeetingState.OPEN, MeetingState.PLANNED]
        for thread in db.session.scalars(select(Thread)):
            rows = db.session.scalars(
                select(Post).where(Post.thread_id == thread.id).order_by(Post.seq)
            ).all()
            assert [post.seq for post in rows] == list(range(1, thread.last_seq + 1))
            assert rows == sorted(rows, key=lambda post: post.posted_at)
            assert thread.opened_at <= rows[0].posted_at
            assert rows[-1].posted_at == thread.last_posted_at
            for relation in Relation:
                told = sum(post.relation is relation for post in rows)
                assert getattr(thread, relation.value) == told


def test_invented_people_can_sign_in(app: Flask, history: History) -> None:
    from kloss_intranet.auth.services import verify

    with app.app_context():
        import_history(history)
        plant(clock.today())
        member = db.session.scalar(select(Member).where(Member.email == "gast@example.org"))
        assert member is not None
        assert verify(member.password_hash, PASSWORD)


@pytest.mark.any_database
@pytest.mark.parametrize("change", ["UPDATE audit_entries SET act = 'x'", "DELETE FROM audit_entries"])
def test_the_record_is_never_changed(app: Flask, change: str) -> None:
    with app.app_context():
        record("test", "nothing")
        db.session.commit()
        with pytest.raises(DBAPIError, match="never changed"):
            db.session.execute(text(change))
