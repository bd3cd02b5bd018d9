"""A passage comes word for word out of a post that may be cited, and is seen to when the post changes."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from kloss_intranet.core import clock
from kloss_intranet.members.models import Origin
from kloss_intranet.steering.models import Objection
from kloss_intranet.threads.models import Audience
from tests.steering.desk import add, change, citations, draft, parts, pick, press, publish, reword

SAID = "Vi började i det lilla."


def offer(client, post):
    """The way from a post in its thread to the form for picking, if there is one."""
    page = client.get(f"/threads/{post.thread_id}")
    return f"/posts/{post.id}/citations/new" in page.links


@pytest.mark.any_database
def test_a_passage_is_picked_with_its_signature_and_version(client, make, cast):
    client.sign_in(cast.steering)
    assert offer(client, cast.post)
    page = client.get(f"/posts/{cast.post.id}/citations/new?words=det+lilla")
    assert page.form(f"/posts/{cast.post.id}/citations")["body"] == "det lilla"
    page = pick(client, cast.post, "  började i\ndet  lilla. ", f"question-{cast.question.id}")
    assert page.path == draft(cast.question)
    (citation,) = citations(make)
    assert (citation.passage, citation.post_version) == ("började i det lilla.", 1)
    assert (citation.post_id, citation.picked_by_id) == (cast.post.id, cast.steering.id)
    for said in (
        "Björkö universitet",
        "Agnes Björk, Förvaltningschef",
        "Inför",
        "version 1",
        "började i det",
    ):
        assert said in page.text
    assert f"/posts/{cast.post.id}" in page.links


@pytest.mark.any_database
def test_a_passage_is_put_under_the_heading_that_was_chosen(client, make, cast):
    client.sign_in(cast.steering)
    for title in ("Först", "Sedan"):
        add(client, cast.question, title, "heading")
    first, second = parts(make)
    add(client, cast.question, "Ord.", after=first.id)
    pick(client, cast.post, "det lilla", f"heading-{first.id}")
    pick(client, cast.post, "började", f"question-{cast.question.id}")
    kinds = [(part.kind.value, part.body) for part in parts(make)]
    assert kinds == [
        ("heading", "Först"),
        ("words", "Ord."),
        ("passage", ""),
        ("heading", "Sedan"),
        ("passage", ""),
    ]
    assert pick(client, cast.post, "Vi", f"heading-{second.id}0").status == 422


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        ("Vi började i det stora.", "Orden står inte så"),
        ("etta", "Orden står inte så"),
        ("Vi började. Sedan", "Orden står inte så"),
        ("Någon annans ord", "citat av någon annan"),
        ("", "Välj orden"),
        ("å" * 4001, "högst 4000 tecken"),
    ],
)
def test_what_does_not_stand_in_the_post_is_refused_and_kept(client, make, cast, passage, why):
    post = make.post(
        cast.thread,
        cast.representative,
        f"{SAID} Det gick lätt.\n\n> Någon annans ord.\n> /posts/1\n\nSedan.",
    )
    refused = pick(client.sign_in(cast.steering), post, passage)
    assert (refused.status, citations(make), parts(make)) == (422, [], [])
    assert why in refused.text
    assert refused.form(f"/posts/{post.id}/citations")["body"] == passage


def test_lists_links_and_tables_are_picked_as_a_browser_marks_them(client, make, cast):
    html = '<p>Se <a href="https://example.org/a">vår rapport</a>.</p><ul><li>Ett</li><li>Två</li></ul>'
    post = make.post(
        cast.thread, cast.representative, "Se vår rapport (https://example.org/a).\n\n- Ett\n- Två"
    )
    change(make, post, body_html=html)
    client.sign_in(cast.steering)
    for passage in ("Se vår rapport.", "Ett\nTvå", "Se vår rapport.\n\nEtt"):
        assert pick(client, post, passage).status == 200, passage


def test_the_same_passage_is_not_picked_twice(client, make, cast):
    client.sign_in(cast.steering)
    pick(client, cast.post, SAID)
    refused = pick(client, cast.post, SAID)
    assert (refused.status, len(citations(make))) == (409, 1)
    assert "finns redan" in refused.text


def hide(make, cast, how):
    if how in ("withdrawn", "hidden"):
        change(make, cast.post, **{f"{how}_at": clock.now()})
    elif how == "not for quoting":
        change(make, cast.post, not_for_quoting=True)
        change(make, cast.thread, changes=1)
    elif how == "the steering group's":
        change(make, cast.thread, audience=Audience.STEERING)
    elif how == "a guest's":
        change(make, cast.post, as_guest=True)


@pytest.mark.any_database
@pytest.mark.parametrize(
    "how", ["withdrawn", "hidden", "not for quoting", "the steering group's", "a guest's"]
)
def test_what_may_not_be_cited_is_neither_offered_nor_taken(client, make, cast, how):
    client.sign_in(cast.steering)
    here = f"/posts/{cast.post.id}/citations"
    form = client.get(f"{here}/new").form(here)
    hide(make, cast, how)
    assert not offer(client, cast.post)
    refused = client.post(here, form | {"body": SAID})
    assert (refused.status, citations(make)) == (409, [])
    assert client.get(f"{here}/new", follow=False).status == (303 if how in ("withdrawn", "hidden") else 200)
    assert refused.form(f"/posts/{cast.post.id}/citations")["body"] == SAID


def test_a_post_that_is_folded_for_oneself_is_not_picked(client, make, cast):
    change(make, cast.thread, write_first=True)
    assert client.sign_in(cast.steering).get(f"/posts/{cast.post.id}/citations/new").status == 404


def test_others_are_not_offered_it(client, make, cast):
    for who in ("representative", "other_representative", "former"):
        assert not offer(client.sign_in(getattr(cast, who)), cast.post)


def test_imported_posts_are_picked_too(client, make, cast):
    change(make, cast.old_meeting, origin=Origin.SOURCE, title=None, place=None)
    client.sign_in(cast.steering)
    assert offer(client, cast.old_post)
    page = pick(client, cast.old_post, SAID, f"question-{cast.question.id}")
    assert (page.status, "Hanna Sten" in page.text) == (200, True)
    assert "Åsnes högskola" in page.text
    client.sign_in(cast.convenor)
    page = publish(client, cast.question)
    assert "Träff hos Åsnes högskola 26 oktober 2023" in page.text


def test_the_list_costs_no_statement_a_post(client, make, cast, statements):
    client.sign_in(cast.steering)
    client.get(f"/threads/{cast.thread.id}")
    with statements() as few:
        client.get(f"/threads/{cast.thread.id}")
    for number in range(6):
        make.post(cast.thread, cast.other_representative, f"Nummer {number}.")
    client.get(f"/threads/{cast.thread.id}")
    with statements() as many:
        client.get(f"/threads/{cast.thread.id}")
    assert len(many) <= len(few)


@pytest.mark.any_database
def test_a_passage_whose_post_says_otherwise_turns_amber(client, make, cast):
    client.sign_in(cast.steering)
    pick(client, cast.post, SAID)
    (part,) = parts(make)
    reword(make, cast.post, f"Efteråt sett: {SAID}")
    assert "part amber" not in client.get(draft(cast.question)).html.replace("cite amber", "part amber")
    reword(make, cast.post, "Vi började i det allra minsta.")
    page = client.get(draft(cast.question))
    for said in ("orden står inte kvar", SAID, "version 3", "allra minsta."):
        assert said in page.text
    assert [each.text.split()[-2] for each in page.root.all("del", "ins")] == ["lilla.", "minsta."]
    keep = f"/steering/parts/{part.id}/settlements?seen=3"
    form = page.form(f"/steering/parts/{part.id}/wordings")
    page = client.post(keep, form)
    assert (page.status, citations(make)[0].settled_version) == (200, 3)
    assert "behålls som det löd" in page.text
    assert "orden står inte kvar" not in page.text
    reword(make, cast.post, "Vi började i det allra minsta, sade de.")
    assert "orden står inte kvar" in client.get(draft(cast.question)).text
    assert (
        client.post(keep, client.get(draft(cast.question)).form(f"/steering/parts/{part.id}/wordings")).status
        == 409
    )


@pytest.mark.any_database
def test_the_new_wording_is_taken_word_for_word(client, make, cast):
    client.sign_in(cast.steering)
    pick(client, cast.post, SAID)
    (part,) = parts(make)
    reword(make, cast.post, "Inledning. Vi började i det allra minsta. Slut.")
    to = f"/steering/parts/{part.id}/wordings"
    form = client.get(draft(cast.question)).form(to)
    assert form["body"] == "Vi började i det allra minsta."
    refused = client.post(to, form | {"body": "Vi började nog i det minsta."})
    assert (refused.status, refused.form(to)["body"]) == (422, "Vi började nog i det minsta.")
    assert client.post(to, form).status == 200
    assert (citations(make)[0].passage, citations(make)[0].post_version) == (form["body"], 2)
    assert client.post(to, form).status == 409  # what was seen is gone


@pytest.mark.parametrize("how", ["withdrawn", "hidden", "not for quoting"])
def test_what_was_taken_back_or_hidden_cannot_be_kept(client, make, cast, how):
    client.sign_in(cast.steering)
    pick(client, cast.post, SAID)
    (part,) = parts(make)
    hide(make, cast, how)
    page = client.get(draft(cast.question))
    assert ("Ta bort citatet" if how == "hidden" else "kan inte behållas") in page.text
    assert (SAID in page.text) == (how == "not for quoting")
    for verb in ("settlements", "wordings"):
        sent = {"version": str(part.version), "seen": "1", "body": SAID}
        assert client.post(f"/steering/parts/{part.id}/{verb}", sent).status == 409
    assert citations(make)[0].settled_version is None
    assert press(client, page, f"/steering/parts/{part.id}/removals?version={part.version}").status == 200
    assert parts(make) == []


def test_what_an_author_asked_to_have_left_out_is_not_picked_again(client, make, cast):
    client.sign_in(cast.steering)
    page = pick(client, cast.post, SAID)
    (part,) = parts(make)
    press(client, page, f"/steering/parts/{part.id}/removals?version=1")
    made = {"citation_id": citations(make)[0].id, "made_at": clock.now() - timedelta(hours=1)}
    make.add(Objection(**made))
    assert pick(client, cast.post, SAID).status == 409
    with make.session() as session:
        session.execute(delete(Objection))
    make.add(Objection(**made, answered_at=clock.now(), answered_by_id=cast.steering.id, is_granted=False))
    assert pick(client, cast.post, SAID).status == 200


@pytest.mark.any_database
def test_what_was_asked_out_comes_back_by_no_new_wording(client, make, cast):
    client.sign_in(cast.steering)
    for passage in (SAID, "Vi började"):
        pick(client, cast.post, passage)
    asked, other = citations(make)
    granted = {"answered_at": clock.now(), "is_granted": True}
    make.add(Objection(citation_id=asked.id, made_at=clock.now(), **granted))
    # Neither in another passage's place, nor by wording anew the one that the wish hangs from.
    for citation, body in ((other, SAID), (asked, "det lilla")):
        page = client.post(f"/steering/parts/{citation.part_id}/wordings", {"version": "1", "body": body})
        assert (page.status, "lämnas utanför" in page.text) == (409, True)
    assert [each.passage for each in citations(make)] == [SAID, "Vi började"]


@pytest.mark.any_database
def test_a_removed_passage_comes_back_unless_picked_again_or_asked_out(client, make, cast):
    client.sign_in(cast.steering)
    page = pick(client, cast.post, SAID)
    (first,) = parts(make)
    press(client, page, f"/steering/parts/{first.id}/removals?version=1")
    page = pick(client, cast.post, SAID)
    (second,) = parts(make)
    back = f"/steering/parts/{first.id}/restorations"
    refused = client.post(back, {}, draft(cast.question))
    assert (refused.status, "finns redan i underlaget" in refused.text) == (409, True)
    assert [part.id for part in parts(make)] == [second.id]
    press(client, page, f"/steering/parts/{second.id}/removals?version=1")
    assert client.post(back, {}, draft(cast.question)).status == 200
    assert client.post(back).status == 200
    assert [part.id for part in parts(make)] == [first.id]
    page = client.get(draft(cast.question))
    press(client, page, f"/steering/parts/{first.id}/removals?version=3")
    granted = {"made_at": clock.now(), "answered_at": clock.now(), "is_granted": True}
    make.add(Objection(citation_id=citations(make)[0].id, **granted))
    assert client.post(back, {}, draft(cast.question)).status == 409
    assert parts(make) == []
