"""A member sees all that they have written, and where each piece of it has been used."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.steering.queries import contributions
from kloss_intranet.threads.models import Reference, ReferenceKind
from tests.steering.desk import citations, parts, pick, press, publish, reword
from tests.steering.desk import draft as draft_of

SAID = "började i det lilla."


def quote(make, post, by):
    made = make.post(make_thread(make, post), by, "Jag citerar.")
    make.add(Reference(post_id=made.id, kind=ReferenceKind.POST, target_id=post.id, is_quote=True))
    return made


def make_thread(make, post):
    class Place:
        id = post.thread_id

    return Place


@pytest.mark.any_database
def test_each_use_is_told_as_far_as_it_has_come(client, make, cast):
    client.sign_in(cast.convenor)
    author = client.another().sign_in(cast.representative)
    page = author.get("/contributions")
    assert SAID in page.text
    assert "underlag" not in page.text
    by = quote(make, cast.post, cast.other_representative)
    hidden = make.post(cast.steering_thread, cast.steering, "Bara här.")
    make.add(Reference(post_id=hidden.id, kind=ReferenceKind.POST, target_id=cast.post.id, is_quote=True))
    pick(client, cast.post, SAID, f"question-{cast.question.id}")
    page = author.get("/contributions")
    assert f"/posts/{by.id}" in page.links
    assert f"/posts/{hidden.id}" not in page.links
    assert "Bara styrgruppen ser utkastet." in page.text
    assert f"/questions/{cast.question.id}" in page.links
    assert f"/questions/{cast.question.id}/dossier" not in page.links
    assert "/steering" not in page.html
    (citation,) = citations(make)
    assert f"/citations/{citation.id}/objections/new" in page.links
    assert f'id="citation-{citation.id}"' in page.html

    publish(client, cast.question)
    page = author.get("/contributions")
    assert f"/questions/{cast.question.id}/dossier" in page.links
    assert "utgåva 1" in page.text
    # The meeting to come has a briefing with it; the one long gone has not.
    assert f"/meetings/{cast.meeting.slug}" in page.links
    assert f"/meetings/{cast.old_meeting.slug}" not in page.links


@pytest.mark.any_database
def test_the_published_words_are_told_apart_from_those_of_the_draft(client, make, cast):
    client.sign_in(cast.convenor)
    pick(client, cast.post, SAID, f"question-{cast.question.id}")
    publish(client, cast.question)
    author = client.another().sign_in(cast.representative)
    assert "I utkastet till nästa utgåva:" not in author.get("/contributions").text
    (part,) = parts(make)
    reword(make, cast.post, "Vi började i det stora.")
    here = f"/steering/parts/{part.id}/wordings"
    form = client.get(draft_of(cast.question)).form(here)
    client.post(here, form | {"body": "började i det stora."})
    (citation,) = citations(make)
    assert citation.passage == "började i det stora."
    page = author.get("/contributions")
    assert f"{SAID} I utkastet till nästa utgåva: började i det stora." in page.text
    asking = author.get(f"/citations/{citation.id}/objections/new")
    assert SAID in asking.text
    publish(client, cast.question)
    page = author.get("/contributions")
    assert SAID not in page.text
    assert "I utkastet till nästa utgåva:" not in page.text


@pytest.mark.any_database
def test_what_was_taken_out_again_is_told(client, make, cast):
    client.sign_in(cast.convenor)
    pick(client, cast.post, SAID, f"question-{cast.question.id}")
    (part,) = parts(make)
    page = client.get(draft_of(cast.question))
    press(client, page, f"/steering/parts/{part.id}/removals?version={part.version}")
    author = client.another().sign_in(cast.representative)
    page = author.get("/contributions")
    assert "men är borttaget därifrån" in page.text
    assert "Be att citatet lämnas utanför" not in page.text


@pytest.mark.any_database
def test_the_pages_run_from_the_newest_to_the_oldest(client, make, cast, monkeypatch):
    monkeypatch.setattr(contributions, "PAGE", 2)
    monkeypatch.setattr("kloss_intranet.steering.views.contributions.PAGE", 2)
    now = clock.now()
    for hours in (1, 3):
        make.post(cast.thread, cast.representative, f"För {hours}.", posted_at=now - timedelta(hours=hours))
    client.sign_in(cast.representative)
    first = client.get("/contributions")
    assert first.text.index("För 1.") < first.text.index(SAID)
    assert "För 3." not in first.text
    (later,) = [link for link in first.links if link.startswith("/contributions?at=")]
    last = client.get(later)
    assert "För 3." in last.text
    assert SAID not in last.text
    assert "/contributions" in last.links
    # From somebody else's post there is nowhere to go on.
    assert SAID not in client.get(f"/contributions?at={cast.steering_post.id}").text


def test_everyone_reads_their_own_and_nobody_elses(client, cast):
    for member, own in ((cast.former, cast.old_post), (cast.steering, cast.steering_post)):
        page = client.another().sign_in(member).get("/contributions")
        assert f"/posts/{own.id}" in page.links
        assert f"/posts/{cast.post.id}" not in page.links
    for member in (cast.guest, cast.host):
        page = client.another().sign_in(member).get("/contributions")
        assert page.status == 200
        assert "Du har inte skrivit något inlägg." in page.text


def test_one_who_has_left_is_told_of_a_question_they_may_not_read(client, make, cast):
    question = make.question("Väckt långt efteråt", raised_at=clock.now())
    pick(client.sign_in(cast.convenor), cast.old_post, cast.old_post.body, f"question-{question.id}")
    former = client.another().sign_in(cast.former)
    for stage in ("draft", "published"):
        page = former.get("/contributions")
        assert page.status == 200
        assert f'data-stage="{stage}"' in page.html
        assert question.title in page.text
        assert not {f"/questions/{question.id}", f"/questions/{question.id}/dossier"} & page.links
        publish(client, question)


def test_the_way_there_stands_among_the_settings(client, cast):
    client.sign_in(cast.representative)
    assert "/contributions" in client.get("/settings/").links


def test_the_statements_are_as_many_however_much_is_told(client, make, cast, statements):
    client.sign_in(cast.convenor)
    pick(client, cast.post, SAID, f"question-{cast.question.id}")
    quote(make, cast.post, cast.other_representative)
    publish(client, cast.question)
    author = client.another().sign_in(cast.representative)
    author.get("/contributions")
    with statements() as few:
        author.get("/contributions")
    for number in range(6):
        post = make.post(cast.thread, cast.representative, f"Mer {number}.", mandate=cast.mandate)
        pick(client, post, post.body, f"question-{cast.question.id}")
        quote(make, post, cast.other_representative)
    publish(client, cast.question)
    with statements() as many:
        page = author.get("/contributions")
    assert "Mer 5." in page.text
    assert len(many) == len(few) <= 14
