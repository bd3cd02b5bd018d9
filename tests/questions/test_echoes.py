"""Three months after a meeting, those who wrote or proposed are asked once what has happened."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import MeetingState
from kloss_intranet.members.models import Mandate
from kloss_intranet.questions.cli import send_echoes
from kloss_intranet.questions.models import QuestionState
from kloss_intranet.threads.models import Audience
from tests.questions.asking import at, proposal, told


def run(app):
    result = app.test_cli_runner().invoke(send_echoes)
    assert result.exit_code == 0, result.output
    return result.output.strip()


@pytest.fixture
def treated(make, cast):
    """A question treated ninety days ago, with a thread in which the representative wrote."""
    ended = clock.now() - timedelta(days=91)
    meeting = make.meeting(
        "Höstträffen", starts_at=ended - timedelta(days=2), ends_at=ended, state=MeetingState.CLOSED
    )
    question = make.question("Egna datorer i prov", items=(make.agenda_item(meeting),))
    thread = make.thread(meeting, cast.theme, title="Datorerna", question_id=question.id)
    make.post(thread, cast.representative)
    make.post(thread, cast.steering, withdrawn_at=clock.now())
    hidden = make.thread(
        meeting, cast.theme, title="Styrgruppens", question_id=question.id, audience=Audience.STEERING
    )
    make.post(hidden, cast.convenor)
    proposal(make, question, cast.other_representative)
    proposal(make, question, cast.former)
    return meeting, question, thread


@pytest.mark.any_database
def test_they_are_asked_once(app, client, make, cast, treated):
    _, question, thread = treated
    assert run(app) == "echoes: 2 in the outbox"
    letters = told(make, "echo:")
    assert letters.keys() == {cast.representative.id, cast.other_representative.id}
    letter = letters[cast.representative.id]
    assert letter.subject == "Vad hände? Efter Höstträffen"
    assert letter.path == at(question)
    assert f"/threads/{thread.id}?at=meeting" in letter.plain
    assert f"{at(question)}" in letter.html
    assert "Styrgruppens" not in letter.plain
    assert "Vad hände?" in client.sign_in(cast.representative).get("/").text
    assert run(app) == "echoes: 0 in the outbox"
    assert len(told(make, "echo:")) == 2


def test_what_is_answered_is_a_post_after_the_meeting(app, client, make, cast, treated):
    thread = treated[2]
    client.sign_in(cast.representative)
    sent = {"aspect": "method", "factor": "helping", "body": "Det blev något."}
    page = client.post(f"/threads/{thread.id}/posts", sent, f"/threads/{thread.id}?at=meeting")
    assert "Det blev något." in page.text
    assert "Det blev något." in client.get(f"/threads/{thread.id}?phase=after").text
    assert "Det blev något." not in client.get(f"/threads/{thread.id}?phase=before").text


@pytest.mark.parametrize("days", [0, 89, 121, 2000])
def test_it_is_neither_too_early_nor_too_late(app, make, treated, days):
    with make.session() as session:
        meeting = session.merge(treated[0])
        meeting.ends_at = clock.now() - timedelta(days=days)
        meeting.starts_at = meeting.ends_at - timedelta(days=2)
    assert run(app) == "echoes: 0 in the outbox"


def test_nobody_is_asked_of_a_cancelled_meeting_or_what_is_followed_up(app, make, cast, treated):
    with make.session() as session:
        session.merge(treated[0]).state = MeetingState.CANCELLED
    assert run(app) == "echoes: 0 in the outbox"
    with make.session() as session:
        session.merge(treated[0]).state = MeetingState.CLOSED
        session.merge(treated[1]).state = QuestionState.FOLLOWED_UP
    assert run(app) == "echoes: 0 in the outbox"


def test_two_questions_of_a_meeting_are_one_letter(app, make, cast, treated):
    meeting, question, _ = treated
    other = make.question("Salarna", items=(make.agenda_item(meeting),))
    proposal(make, other, cast.representative)
    run(app)
    letters = told(make, "echo:")
    assert letters[cast.representative.id].path == f"/meetings/{meeting.slug}"
    for each in (question, other):
        assert at(each) in letters[cast.representative.id].plain
    assert at(other) not in letters[cast.other_representative.id].plain


def test_who_leaves_before_the_letter_goes_does_not_get_it(app, make, cast, treated):
    from kloss_intranet.mail.services import drop_stopped

    run(app)
    with make.session() as session:
        held = session.scalar(select(Mandate).where(Mandate.member_id == cast.representative.id))
        held.ends_on = clock.today() - timedelta(days=1)
    with make.session() as session:
        drop_stopped(session.scalars(select(Letter.id)).all())
    assert told(make, "echo:").keys() == {cast.other_representative.id}
