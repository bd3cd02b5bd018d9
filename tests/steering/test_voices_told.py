"""An author is told by letter and on the home page when their words are picked into a dossier."""

import pytest
from sqlalchemy import select, update

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import drop_stopped
from tests.steering.desk import change, citations, pick, publish


def letters(make, member, about="citations-"):
    with make.session() as session:
        query = select(Letter).where(Letter.member_id == member.id, Letter.conversation.startswith(about))
        return session.scalars(query.order_by(Letter.id)).all()


def sent(make):
    with make.session() as session:
        session.execute(update(Letter).values(sent_at=clock.now()))


@pytest.mark.any_database
def test_the_author_gets_one_letter_while_it_waits(client, make, cast):
    client.sign_in(cast.steering)
    place = f"question-{cast.question.id}"
    pick(client, cast.post, "det lilla.", place)
    (letter,) = letters(make, cast.representative)
    (first,) = citations(make)
    assert letter.path == f"/contributions?at={cast.post.id}#citation-{first.id}"
    assert letter.due_at > letter.created_at
    for said in (
        "det lilla.",
        cast.question.title,
        "Utkastet ser bara styrgruppen",
        "Mina bidrag",
        letter.path,
    ):
        assert said in letter.plain
    assert "enskilda lärosätens erfarenheter" in letter.html
    assert "Vi började" not in letter.plain

    other = make.post(cast.thread, cast.representative, "Sedan kom salarna.", mandate=cast.mandate)
    pick(client, other, "Sedan kom salarna.", place)
    (letter,) = letters(make, cast.representative)
    assert "2 citat" in letter.plain
    assert letter.plain.index("det lilla.") < letter.plain.index("Sedan kom salarna.")
    assert letter.path.endswith(f"#citation-{first.id}")

    sent(make)
    third = make.post(cast.thread, cast.representative, "Till slut gick det.", mandate=cast.mandate)
    pick(client, third, "Till slut gick det.", place)
    *_, last = letters(make, cast.representative)
    assert len(letters(make, cast.representative)) == 2
    assert "Till slut" in last.plain
    assert "Sedan kom" not in last.plain
    home = client.another().sign_in(cast.representative).get("/")
    assert any(link.startswith("/contributions?at=") for link in home.links)


@pytest.mark.any_database
def test_former_members_are_told_and_closed_accounts_are_not(client, make, cast):
    client.sign_in(cast.steering)
    place = f"question-{cast.question.id}"
    pick(client, cast.old_post, cast.old_post.body, place)
    (letter,) = letters(make, cast.former)
    with make.session() as session:
        assert drop_stopped([session.get(Letter, letter.id).id]) == set()
    change(make, cast.representative, closed_at=clock.now())
    pick(client, cast.post, "det lilla.", place)
    assert letters(make, cast.representative) == []
    # One who picks their own words knows already.
    own = make.post(cast.thread, cast.steering, "Mitt eget.")
    pick(client, own, "Mitt eget.", place)
    assert letters(make, cast.steering) == []


def test_a_refused_pick_tells_nobody(client, make, cast):
    client.sign_in(cast.steering)
    page = pick(client, cast.post, "Det här står inte där.", f"question-{cast.question.id}")
    assert page.status == 422
    assert letters(make, cast.representative) == []


def test_the_letter_speaks_the_readers_language(client, make, cast):
    post = make.post(cast.thread, cast.other_representative, "I began small.", mandate=cast.other_mandate)
    client.sign_in(cast.steering)
    pick(client, post, "I began small.", f"question-{cast.question.id}")
    (letter,) = letters(make, cast.other_representative)
    assert letter.language == "en"
    assert "I began small." in letter.plain


def test_publishing_tells_as_before(client, make, cast):
    client.sign_in(cast.convenor)
    pick(client, cast.post, "det lilla.", f"question-{cast.question.id}")
    publish(client, cast.question)
    assert len(letters(make, cast.representative)) == 1
