"""Two questions become one, and nobody's name or words are lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.questions.models import Proposal, Question, Relevance, Treatment
from kloss_intranet.threads.models import Reference, ReferenceKind, Thread
from tests.questions.asking import at, kept, proposal, raised, rows, told


def merge(client, question, into, reason="De frågar samma sak."):
    here = at(question)
    sent = {"into": str(getattr(into, "id", into)), "reason": reason}
    return client.post(f"{here}/mergers", sent, f"{here}/mergers/new")


def sentence(make, question, member, said, **columns):
    row = {"member_id": member.id, "signed_name": member.name, "written_at": clock.now(), "sentence": said}
    return make.add(Relevance(question_id=question.id, **row | columns))


@pytest.mark.any_database
def test_everything_goes_along(client, make, cast):
    one = make.question("Vem vaktar proven?", items=(cast.item,), reason="Det gamla skälet.")
    other_item = make.agenda_item(cast.old_meeting, "Vakter")
    make.add(Treatment(agenda_item_id=other_item.id, question_id=one.id))
    for question, who in ((one, cast.representative), (cast.question, cast.other_representative)):
        proposal(make, question, who, title=f"Så sade {who.name}")
    sentence(make, one, cast.representative, "Våra vakter räcker inte.")
    thread = make.thread(cast.meeting, cast.theme, question_id=one.id)
    post = make.post(thread, cast.steering)
    for target in (one, cast.question):
        make.add(Reference(post_id=post.id, kind=ReferenceKind.QUESTION, target_id=target.id))
    client.sign_in(cast.convenor)
    assert f"{at(one)}/mergers/new" in client.get(at(one)).links
    page = merge(client, one, cast.question)
    assert (page.status, page.path) == (200, at(cast.question))
    for said in ("Så sade Agnes Björk", "Så sade Birger Åsling", "Våra vakter räcker inte."):
        assert said in page.text
    for said in ("«Vem vaktar proven?» gick upp i frågan.", "De frågar samma sak.", "Det gamla skälet."):
        assert said in page.text
    answer = client.get(at(one), follow=False)
    assert (answer.status, answer.location) == (303, at(cast.question))
    assert {row.question_id for row in rows(make, Proposal)} == {cast.question.id}
    assert {row.question_id for row in rows(make, Relevance)} == {cast.question.id}
    treated = [row.agenda_item_id for row in rows(make, Treatment)]
    assert sorted(treated) == sorted({*treated})
    assert {cast.item.id, other_item.id} <= {*treated}
    assert {row.question_id for row in rows(make, Treatment)} == {cast.question.id}
    with make.session() as session:
        assert session.get(Thread, thread.id).question_id == cast.question.id
        assert session.scalars(select(Reference.target_id)).all() == [cast.question.id]
    letters = told(make, "question-merged:")
    assert letters.keys() == {cast.representative.id}
    assert "Ditt namn och dina ord står kvar" in letters[cast.representative.id].plain
    assert letters[cast.representative.id].path == at(cast.question)
    listed = client.get("/questions/")
    assert at(one) not in listed.links
    assert at(one) not in client.get("/").links
    # A form from before, sent to the old address, reaches the one that is kept.
    client.sign_in(cast.other_representative)
    client.post(f"{at(one)}/relevances", {"sentence": "Vi har för få."})
    assert rows(make, Relevance)[-1].question_id == cast.question.id


@pytest.mark.any_database
def test_a_chain_of_mergers_leads_to_the_last(client, make, cast):
    first, second, third = (raised(make, title) for title in ("Årshjul", "Kalender", "Planering"))
    client.sign_in(cast.steering)
    merge(client, first, second)
    merge(client, second, third)
    for old in (first, second):
        assert client.get(at(old), follow=False).location == at(third)
    page = client.get(at(third)).text
    assert "«Årshjul» gick upp" in page
    assert "«Kalender» gick upp" in page


def test_what_cannot_be_merged(client, make, cast):
    one, gone = raised(make, "Årshjul"), raised(make, "Kalender")
    client.sign_in(cast.steering)
    assert "sig själv" in merge(client, one, one).text
    assert merge(client, one, 9999).status == 422
    assert merge(client, one, "x").status == 422
    assert merge(client, one, cast.question, " ").status == 422
    merge(client, gone, cast.question)
    refused = client.post(f"{at(one)}/mergers", {"into": str(gone.id), "reason": "Nej."})
    assert (refused.status, "gått upp i en annan" in refused.text) == (422, True)
    refused = client.post(f"{at(gone)}/mergers", {"into": str(one.id), "reason": "Nej."})
    assert refused.status == 409
    again = client.post(f"{at(gone)}/mergers", {"into": str(cast.question.id), "reason": "Igen."})
    assert again.path == at(cast.question)
    changed = client.post(f"{at(gone)}/changes", {"state": "resting", "reason": "Nej.", "version": "2"})
    assert changed.status == 409
    assert kept(make, one).merged_into_id is None
    for who, status in ((cast.representative, 403), (cast.guest, 404)):
        client.sign_in(who)
        assert client.get(f"{at(one)}/mergers/new").status == status
        assert client.post(f"{at(one)}/mergers", {"into": "1", "reason": "Nej."}).status == status


@pytest.mark.any_database
def test_two_who_merge_each_others_way_never_go_in_circles(client, make, cast):
    one, other = raised(make, "Årshjul"), raised(make, "Kalender")
    client.sign_in(cast.steering)
    token, cookie = client.token(), client.raw.get_cookie("kloss")
    ways = [(one, other), (other, one)] * 4
    senders = [client.app.test_client() for _ in ways]
    together = threading.Barrier(len(ways))

    def send(way, sender):
        sender.set_cookie("kloss", cookie.value)
        together.wait()
        sent = {"into": str(way[1].id), "reason": "Samma.", "csrf_token": token}
        return sender.post(f"{at(way[0])}/mergers", data=sent).status_code

    with ThreadPoolExecutor(len(ways)) as pool:
        answers = list(pool.map(send, ways, senders))
    assert 303 in answers
    assert {*answers} <= {303, 409, 422}
    ends = {question.id: question.merged_into_id for question in rows(make, Question)}
    assert {ends[one.id], ends[other.id]} in ({None, one.id}, {None, other.id})


@pytest.mark.any_database
def test_what_is_opened_from_an_older_form_is_about_the_kept_question(client, make, cast):
    from kloss_intranet.questions.queries import exact
    from kloss_intranet.questions.services import put_on
    from kloss_intranet.threads.services.opening import Terms, open_thread
    from tests.architecture.test_policy import actor

    one = raised(make, "Årshjul")
    merge(client.sign_in(cast.steering), one, cast.question)
    item = make.agenda_item(cast.old_meeting)
    with make.session() as session:
        terms = Terms(title="Hjulet", introduction=None, theme=session.merge(cast.theme))
        thread = open_thread(
            session.merge(cast.meeting), actor(cast, "steering"), terms, question=exact(one.id)
        )
        put_on(item.id, one.id)
        session.flush()
        assert thread.question_id == cast.question.id
    treated = rows(make, Treatment, Treatment.agenda_item_id == item.id)
    assert [row.question_id for row in treated] == [cast.question.id]


def test_a_sentence_is_not_hidden_by_one_taken_back_at_the_other(client, make, cast):
    one = raised(make, "Årshjul")
    sentence(make, one, cast.representative, "Den står kvar.")
    sentence(make, cast.question, cast.representative, "Den togs tillbaka.")
    sentence(make, cast.question, cast.representative, None)
    page = merge(client.sign_in(cast.steering), one, cast.question)
    assert "Den står kvar." in page.text
    assert "Den togs tillbaka." not in page.text
