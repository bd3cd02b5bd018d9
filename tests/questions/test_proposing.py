"""A member proposes a question, or adds their words to one that is much like it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.questions.models import Proposal, Question, QuestionState
from tests.questions.asking import ASKED, at, proposal, raised, rows, told


def propose(client, **data):
    return client.post("/questions/", ASKED | data, "/questions/new")


@pytest.mark.any_database
def test_a_question_is_proposed_once_and_told_of(client, make, cast):
    client.sign_in(cast.representative)
    assert "/questions/new" in client.get("/questions/").links
    page = propose(client)
    (question,) = rows(make, Question, Question.id != cast.question.id)
    assert page.path == at(question)
    for said in (ASKED["title"], "Studenterna undrar.", "Björkö universitet", "Agnes Björk", "Väckt"):
        assert said in page.text
    assert (question.state, question.raised_by_id) == (QuestionState.RAISED, cast.representative.id)
    (said,) = rows(make, Proposal)
    assert (said.question_id, said.institution_id, said.signed_name, said.signed_title) == (
        question.id,
        cast.institution.id,
        "Agnes Björk",
        "Förvaltningschef",
    )
    letters = told(make, "proposal:")
    readers = (cast.representative, cast.steering, cast.convenor, cast.coordinator)
    assert letters.keys() == {reader.id for reader in readers}
    assert "har kommit fram" in letters[cast.representative.id].plain
    assert "Agnes Björk föreslår frågan" in letters[cast.steering.id].plain
    assert "Studenterna undrar." in letters[cast.steering.id].html
    for letter in letters.values():
        assert letter.path == at(question)
        assert "Nätverket tar inte ställning" in letter.plain
    assert "Ny fråga: Vem äger" in client.another().sign_in(cast.steering).get("/").text
    assert propose(client).path == at(question)
    assert (len(rows(make, Proposal)), len(told(make, "proposal:"))) == (1, 4)
    acts = [entry.act for entry in rows(make, AuditEntry)]
    assert acts.count("question:propose") == 1


@pytest.mark.any_database
def test_sent_eight_times_at_once_it_is_one_question(client, make, cast):
    client.sign_in(cast.representative)
    sent = ASKED | {"csrf_token": client.token()}
    cookie = client.raw.get_cookie("kloss")
    senders = [client.app.test_client() for _ in range(8)]
    together = threading.Barrier(len(senders))

    def send(sender):
        sender.set_cookie("kloss", cookie.value)
        together.wait()
        return sender.post("/questions/", data=sent).status_code

    with ThreadPoolExecutor(len(senders)) as pool:
        assert set(pool.map(send, senders)) == {303}
    assert (len(rows(make, Proposal)), len(rows(make, Question))) == (1, 2)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"title": " "}, "Skriv frågan"),
        ({"reason": ""}, "Skriv varför frågan är viktig"),
        ({"title": "å" * 161}, "högst 160 tecken"),
        ({"reason": "å" * 2001}, "högst 2000 tecken"),
    ],
)
def test_what_lacks_or_is_too_long_is_refused_and_kept(client, make, cast, data, said):
    client.sign_in(cast.representative)
    page = propose(client, **data)
    assert (page.status, said in page.text) == (422, True)
    written = data.get("reason", ASKED["reason"])
    assert page.form("/questions/")["reason"] == " ".join(written.split())
    assert rows(make, Proposal) == []


def test_who_has_left_or_is_a_guest_proposes_nothing(client, make, cast):
    for who in (cast.former, cast.guest, cast.host):
        client.sign_in(who)
        assert client.get("/questions/new").status == 403
        assert client.post("/questions/", ASKED).status == 403
        assert client.get("/questions/similar?title=prov").status == 403
    client.sign_in(cast.former)
    assert client.post(f"{at(cast.question)}/proposals", {"reason": "Nej."}).status == 403
    client.sign_in(cast.guest)
    assert client.post(f"{at(cast.question)}/proposals", {"reason": "Nej."}).status == 404
    assert rows(make, Proposal) == []


@pytest.mark.any_database
def test_one_much_alike_is_shown_before_and_can_be_joined(client, make, cast):
    alike = raised(make, "Tentavakter på distans")
    client.sign_in(cast.representative)
    page = propose(client, title="Vilka är tentavakterna på distans?")
    assert (page.status, "Det här har redan väckts" in page.text) == (422, True)
    assert at(alike) in page.links
    assert rows(make, Proposal) == []
    sent = page.form("/questions/")
    assert sent["title"] == "Vilka är tentavakterna på distans?"
    joined = client.post("/questions/", sent | {"join": str(alike.id)})
    assert joined.path == at(alike)
    assert "Vilka är tentavakterna på distans?" in joined.text
    (said,) = rows(make, Proposal)
    assert said.question_id == alike.id
    assert "lagt till sina ord" in told(make, "proposal:")[cast.convenor.id].plain
    again = client.post("/questions/", sent | {"join": str(alike.id)})
    assert (again.path, len(rows(make, Proposal))) == (at(alike), 1)
    # A proposer's own title is found too, and what has been shown is not in the way.
    found = client.get("/questions/similar?title=tentavakt").response.json["html"]
    assert at(alike) in found
    client.sign_in(cast.other_representative)
    page = propose(client, title="Tentavakterna och distansen")
    page = client.post("/questions/", page.form("/questions/"))
    assert page.path not in (at(alike), "/questions/")


def test_nothing_alike_says_nothing(client, make, cast):
    client.sign_in(cast.representative)
    assert client.get("/questions/similar?title=pärlugglor").response.json["html"] == ""


@pytest.mark.any_database
def test_words_are_added_to_a_question(client, make, cast):
    proposal(make, cast.question, cast.representative, cast.institution)
    client.sign_in(cast.other_representative)
    here = at(cast.question)
    assert f"{here}/proposals/new" in client.get(here).links
    page = client.post(f"{here}/proposals", {"reason": "Så även hos oss."}, f"{here}/proposals/new")
    assert (page.status, page.path) == (200, here)
    assert page.text.index("Det är viktigt hos oss.") < page.text.index("Så även hos oss.")
    last = rows(make, Proposal)[-1]
    assert (last.title, last.signed_name) == (cast.question.title, "Birger Åsling")
    page = client.post(f"{here}/proposals", {"reason": " "}, f"{here}/proposals/new")
    assert (page.status, len(rows(make, Proposal))) == (422, 2)
