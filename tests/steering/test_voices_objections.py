"""An author asks that a passage be left out: before publishing the wish rules, then there is an answer."""

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.members.models import Role
from kloss_intranet.steering.models import Objection
from tests.steering.desk import add, change, citations, draft, editions, pick, publish

SAID = "började i det lilla."


def picked(client, make, cast):
    """A dossier with two passages, one of them the representative's."""
    client.sign_in(cast.convenor)
    place = f"question-{cast.question.id}"
    pick(client, cast.post, SAID, place)
    other = make.post(cast.thread, cast.other_representative, "Vi började stort.", mandate=cast.other_mandate)
    pick(client, other, other.body, place)
    return citations(make)[0]


def ask(client, citation, reason=""):
    here = f"/citations/{citation.id}/objections"
    return client.post(here, {"reason": reason}, f"{here}/new")


def answer(client, citation, reason="", **data):
    here = f"/citations/{citation.id}/answers"
    return client.post(here, {"reason": reason} | data, f"{here}/new")


def stored(make, citation):
    with make.session() as session:
        return session.get(Objection, citation.id)


def letters(make, conversation):
    with make.session() as session:
        return session.scalars(select(Letter).where(Letter.conversation == conversation)).all()


def edition(client, cast):
    return client.get(f"/questions/{cast.question.id}/dossier").text


@pytest.mark.any_database
def test_before_publishing_the_wish_rules(client, make, cast):
    citation = picked(client, make, cast)
    author = client.another().sign_in(cast.representative)
    page = author.get(f"/citations/{citation.id}/objections/new")
    assert SAID in page.text
    assert "ingen behöver godkänna" in page.text
    page = ask(author, citation, "Det handlar om en enda person.")
    assert page.path == "/contributions"
    assert "Lämnas utanför, så som du har bett om." in page.text
    kept = stored(make, citation)
    assert (kept.is_granted, kept.answered_by_id, kept.reason) == (
        True,
        None,
        "Det handlar om en enda person.",
    )
    told = letters(make, f"objection-{citation.id}")
    assert {letter.member_id for letter in told} == {cast.steering.id, cast.convenor.id, cast.coordinator.id}
    assert all("Det handlar om en enda person." in letter.plain for letter in told)
    assert all(SAID not in letter.plain for letter in told)
    assert "en enda person" in client.get(draft(cast.question)).text
    publish(client, cast.question)
    assert SAID not in edition(author, cast)
    assert "Vi började stort." in edition(author, cast)
    assert pick(client, cast.post, SAID, f"question-{cast.question.id}").status == 409
    # Asked twice, it is asked once.
    page = author.post(f"/citations/{citation.id}/objections", {"reason": "En gång till."})
    assert (page.status, "Du har redan bett" in page.text) == (409, True)
    assert author.get(f"/citations/{citation.id}/objections/new").path == "/contributions"
    assert stored(make, citation).reason == kept.reason


@pytest.mark.any_database
def test_after_publishing_it_is_hidden_until_answered(client, make, cast):
    citation = picked(client, make, cast)
    publish(client, cast.question)
    author = client.another().sign_in(cast.representative)
    assert SAID in edition(author, cast)
    assert "döljs genast" in author.get(f"/citations/{citation.id}/objections/new").text
    page = ask(author, citation)
    assert "dolt tills styrgruppen har svarat" in page.text
    assert stored(make, citation).is_granted is None
    assert SAID not in edition(author, cast)
    (letter, *_) = letters(make, f"objection-{citation.id}")
    assert letter.path == f"/citations/{citation.id}/answers/new"
    assert f"/citations/{citation.id}/answers/new" in client.get(draft(cast.question)).links
    add(client, cast.question, "Nya ord.", is_steering="y")
    version = client.get(draft(cast.question)).form(draft(cast.question))["dossier_version"]
    page = client.post(f"{draft(cast.question)}/editions", {"version": version})
    assert "har inte fått svar" in page.text
    assert (page.status, len(editions(make))) == (409, 1)

    page = answer(client, citation, keep="1")
    assert page.status == 422
    assert "Skriv varför citatet står kvar." in page.text
    answer(client, citation, "Frågan saknar annars den sidan.", keep="1")
    kept = stored(make, citation)
    assert (kept.is_granted, kept.answered_by_id) == (False, cast.convenor.id)
    assert SAID in edition(author, cast)
    (told,) = letters(make, f"answer-{citation.id}")
    assert (told.member_id, "Frågan saknar annars" in told.plain) == (cast.representative.id, True)
    assert "Frågan saknar annars den sidan." in author.get("/contributions").text
    # The first answer stands.
    page = client.post(f"/citations/{citation.id}/answers", {"reason": ""})
    assert (page.status, "Någon har redan svarat" in page.text) == (409, True)
    assert stored(make, citation).is_granted is False
    publish(client, cast.question)
    assert len(editions(make)) == 2
    # The author's own mark still rules over the answer.
    change(make, cast.post, not_for_quoting=True)
    assert SAID not in edition(author, cast)


@pytest.mark.any_database
def test_a_granted_wish_takes_the_passage_away_for_good(client, make, cast):
    citation = picked(client, make, cast)
    publish(client, cast.question)
    author = client.another().sign_in(cast.representative)
    ask(author, citation, "Vi har ändrat oss.")
    page = answer(client, citation)
    assert page.path == draft(cast.question)
    assert stored(make, citation).is_granted
    assert SAID not in edition(author, cast)
    (told,) = letters(make, f"answer-{citation.id}")
    assert "lämnas utanför" in told.plain
    assert "Vi har ändrat oss." not in author.get(f"/questions/{cast.question.id}").text


def test_only_the_author_asks_and_only_the_group_answers(client, make, cast):
    citation = picked(client, make, cast)
    new, here = f"/citations/{citation.id}/objections/new", f"/citations/{citation.id}/objections"
    for member in (cast.other_representative, cast.steering, cast.guest, cast.former):
        other = client.another().sign_in(member)
        assert other.get(new).status == 404, member.name
        assert other.post(here, {"reason": ""}).status == 404
    assert stored(make, citation) is None
    # Without a wish there is nothing to answer.
    assert client.get(f"/citations/{citation.id}/answers/new").status == 404
    author = client.another().sign_in(cast.representative)
    assert ask(author, citation, "å" * 2001).status == 422
    assert stored(make, citation) is None
    publish(client, cast.question)
    ask(author, citation)
    for member in (cast.representative, cast.guest, cast.former):
        other = client.another().sign_in(member)
        assert other.get(f"/citations/{citation.id}/answers/new").status == 404, member.name
        assert other.post(f"/citations/{citation.id}/answers", {"reason": ""}).status == 404


@pytest.mark.any_database
def test_one_who_published_what_was_seen_before_the_wish_is_refused(client, make, cast):
    citation = picked(client, make, cast)
    form = client.get(f"{draft(cast.question)}/publish").form(f"{draft(cast.question)}/editions")
    ask(client.another().sign_in(cast.representative), citation)
    page = client.post(f"{draft(cast.question)}/editions", form)
    assert page.status == 409
    assert editions(make) == []


def test_the_letter_about_a_wish_does_not_go_to_one_who_has_left(client, make, cast):
    citation = picked(client, make, cast)
    ask(client.another().sign_in(cast.representative), citation)
    with make.session() as session:
        role = session.scalars(select(Role).where(Role.member_id == cast.steering.id)).one()
        role.ends_on = clock.today().replace(year=2025)
    told = letters(make, f"objection-{citation.id}")
    with make.session():
        dropped = drop_stopped([letter.id for letter in told])
    assert dropped == {letter.id for letter in told if letter.member_id == cast.steering.id}


def test_the_line_about_a_wish_goes_with_the_seat_in_the_group(client, make, cast):
    citation = picked(client, make, cast)
    publish(client, cast.question)
    ask(client.another().sign_in(cast.representative), citation)
    reader, way = client.another().sign_in(cast.steering), f"/citations/{citation.id}/answers/new"
    assert way in reader.get("/").html
    with make.session() as session:
        role = session.scalars(select(Role).where(Role.member_id == cast.steering.id)).one()
        role.ends_on = clock.today().replace(year=2025)
    assert way not in reader.get("/").html
    assert "Ett citat ska lämnas utanför" not in reader.get("/").text
