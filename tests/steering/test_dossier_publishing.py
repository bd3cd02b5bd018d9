"""A dossier is published when all in it is grounded, and read as it was then, but for what is taken back."""

import pytest
from sqlalchemy import delete, select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.members.models import Mandate
from kloss_intranet.steering.models import Edition, Objection
from kloss_intranet.steering.queries import editions as reading
from tests.steering.desk import add, change, citations, draft, editions, parts, pick, press, publish, reword

SAID = "Vi började i det lilla."


def page_of(question):
    return f"/questions/{question.id}/dossier"


def told(make):
    with make.session() as session:
        letters = session.scalars(select(Letter).where(Letter.key.startswith("edition:")).order_by(Letter.id))
        return list(letters)


@pytest.fixture
def drafted(client, make, cast):
    """A heading, marked words, words that a passage grounds, and the passage; not published."""
    client.sign_in(cast.convenor)
    add(client, cast.question, "Vad vi har hört", "heading")
    add(client, cast.question, "Vi i styrgruppen läste allt.", is_steering="y")
    add(client, cast.question, "En gjorde så här.")
    pick(client, cast.post, SAID, f"question-{cast.question.id}")
    return parts(make)


@pytest.mark.any_database
def test_an_edition_is_made_told_of_and_read(client, make, cast, drafted):
    page = client.get(f"{draft(cast.question)}/publish")
    assert "kan läsa underlaget från och med nu" in page.text
    page = publish(client, cast.question)
    assert (page.status, page.path) == (200, page_of(cast.question))
    page = client.get(draft(cast.question))
    assert "Inget har ändrats sedan dess." in page.text
    assert f"{draft(cast.question)}/publish" not in page.links
    letters = told(make)
    others = {cast.representative.id, cast.other_representative.id, cast.steering.id, cast.coordinator.id}
    assert {letter.member_id for letter in letters} == others
    assert len(letters) == len(others)
    assert {letter.path for letter in letters} == {page_of(cast.question)}
    assert all(SAID not in letter.plain + letter.html for letter in letters)
    assert "Nätverket tar inte ställning" in letters[0].plain
    client.sign_in(cast.representative)
    assert page_of(cast.question) in client.get("/").links
    assert page_of(cast.question) in client.get(f"/questions/{cast.question.id}").links
    page = client.get(page_of(cast.question))
    said = (
        "Vad vi har hört",
        "Styrgruppens ord",
        "En gjorde så här.",
        SAID,
        "Utgåva 1",
        "Björkö universitet",
    )
    for words in (*said, "Agnes Björk", "tar inte ställning", "Källor"):
        assert words in page.text, words
    assert page.text.count("Styrgruppens ord") == 1
    assert {f"/posts/{cast.post.id}", "#source-1", "#cited-1"} <= page.links
    assert draft(cast.question) not in page.links
    assert client.get(f"/posts/{cast.post.id}").status == 200


@pytest.mark.any_database
def test_words_need_a_passage_after_them_or_the_mark(client, make, cast, drafted):
    add(client, cast.question, "Grundlöst.", after=drafted[3].id)
    page = publish_page(client, cast)
    assert "varken märkt" in page.text
    assert f"{draft(cast.question)}#part-{parts(make)[4].id}" in page.links
    refused = client.post(f"{draft(cast.question)}/editions", {"version": version(make)})
    assert (refused.status, editions(make)) == (409, [])
    add(client, cast.question, "Nytt avsnitt", "heading", after=parts(make)[4].id)
    pick(client, cast.old_post, SAID, f"question-{cast.question.id}")
    assert "varken märkt" in publish_page(client, cast).text  # a passage in the next section is no ground
    words = parts(make)[4]
    form = client.get(f"/steering/parts/{words.id}/edit").form(f"/steering/parts/{words.id}/revisions")
    client.post(f"/steering/parts/{words.id}/revisions", form | {"is_steering": "y"})
    assert publish(client, cast.question).status == 200


@pytest.mark.any_database
def test_a_heading_needs_something_under_it(client, make, cast, drafted):
    add(client, cast.question, "Tomt", "heading", after=drafted[3].id)
    page = publish_page(client, cast)
    assert "Rubriken har inget under sig." in page.text
    assert f"{draft(cast.question)}#part-{parts(make)[4].id}" in page.links
    assert client.post(f"{draft(cast.question)}/editions", {"version": version(make)}).status == 409
    add(client, cast.question, "Nu står något här.", after=parts(make)[4].id, is_steering="y")
    assert publish(client, cast.question).status == 200


def publish_page(client, cast):
    return client.get(f"{draft(cast.question)}/publish")


def version(make):
    with make.session() as session:
        return str(session.scalar(select(reading.Dossier.version)))


@pytest.mark.any_database
def test_amber_and_unanswered_passages_stand_in_the_way(client, make, cast, drafted):
    made = {"citation_id": citations(make)[0].id, "made_at": clock.now()}
    make.add(Objection(**made))
    assert "har bett att slippa" in publish_page(client, cast).text
    assert client.post(f"{draft(cast.question)}/editions", {"version": version(make)}).status == 409
    with make.session() as session:
        session.execute(delete(Objection))
    answer = {"answered_at": clock.now(), "answered_by_id": cast.steering.id}
    make.add(Objection(**made, **answer, is_granted=True))
    # Left out, it is no ground for the words before it either.
    assert "varken märkt" in publish_page(client, cast).text
    with make.session() as session:
        session.get(Objection, made["citation_id"]).is_granted = False
    reword(make, cast.post, "Alldeles annorlunda.")
    assert "står inte kvar" in publish_page(client, cast).text
    assert client.post(f"{draft(cast.question)}/editions", {"version": version(make)}).status == 409
    reword(make, cast.post, SAID)
    assert publish(client, cast.question).status == 200


def test_what_is_granted_is_left_out_of_the_edition(client, make, cast, drafted):
    pick(client, cast.old_post, "det lilla", f"question-{cast.question.id}")
    answered = {"answered_at": clock.now(), "answered_by_id": cast.steering.id, "is_granted": True}
    make.add(Objection(citation_id=citations(make)[0].id, made_at=clock.now(), **answered))
    publish(client, cast.question)
    page = client.get(page_of(cast.question))
    assert ("Agnes Björk" in page.text, "Hanna Sten" in page.text) == (False, True)


@pytest.mark.any_database
def test_later_drafting_changes_nothing_until_the_next_edition(client, make, cast, drafted):
    publish(client, cast.question)
    words = drafted[1]
    at = f"/steering/parts/{words.id}"
    client.post(f"{at}/revisions", {"body": "Vi läste om allt."}, f"{at}/edit")
    press(client, client.get(draft(cast.question)), f"/steering/parts/{drafted[0].id}/removals?version=1")
    reader = client.another().sign_in(cast.representative)
    page = reader.get(page_of(cast.question))
    assert ("läste allt" in page.text, "läste om allt" in page.text) == (True, False)
    assert "Vad vi har hört" in page.text
    publish(client, cast.question)
    page = reader.get(page_of(cast.question))
    assert ("läste om allt" in page.text, "Vad vi har hört" in page.text) == (True, False)
    assert "Utgåva 2" in page.text
    assert [edition.number for edition in editions(make)] == [1, 2]
    assert len({letter.key for letter in told(make)}) == 8


@pytest.mark.parametrize("how", ["withdrawn", "hidden", "not for quoting", "left out", "asked for"])
def test_what_is_taken_back_is_gone_at_once(client, make, cast, drafted, how):
    pick(client, cast.old_post, "det lilla", f"question-{cast.question.id}")
    publish(client, cast.question)
    with make.session():
        assert [cited.number for cited in reading.published(cast.question.id).citations] == [1, 2]
    if how in ("withdrawn", "hidden"):
        change(make, cast.post, **{f"{how}_at": clock.now()})
    elif how == "not for quoting":
        change(make, cast.post, not_for_quoting=True)
    elif how == "asked for":
        make.add(Objection(citation_id=citations(make)[0].id, made_at=clock.now()))
    else:
        answered = {"answered_at": clock.now(), "answered_by_id": cast.steering.id, "is_granted": True}
        make.add(Objection(citation_id=citations(make)[0].id, made_at=clock.now(), **answered))
    page = client.sign_in(cast.representative).get(page_of(cast.question))
    assert SAID not in page.text
    assert "Agnes Björk" not in page.text
    assert "1 citat har lämnats utanför" in page.text
    with make.session():
        tree = reading.published(cast.question.id)
    assert [(cited.number, cited.name) for cited in tree.citations] == [(1, "Hanna Sten")]
    assert tree.gone == 1


def test_a_changed_post_is_read_as_it_was_and_says_so(client, make, cast, drafted):
    publish(client, cast.question)
    reword(make, cast.post, "Alldeles annorlunda.")
    page = client.get(page_of(cast.question))
    assert SAID in page.text
    assert "Inlägget har ändrats sedan dess." in page.text


def test_one_must_have_seen_what_one_publishes_and_nothing_is_published_twice(client, make, cast, drafted):
    form = publish_page(client, cast).form(f"{draft(cast.question)}/editions")
    add(client, cast.question, "Smet in.", is_steering="y")
    assert client.post(f"{draft(cast.question)}/editions", form).status == 409
    assert editions(make) == []
    assert publish(client, cast.question).status == 200
    refused = publish(client, cast.question)
    assert (refused.status, len(editions(make))) == (409, 1)
    assert "Inget har ändrats" in refused.text


def test_nothing_is_not_published(client, make, cast):
    client.sign_in(cast.coordinator)
    assert "tomt" in publish_page(client, cast).text
    assert client.post(f"{draft(cast.question)}/editions", {"version": "0"}).status == 409
    add(client, cast.question, "Bara en rubrik", "heading")
    assert "tomt" in publish_page(client, cast).text
    assert client.post(f"{draft(cast.question)}/editions", {"version": version(make)}).status == 409


def test_the_steering_group_writes_and_the_convenor_publishes(client, make, cast, drafted):
    client.sign_in(cast.steering)
    assert publish_page(client, cast).status == 403
    assert client.post(f"{draft(cast.question)}/editions", {"version": version(make)}).status == 403
    assert f"{draft(cast.question)}/publish" not in client.get(draft(cast.question)).links
    client.sign_in(cast.coordinator)
    assert publish(client, cast.question).status == 200


@pytest.mark.any_database
def test_one_who_has_left_reads_the_edition_of_their_time(client, make, cast, drafted):
    publish(client, cast.question)
    client.sign_in(cast.former)
    assert client.get(page_of(cast.question)).status == 404
    with make.session() as session:
        session.scalar(select(Edition)).published_at = cast.old_post.posted_at
    page = client.get(page_of(cast.question))
    assert (page.status, "En gjorde så här." in page.text) == (200, True)
    add(client.sign_in(cast.convenor), cast.question, "Efter din tid.", is_steering="y")
    publish(client, cast.question)
    assert "Efter din tid." not in client.sign_in(cast.former).get(page_of(cast.question)).text
    for who in ("guest", "host"):
        assert client.sign_in(getattr(cast, who)).get(page_of(cast.question)).status == 404


def test_a_letter_does_not_reach_one_who_has_left_meanwhile(client, make, cast, drafted):
    publish(client, cast.question)
    with make.session() as session:
        left = session.scalar(select(Mandate).where(Mandate.member_id == cast.representative.id))
        left.ends_on = clock.today().replace(year=2025)
        ids = list(session.scalars(select(Letter.id)))
        stopped = drop_stopped(ids)
    assert len(stopped) == 1
    assert cast.representative.id not in {letter.member_id for letter in told(make)}


def test_pages_cost_the_same_few_statements_however_long(client, make, cast, drafted, statements):
    publish(client, cast.question)
    paths = (draft(cast.question), page_of(cast.question), f"{draft(cast.question)}/publish")
    few = []
    for path in paths:
        client.get(path)
        with statements() as sent:
            client.get(path)
        few.append(len(sent))
    for number in range(4):
        post = make.post(
            cast.thread, cast.other_representative, f"Nummer {number}.", mandate=cast.other_mandate
        )
        add(client, cast.question, f"Rubrik {number}", "heading")
        pick(client, post, f"Nummer {number}", f"question-{cast.question.id}")
    publish(client, cast.question)
    for path, before in zip(paths, few, strict=True):
        client.get(path)
        with statements() as sent:
            client.get(path)
        assert len(sent) <= before, path
