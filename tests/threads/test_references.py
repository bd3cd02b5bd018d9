"""Links to pages of ours become titled, lead back, quote and name people; titles never tell too much."""

import re

import pytest
from sqlalchemy import select

from kloss_intranet.mail.models import Letter
from kloss_intranet.threads.models import Post, Reference, Thread
from kloss_intranet.threads.services.references import MOST_REACHED


def share(client, thread, body, **fields):
    page = f"/threads/{thread.id}"
    return client.post(f"{page}/posts", {"aspect": "method", "body": body, **fields}, form_on=page)


def last_post(make):
    with make.session() as session:
        return session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()


def references(make):
    with make.session() as session:
        return {
            (row.kind.value, row.target_id, row.is_quote)
            for row in session.scalars(select(Reference).where(Reference.post_id == last_post(make).id))
        }


@pytest.mark.any_database
def test_bare_addresses_get_titles_and_lead_back(client, cast, make):
    client.sign_in(cast.other_representative)
    body = (
        f"Jämför /threads/{cast.old_thread.id} och /meetings/{cast.old_meeting.slug} "
        f"samt /questions/{cast.question.id}."
    )
    page = share(client, cast.thread, body)
    assert page.status == 200
    words = re.sub(r"<[^>]*>", "", last_post(make).body_html)
    assert words == "Jämför Salarna och Orten 2023-10-26 samt Hur ordnar vi digitala prov?."
    assert references(make) == {
        ("thread", cast.old_thread.id, False),
        ("meeting", cast.old_meeting.id, False),
        ("question", cast.question.id, False),
    }
    for path in (
        f"/threads/{cast.old_thread.id}",
        f"/meetings/{cast.old_meeting.slug}",
        f"/questions/{cast.question.id}",
    ):
        seen = client.get(path)
        assert "Mentioned in posts" in seen.text, path
        assert f"/posts/{last_post(make).id}" in seen.links, path


@pytest.mark.any_database
def test_a_quotation_is_told_to_the_one_quoted_and_shows_where_it_came_from(client, cast, make):
    client.sign_in(cast.other_representative)
    page = client.get(f"/threads/{cast.thread.id}?reply_to={cast.post.id}&quote={cast.post.id}")
    filled = page.form(f"/threads/{cast.thread.id}/posts")
    assert "> Vi började i det lilla." in filled["body"]
    assert f"> /posts/{cast.post.id}" in filled["body"]
    # Given back as it came, with something of one's own below.
    sent = client.raw.post(
        f"/threads/{cast.thread.id}/posts", data=filled | {"body": filled["body"] + "\n\nSå var det här med."}
    )
    assert sent.status_code == 303
    post = last_post(make)
    assert "<blockquote>" in post.body_html
    assert f'<a href="/posts/{cast.post.id}">Agnes Björk, BU</a>' in post.body_html
    assert ("post", cast.post.id, True) in references(make)
    seen = client.get(f"/threads/{cast.thread.id}")
    assert "Quoted by Birger Åsling" in seen.text
    with make.session() as session:
        assert [letter.member_id for letter in session.scalars(select(Letter))] == [cast.representative.id]


def test_marked_words_are_quoted_alone_and_only_if_they_stand_there(client, cast):
    client.sign_in(cast.representative)
    page = f"/threads/{cast.thread.id}?reply_to={cast.post.id}&quote={cast.post.id}"

    def begun(words):
        return client.get(f"{page}&words={words}").form(f"/threads/{cast.thread.id}/posts")["body"]

    assert begun("i det lilla").startswith("> i det lilla > /posts/")
    assert begun("Vi började aldrig").startswith("> Vi började i det lilla. > /posts/")
    assert "<script" not in client.get(f"{page}&words=<script>").html.split("<main")[1].split("composer")[1]


def test_a_name_after_the_sign_becomes_a_link_and_reaches_its_bearer(client, cast, make):
    client.sign_in(cast.other_representative)
    share(client, cast.thread, "Vad säger @Agnes Björk och @Älvdals, och vem@Agnes Björk?")
    post = last_post(make)
    assert post.body_html.count("<a ") == 1
    assert f'<a href="/members/{cast.representative.id}">@Agnes Björk</a>' in post.body_html
    with make.session() as session:
        assert [letter.member_id for letter in session.scalars(select(Letter))] == [cast.representative.id]
    share(client, cast.thread, "Och @Björkö universitet?")
    assert ("institution", cast.institution.id, False) in references(make)
    with make.session() as session:
        assert {letter.member_id for letter in session.scalars(select(Letter))} == {cast.representative.id}


def test_no_post_reaches_more_people_than_the_limit(client, cast, make):
    people = [make.member(f"Nämnd Person{letter}") for letter in "abcdefghijk"]
    for person in people:
        make.mandate(person)
    client.sign_in(cast.representative)
    page = share(client, cast.thread, " ".join(f"@{person.name}" for person in people))
    assert page.status == 422
    assert f"nämner {MOST_REACHED + 1} personer" in page.text
    assert "@Nämnd Persona @Nämnd Personb" in page.form(f"/threads/{cast.thread.id}/posts")["body"]
    assert share(client, cast.thread, " ".join(f"@{person.name}" for person in people[1:])).status == 200


def test_a_link_to_the_steering_groups_thread_tells_nothing_of_it(client, cast, make):
    client.sign_in(cast.steering)
    share(client, cast.thread, f"Se /threads/{cast.steering_thread.id} och /posts/{cast.steering_post.id}.")
    page = client.get(f"/threads/{cast.thread.id}")
    assert "Styrgruppens tråd" not in page.html
    assert f"/threads/{cast.steering_thread.id}" in page.text
    share(client, cast.steering_thread, f"Se /threads/{cast.thread.id}.")
    assert "Se Prov på egen dator" in client.get(f"/threads/{cast.steering_thread.id}").text
    assert "Nämns i inlägg" in client.get(f"/threads/{cast.thread.id}").text
    reader = client.another().sign_in(cast.representative)
    seen = reader.get(f"/threads/{cast.thread.id}")
    assert "Nämns i inlägg" not in seen.text
    assert "Styrgruppens tråd" not in seen.html


def test_being_quoted_in_another_thread_shows_at_once(client, cast, make):
    with make.session() as session:
        before = session.get(Thread, cast.old_thread.id).changes
    client.sign_in(cast.representative)
    assert "Citerat av" not in client.get(f"/threads/{cast.old_thread.id}").text
    share(client, cast.thread, f"> Vi började i det lilla.\n> /posts/{cast.old_post.id}\n\nFortfarande så.")
    with make.session() as session:
        assert session.get(Thread, cast.old_thread.id).changes == before + 1
    assert "Citerat av Agnes Björk" in client.get(f"/threads/{cast.old_thread.id}").text


@pytest.mark.any_database
def test_the_editor_is_offered_names_and_titles(client, cast):
    client.sign_in(cast.representative)
    names = client.raw.get("/mentions?q=äl").get_json()
    assert [(each["label"], each["url"]) for each in names] == [
        ("Cecilia Älv", f"/members/{cast.steering.id}"),
        ("Älvdals universitet", "/members/institutions/alvdal"),
    ]
    assert client.raw.get("/mentions?q=").get_json() == []
    titles = client.raw.get("/references?q=prov").get_json()
    assert [each["label"] for each in titles] == ["Prov på egen dator", "Hur ordnar vi digitala prov?"]
    assert client.raw.get("/references?q=Styrgruppens").get_json() == []
    assert client.raw.get("/references?q=%25").get_json() == []
    guest = client.another().sign_in(cast.guest)
    assert guest.raw.get("/mentions?q=ag").status_code == 403
    assert guest.raw.get("/references?q=prov").status_code == 403


def test_one_who_has_left_is_not_told_who_quotes_an_old_post_afterwards(client, cast):
    client.sign_in(cast.convenor)
    body = f"> Salarna räcker inte.\n> /posts/{cast.old_post.id}\n\nDet gör de än."
    share(client, cast.thread, body)
    old = f"/threads/{cast.old_thread.id}"
    assert "Citerat av David Öhrn" in client.get(old).text
    left = client.another().sign_in(cast.former).get(old)
    assert cast.old_thread.title in left.text
    assert "David" not in left.text


def test_the_page_linked_to_follows_what_links_to_it(client, cast, make):
    client.sign_in(cast.representative)
    goal = f"/threads/{cast.old_thread.id}"
    share(client, cast.thread, f"Se {goal}.")
    assert "Nämns i inlägg" in client.get(goal).text
    post = last_post(make)
    client.post(f"/posts/{post.id}/withdrawals", form_on=f"/posts/{post.id}/withdraw")
    assert "Nämns i inlägg" not in client.get(goal).text
    client.post(f"/posts/{post.id}/restorations")
    assert "Prov på egen dator" in client.get(goal).text
    coordinator = client.another().sign_in(cast.coordinator)
    edit = f"/threads/{cast.thread.id}/edit"
    coordinator.post(f"/threads/{cast.thread.id}/revisions", {"title": "Egna datorer"}, form_on=edit)
    assert "Egna datorer" in client.get(goal).text
