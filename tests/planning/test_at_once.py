"""Who changes a meeting while others sign up for it waits, and nobody is told that the database failed.

On PostgreSQL the two really meet, each where the other stands in the way; on SQLite they queue for the file.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from kloss_intranet.attendance.models import Answer, SignUp
from kloss_intranet.attendance.services import needs, seats
from kloss_intranet.audit.services import record
from kloss_intranet.calendars.services import feeds
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.core.words import Refusal
from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.minutes.services import closing
from kloss_intranet.planning.services import agenda, facts, parts, turns
from kloss_intranet.questions import services as questions
from kloss_intranet.questions.models import Question, QuestionState, Treatment
from kloss_intranet.questions.services import turns as holding
from tests.attendance.helpers import answers, part
from tests.minutes.held import hold

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")


@pytest.fixture
def meet(app, cast):
    """Let the second begin when the first calls its argument, which comes back when the second is stuck."""

    def run(first, second):
        begun, over = threading.Event(), threading.Event()

        def pause():
            begun.set()
            with db.engine.connect() as other:
                for _ in range(100):
                    if over.wait(0.05) or other.dialect.name != "postgresql" or other.scalar(WAITING):
                        return

        def act(do, *given):
            with app.app_context():
                try:
                    if not given:
                        begun.wait(20)
                    do(queries.meeting(cast.meeting.slug), *given)
                    db.session.commit()
                    return None
                except Refusal as refusal:
                    return type(refusal)
                finally:
                    begun.set()
                    if not given:
                        over.set()

        with ThreadPoolExecutor(2) as pool:
            one, other = pool.submit(act, first, pause), pool.submit(act, second)
            return one.result(60), other.result(60)

    return run


def sign_up(meeting, who):
    asked = {one.id: True for one in meeting.programme if one.takes_sign_ups}
    seats.answer(meeting, who.id, None, asked, by=who.id, late="")


@pytest.mark.any_database
def test_a_meeting_is_moved_while_somebody_signs_up(make, cast, meet):
    dinner = part(make, cast.meeting)

    def signs(meeting, pause):
        seats.locked(meeting.id)
        pause()
        sign_up(meeting, cast.steering)

    def moves(meeting):
        day = timedelta(days=1)
        wanted = facts.Facts(starts_at=meeting.starts_at + day, ends_at=meeting.ends_at + day)
        facts.revise(meeting, wanted, version=meeting.version, by=cast.coordinator.id, shift_parts=True)

    assert meet(signs, moves) == (None, None)
    assert answers(make, dinner) == [(cast.steering.id, "coming")]


@pytest.mark.any_database
def test_the_agenda_is_changed_while_somebody_says_what_they_need(make, cast, meet):
    dinner = part(make, cast.meeting)

    def signs(meeting, pause):
        sign_up(meeting, cast.steering)
        pause()
        needs.write(meeting, cast.steering.id, "Utan ägg", None)

    def adds(meeting):
        agenda.add(meeting, agenda.Item("En punkt till"), cast.coordinator.id)

    assert meet(signs, adds) == (None, None)
    assert answers(make, dinner) == [(cast.steering.id, "coming")]


@pytest.mark.any_database
def test_a_part_is_changed_while_somebody_is_named_to_come(make, cast, meet):
    dinner = part(make, cast.meeting)

    def names(meeting, pause):
        # As whoever names a stand-in does: first the meeting, then the parts.
        db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
        pause()
        sign_up(meeting, cast.steering)

    def changes(meeting):
        (row,) = meeting.programme
        wanted = parts.Part(kind=row.kind, title="Supé", starts_at=row.starts_at, takes_sign_ups=True)
        parts.revise(meeting, row, wanted, seen=turns.mark(row), by=cast.coordinator.id)

    assert meet(names, changes) == (None, None)
    assert answers(make, dinner) == [(cast.steering.id, "coming")]


@pytest.mark.any_database
def test_a_member_makes_a_calendar_address_while_being_signed_up(make, cast, meet):
    dinner, now = part(make, cast.meeting), clock.now()
    row = {"programme_item_id": dinner.id, "member_id": cast.steering.id, "answer": Answer.COMING}

    def signs(meeting, pause):
        record("sign-up.answer", meeting.slug, cast.coordinator.id)
        pause()
        db.session.add(SignUp(**row, queued_at=now, answered_at=now))
        db.session.flush()

    assert meet(signs, lambda _meeting: feeds.make(cast.steering.id)) == (None, None)


@pytest.mark.any_database
def test_a_part_is_removed_while_somebody_signs_up(make, cast, meet):
    dinner = part(make, cast.meeting)

    def signs(meeting, pause):
        sign_up(meeting, cast.steering)
        pause()

    def removes(meeting):
        parts.remove(meeting, meeting.programme[0], cast.coordinator.id)

    assert meet(signs, removes) == (None, Refusal)
    assert answers(make, dinner) == [(cast.steering.id, "coming")]


@pytest.mark.any_database
@pytest.mark.parametrize("act", ["place", "remove"])
def test_an_item_is_moved_or_removed_that_has_just_been_removed(make, cast, meet, act):
    item = make.agenda_item(cast.meeting, "Överflödig", position=2)

    def removes(meeting, pause):
        row = next(one for one in meeting.agenda if one.id == item.id)
        agenda.remove(meeting, row, cast.coordinator.id)
        pause()

    def follows(meeting):
        # On SQLite the page is made when the item is gone, and says so.
        row = next((one for one in meeting.agenda if one.id == item.id), None)
        if row is None:
            raise turns.Gone
        given = (1,) if act == "place" else ()
        getattr(agenda, act)(meeting, row, *given, cast.coordinator.id)

    assert meet(removes, follows) == (None, turns.Gone)


@pytest.mark.any_database
@pytest.mark.parametrize("act", ["remove", "revise", "bring back", "close"])
def test_a_question_is_merged_while_its_meeting_is_changed(make, cast, meet, act):
    """Whoever changes the meeting waits for the question before the log, as whoever merges it does."""
    one, held = make.question("Vem vaktar?", state=QuestionState.RESTING), hold(make, cast.meeting)
    item = make.agenda_item(held, "Vakter", position=2)
    make.add(Treatment(agenda_item_id=item.id, question_id=one.id))

    def merges(_meeting, pause):
        of_one = Treatment.question_id == one.id
        if act == "remove":
            db.session.execute(update(Treatment).where(of_one).values(question_id=cast.question.id))
            pause()
        else:
            holding.hold(one.id, cast.question.id)
            pause()
            db.session.execute(update(Treatment).where(of_one).values(question_id=cast.question.id))
        record("question:merge", f"question:{one.id}", cast.steering.id)

    def changes(meeting):
        row = next(each for each in meeting.agenda if each.id == item.id)
        by, question = cast.coordinator.id, db.session.get(Question, one.id)
        if act == "remove":
            agenda.remove(meeting, row, by)
        elif act == "close":
            said = closing.Said(["Det går.", "Det går inte."], only_one_view=False, carried_on=None)
            closing.close(meeting, closing.Close({}, "", [question], said), by)
        else:
            wanted = db.session.get(Question, cast.question.id) if act == "revise" else question
            said = agenda.Item("Andra ord", question=wanted)
            agenda.revise(meeting, row, said, seen=turns.mark(row), was=one.id, by=by)
            questions.bring_back(question, by, meeting)

    assert meet(merges, changes) == (None, None)
