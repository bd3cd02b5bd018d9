"""Lists hold exactly the meetings that the policy lets their reader open."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.policy import Actor, Permission, may
from kloss_intranet.meetings import queries
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.questions import queries as questions


def reader(**parts):
    row = {
        "token": "t",
        "session_id": 1,
        "member_id": 1,
        "name": "Agnes Björk",
        "title": None,
        "language": "sv",
        "mandate_id": None,
        "institution_id": None,
        "roles": frozenset(),
        "hosted": frozenset(),
        "invited": frozenset(),
        "reads_until": None,
    }
    return Actor(**row | parts)


@pytest.fixture
def readers(cast):
    until = datetime(2024, 6, 21, 22, tzinfo=UTC)
    new, old = cast.meeting.id, cast.old_meeting.id
    return {
        "representative": reader(mandate_id=1),
        "coordinator": reader(roles=frozenset({"coordinator"})),
        "host": reader(hosted=frozenset({new})),
        "guest": reader(invited=frozenset({old})),
        "former": reader(reads_until=until),
        "former who is a guest": reader(reads_until=until, invited=frozenset({new})),
        "former on the very instant": reader(reads_until=cast.old_meeting.starts_at),
        "nobody in particular": reader(),
    }


def test_the_list_and_the_policy_agree_on_meetings(make, readers):
    with make.session() as session:
        every = session.scalars(select(Meeting)).all()
        for name, actor in readers.items():
            permitted = {meeting.slug for meeting in every if may(actor, Permission.MEETING_READ, meeting)}
            assert {meeting.slug for meeting in queries.index(actor)} == permitted, name


def test_the_list_and_the_policy_agree_on_questions(make, readers):
    make.question("Väckt nyligen", raised_at=clock.now())
    make.question("Varken väckt eller behandlad", raised_at=None)
    with make.session():
        every = [questions.question(found.id) for found in questions.index(readers["representative"])]
        assert len(every) == 3
        for name, actor in readers.items():
            permitted = {
                question.slug for question in every if may(actor, Permission.QUESTION_READ, question)
            }
            assert {question.slug for question in questions.index(actor)} == permitted, name


def test_the_next_meeting_is_the_first_that_is_not_over(make, cast, readers):
    later = make.meeting(starts_at=cast.meeting.starts_at + timedelta(days=60))
    network, guest = readers["representative"], readers["guest"]
    with make.session():
        assert queries.next_meeting(network, clock.now()).slug == cast.meeting.slug
        assert queries.next_meeting(network, cast.meeting.ends_at).slug == later.slug
        assert queries.next_meeting(network, later.ends_at) is None
        assert queries.next_meeting(guest, clock.now()) is None


def test_a_whole_meeting_costs_the_same_however_long_it_is(make, cast, statements):
    def cost():
        with make.session(), statements() as sent:
            queries.meeting(cast.meeting.slug)
        return len([line for line in sent if line.startswith("SELECT")])

    before = cost()
    for number in range(5):
        make.agenda_item(cast.meeting, f"Punkt {number}")
    assert cost() == before <= 5
