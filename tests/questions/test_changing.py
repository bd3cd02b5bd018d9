"""The steering group moves a question from state to state, with reasons that members see."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.questions.models import Question, QuestionState
from kloss_intranet.questions.services.states import FOLLOWING
from tests.questions.asking import at, kept, proposal, raised, reasons, rows, step, told

S = QuestionState
STEPS = {
    ("raised", "in_preparation"),
    ("raised", "resting"),
    ("in_preparation", "chosen"),
    ("in_preparation", "resting"),
    ("chosen", "treated"),
    ("chosen", "resting"),
    ("treated", "followed_up"),
    ("treated", "in_preparation"),
    ("treated", "resting"),
    ("followed_up", "in_preparation"),
    ("followed_up", "resting"),
    ("resting", "raised"),
    ("resting", "in_preparation"),
    ("resting", "chosen"),
}


def test_the_steps_are_these():
    assert {(one.value, to.value) for one, following in FOLLOWING.items() for to in following} == STEPS


@pytest.mark.any_database
def test_a_question_goes_its_way_and_members_read_why(client, make, cast):
    question = raised(make)
    proposal(make, question, cast.representative, cast.institution)
    client.sign_in(cast.steering)
    assert f"{at(question)}/changes/new" in client.get(at(question)).links
    way = ["in_preparation", "chosen", "treated", "followed_up"]
    for number, state in enumerate(way):
        page = step(client, question, state, f"Skäl {number}.")
        assert (page.status, page.path) == (200, at(question))
    assert reasons(make, question) == [(state, f"Skäl {number}.") for number, state in enumerate(way)]
    assert (kept(make, question).state, kept(make, question).version) == (S.FOLLOWED_UP, 5)
    page = client.sign_in(cast.other_representative).get(at(question))
    assert page.text.index("Skäl 3.") < page.text.index("Skäl 0.")
    assert "Cecilia Älv" in page.text
    assert f"{at(question)}/changes/new" not in page.links
    letters = told(make, "question-change:")
    assert letters.keys() == {cast.representative.id}
    assert "Skäl 3." in letters[cast.representative.id].plain
    assert letters[cast.representative.id].subject == f"Uppföljd: {question.title}"
    assert [entry.act for entry in rows(make, AuditEntry)].count("question:state") == 4


@pytest.mark.parametrize("state", list(S))
def test_other_steps_are_refused(client, make, cast, state):
    question = raised(make, state=state)
    client.sign_in(cast.convenor)
    for to in S:
        if (state.value, to.value) not in STEPS:
            page = step(client, question, to.value)
            assert (page.status, "kan frågan inte gå" in page.text) == (422, True), to
    assert step(client, question, "resolved").status == 422
    assert step(client, question, FOLLOWING[state][0].value, " ").status == 422
    assert (kept(make, question).state, reasons(make, question)) == (state, [])


def test_others_do_not_move_questions(client, make, cast):
    for who, status in ((cast.representative, 403), (cast.former, 403), (cast.guest, 404)):
        client.sign_in(who)
        assert client.get(f"{at(cast.question)}/changes/new").status == status
        sent = {"state": "resting", "reason": "Nej.", "version": "1"}
        assert client.post(f"{at(cast.question)}/changes", sent).status == status
    assert kept(make, cast.question).state is S.TREATED


@pytest.mark.any_database
def test_a_step_from_an_older_page_meets_what_has_happened(client, make, cast):
    question = raised(make)
    client.sign_in(cast.steering)
    form = client.get(f"{at(question)}/changes/new").form(f"{at(question)}/changes")
    other = client.another().sign_in(cast.convenor)
    step(other, question, "in_preparation", "Först till kvarn.")
    page = client.post(f"{at(question)}/changes", form | {"state": "resting", "reason": "Mitt skäl."})
    assert page.status == 409
    for said in ("Frågan har ändrats", "Först till kvarn.", "David Öhrn"):
        assert said in page.text
    again = page.form(f"{at(question)}/changes")
    assert again["reason"] == "Mitt skäl."
    done = client.post(f"{at(question)}/changes", again | {"state": "resting"})
    assert (done.path, kept(make, question).state) == (at(question), S.RESTING)
    assert "Den kommer tillbaka av sig själv" in done.text
    # The very same form once more is the same step.
    assert client.post(f"{at(question)}/changes", again | {"state": "resting"}).path == at(question)
    assert reasons(make, question) == [("in_preparation", "Först till kvarn."), ("resting", "Mitt skäl.")]


@pytest.mark.any_database
def test_of_eight_who_step_at_once_one_does(client, make, cast):
    question = raised(make)
    client.sign_in(cast.steering)
    sent = {"state": "in_preparation", "version": "1", "csrf_token": client.token()}
    cookie = client.raw.get_cookie("kloss")
    senders = [client.app.test_client() for _ in range(8)]
    together = threading.Barrier(len(senders))

    def send(number, sender):
        sender.set_cookie("kloss", cookie.value)
        together.wait()
        said = sent | {"reason": f"Skäl {number}."}
        return sender.post(f"{at(question)}/changes", data=said).status_code

    with ThreadPoolExecutor(len(senders)) as pool:
        answers = sorted(pool.map(send, range(8), senders))
    assert answers == [303] + [409] * 7
    assert len(reasons(make, question)) == 1
    assert rows(make, Question, Question.id == question.id)[0].version == 2
