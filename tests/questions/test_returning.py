"""What rests or was carried on comes back when the next meeting is planned; what was treated is said so."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.meetings import queries as meetings
from kloss_intranet.meetings.models import MeetingState
from kloss_intranet.questions import services as questions
from kloss_intranet.questions.models import Question, QuestionState, Treatment
from tests.minutes.held import hold
from tests.questions.asking import at, kept, proposal, raised, reasons, rows, told

S = QuestionState
TWO = {"observation1": "Det går att börja litet.", "observation2": "Det går inte att börja litet."}
PLANNED = {
    "kind": "ordinary",
    "mode": "on_site",
    "place": "Testhamn",
    "slug": "testhamn",
    "time_zone": "Europe/Stockholm",
}


@pytest.mark.any_database
def test_treated_at_a_meeting_is_a_step_with_a_reason(client, make, cast):
    left = make.question("Den som inte hanns med", items=(make.agenda_item(cast.meeting),), state=S.CHOSEN)
    with make.session() as session:
        session.merge(cast.question).state = S.CHOSEN
    proposal(make, cast.question, cast.representative, cast.institution)
    proposal(make, left, cast.convenor)
    held = hold(make, cast.meeting)
    client.sign_in(cast.coordinator)
    here = f"/meetings/{held.slug}"
    form = client.get(f"{here}/close").form(f"{here}/closings")
    del form[f"treated{left.id}"]
    assert client.post(f"{here}/closings", form | TWO).path == here
    assert [state for state, _ in reasons(make, cast.question)] == ["treated"]
    assert "Behandlad vid träffen Träff i Björkö" in reasons(make, cast.question)[0][1]
    assert kept(make, cast.question).version == 2
    assert reasons(make, left)[0][0] == "chosen"
    assert "förs vidare" in reasons(make, left)[0][1]
    assert kept(make, left).state is S.CHOSEN
    letters = told(make, "question-change:")
    assert letters.keys() == {cast.representative.id, cast.convenor.id}
    # It stands where it stood, so the letter speaks of no new state.
    carried = letters[cast.convenor.id].plain
    assert ("förs vidare" in carried, "Så här står den nu: Utvald." in carried) == (True, True)
    page = client.sign_in(cast.representative).get(at(cast.question))
    assert "Behandlad vid träffen Träff i Björkö" in page.text


@pytest.mark.any_database
def test_what_rests_or_was_carried_on_is_offered_and_told_of_in_one_letter(client, make, cast):
    past = make.meeting("Förra", starts_at=clock.now() - timedelta(days=40), state=MeetingState.CLOSED)
    resting = raised(make, "Vilofrågan", state=S.RESTING)
    carried = make.question("Den som fördes vidare", items=(make.agenda_item(past),), state=S.CHOSEN)
    other = raised(make, "Den andra vilande", state=S.RESTING)
    proposal(make, resting, cast.representative)
    merged = raised(make, "Den sammanslagna", state=S.RESTING, merged_into_id=resting.id)
    client.sign_in(cast.coordinator)
    page = client.get("/planning/new")
    for question in (resting, carried, other):
        assert question.title in page.text
    assert merged.title not in page.text
    day = clock.today() + timedelta(days=120)
    sent = PLANNED | {
        "starts_on": str(day),
        "ends_on": str(day),
        "title": "Nästa",
        "questions": str(resting.id),
    }
    planned = client.post("/planning/meetings", sent, "/planning/new")
    assert planned.path == "/meetings/testhamn/parts"
    letters = told(make, "question-return:")
    assert letters.keys() == {cast.steering.id, cast.convenor.id}
    letter = letters[cast.steering.id]
    for question in (carried, other):
        assert question.title in letter.plain
        assert at(question) in letter.html
    assert resting.title not in letter.plain
    # Put on the agenda, a question no longer rests.
    assert kept(make, resting).state is S.CHOSEN
    assert "dagordningen för träffen Nästa" in reasons(make, resting)[0][1]
    assert resting.id in {row.question_id for row in rows(make, Treatment)}
    assert kept(make, other).state is S.RESTING
    assert told(make, "question-change:").keys() == {cast.representative.id}
    assert "Frågor som väntar" in client.sign_in(cast.steering).get("/").text


def test_nothing_waits_and_nobody_is_told(client, make, cast):
    with make.session() as session:
        session.get(Question, cast.question.id).state = S.FOLLOWED_UP
    client.sign_in(cast.coordinator)
    day = clock.today() + timedelta(days=120)
    sent = PLANNED | {"starts_on": str(day), "ends_on": str(day), "title": "Nästa"}
    client.post("/planning/meetings", sent, "/planning/new")
    assert told(make, "question-return:") == {}


@pytest.mark.any_database
def test_put_on_the_agenda_later_it_is_chosen_too(client, make, cast):
    resting, going = raised(make, "Vilofrågan", state=S.RESTING), raised(make, "Den väckta")
    client.sign_in(cast.coordinator)
    here = f"/meetings/{cast.meeting.slug}"
    for question in (resting, going):
        sent = {"title": question.title, "question": str(question.id)}
        assert client.post(f"{here}/agenda-items", sent, f"{here}/agenda").status == 200
    assert [state for state, _ in reasons(make, resting)] == ["chosen"]
    assert (kept(make, going).state, reasons(make, going)) == (S.RAISED, [])


@pytest.mark.any_database
def test_only_being_put_there_wakes_one_that_rests(client, make, cast):
    resting = raised(make, "Vilofrågan", state=S.RESTING)
    item = make.agenda_item(cast.meeting, "Punkten")
    make.add(Treatment(agenda_item_id=item.id, question_id=resting.id))
    proposal(make, resting, cast.representative)
    client.sign_in(cast.coordinator)
    at_item = f"/meetings/{cast.meeting.slug}/agenda-items/{item.id}"
    filled = client.get(f"{at_item}/edit").form(f"{at_item}/revisions")
    assert client.post(f"{at_item}/revisions", filled | {"minutes": "20"}).status == 200
    assert (kept(make, resting).state, reasons(make, resting)) == (S.RESTING, [])
    assert told(make, "question-change:") == {}
    other = raised(make, "Den andra vilande", state=S.RESTING)
    filled = client.get(f"{at_item}/edit").form(f"{at_item}/revisions")
    assert client.post(f"{at_item}/revisions", filled | {"question": str(other.id)}).status == 200
    assert kept(make, other).state is S.CHOSEN


@pytest.mark.parametrize("by_now", [{"state": S.TREATED}, {"merged_into_id": 1}])
def test_what_was_read_before_the_question_was_held_is_not_written_back(app, make, cast, by_now):
    asked = raised(make, "Vilofrågan", state=S.RESTING)
    by = cast.coordinator.id
    with app.app_context():
        question, meeting = db.session.get(Question, asked.id), meetings.meeting(cast.meeting.slug)
        behind = update(Question).where(Question.id == asked.id).values(**by_now)
        db.session.execute(behind.execution_options(synchronize_session=False))
        assert questions.bring_back(question, by, meeting) is None
        behind = update(Question).where(Question.id == asked.id).values(state=S.FOLLOWED_UP)
        db.session.execute(behind.execution_options(synchronize_session=False))
        assert questions.carry_on(question, by, meeting).became is S.FOLLOWED_UP
