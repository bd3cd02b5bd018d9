"""Drafts: one for each member and place, found everywhere, never overwritten unseen, gone when published."""

import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from sqlalchemy import func, select

from kloss_intranet.core import clock
from kloss_intranet.threads.models import Draft, Place, Post, Thread
from kloss_intranet.threads.services import drafts

JSON = {"Accept": "application/json"}
TEXT = "Vi började i det lilla\noch väntade."
SENT = {"body": TEXT, "aspect": "method", "factor": "helping", "context": "Två orter"}


def kept(make):
    with make.session() as session:
        return session.scalars(select(Draft).order_by(Draft.id)).all()


def place_of(cast):
    return f"/threads/{cast.thread.id}"


def composer(client, page):
    """The fields of the form at the end of the thread's page."""
    return client.get(page).form(f"{page.partition('?')[0]}/posts")


def save(client, page, data=SENT, **options):
    """Press "Spara utkast" in the composer on `page`."""
    return client.post(f"{page}/drafts", composer(client, page) | data, **options)


def told(client, url, data):
    """What a script is answered when it saves."""
    answer = client.raw.post(url, data={"csrf_token": client.token()} | data, headers=JSON)
    return answer.status_code, answer.get_json()


@pytest.mark.any_database
def test_a_draft_is_found_on_another_device_and_by_nobody_else(client, cast, make):
    thread = place_of(cast)
    page = save(client.sign_in(cast.representative), thread)
    assert (page.status, page.path) == (200, thread)
    assert "Utkast, sparat" in page.text
    other = client.another().sign_in(cast.representative)
    found = composer(other, thread)
    assert {name: found[name] for name in ("aspect", "factor", "context")} == {
        name: SENT[name] for name in ("aspect", "factor", "context")
    }
    assert TEXT in other.get(thread).html
    assert TEXT not in client.another().sign_in(cast.other_representative).get(thread).html
    (draft,) = kept(make)
    assert (draft.place, draft.subject_id, draft.version) == (Place.EXPERIENCE, cast.thread.id, 1)
    assert not {"csrf_token", "reply_to", "password"} & {*draft.fields}


def test_each_place_has_its_own(client, cast, make):
    thread, post = place_of(cast), f"/posts/{cast.post.id}"
    elsewhere = make.thread(cast.meeting, cast.theme)
    client.sign_in(cast.representative)
    for url, text in (
        (f"{thread}/drafts", "erfarenhet"),
        (f"{post}/drafts", "svar"),
        (f"{post}/drafts?of=edit", "ändring"),
        (f"/meetings/{cast.meeting.slug}/threads/drafts", "tråd"),
    ):
        assert told(client, url, {"body": text, "title": text})[0] == 200
    assert [(draft.place, draft.fields["body"]) for draft in kept(make)] == [
        (Place.EXPERIENCE, "erfarenhet"),
        (Place.REPLY, "svar"),
        (Place.EDIT, "ändring"),
        (Place.THREAD, "tråd"),
    ]
    assert composer(client, thread)["body"] == "erfarenhet"
    assert composer(client, f"{thread}?reply_to={cast.post.id}")["body"] == "svar"
    assert composer(client, f"/threads/{elsewhere.id}")["body"] == ""
    assert client.get(f"{post}/edit").form(f"{post}/revisions")["body"] == "ändring"
    new = f"/meetings/{cast.meeting.slug}/threads"
    assert client.get(f"{new}/new").form(new)["title"] == "tråd"


def test_nothing_is_kept_where_one_may_not_write(client, cast, make):
    closed = make.thread(cast.meeting, cast.theme, closed_at=clock.now())
    client.sign_in(cast.other_representative)
    for url, status in (
        (f"/threads/{cast.steering_thread.id}/drafts", 404),
        (f"/posts/{cast.steering_post.id}/drafts", 404),
        (f"/threads/{closed.id}/drafts", 403),
        (f"/posts/{cast.post.id}/drafts?of=edit", 403),
        ("/meetings/no-such/threads/drafts", 404),
    ):
        assert told(client, url, SENT)[0] == status, url
    client.sign_in(cast.former)
    assert told(client, f"/threads/{cast.old_thread.id}/drafts", SENT)[0] == 403
    assert kept(make) == []


@pytest.mark.any_database
def test_publishing_takes_the_draft_away_and_happens_once(client, cast, make):
    thread = place_of(cast)
    save(client.sign_in(cast.representative), thread)
    other = client.another().sign_in(cast.representative)
    first, second = composer(client, thread), composer(other, thread)
    assert first["submission"] == second["submission"]
    client.post(f"{thread}/posts", first | SENT)
    assert kept(make) == []
    other.post(f"{thread}/posts", second | SENT)
    with make.session() as session:
        assert session.scalar(select(func.count()).where(Post.member_id == cast.representative.id)) == 2
    # A saving that was under way when the post was published finds it there.
    assert told(client, f"{thread}/drafts", first | {"body": "Vi började i det"})[1]["saved_at"] is None
    assert kept(make) == []


def test_a_draft_of_a_thread_or_an_edit_goes_when_it_is_published(client, cast, make):
    client.sign_in(cast.representative)
    post, new = f"/posts/{cast.post.id}", f"/meetings/{cast.meeting.slug}/threads"
    told(client, f"{post}/drafts?of=edit", {"body": "En ändring", "version": "1"})
    told(client, f"{new}/drafts", {"title": "Något helt annat", "theme": cast.theme.slug, "write_first": "y"})
    filled = client.get(f"{new}/new").form(new)
    assert (filled["theme"], filled["write_first"]) == (cast.theme.slug, "y")
    assert client.post(new, filled).status == 200
    assert client.post(f"{post}/revisions", form_on=f"{post}/edit").status == 200
    assert kept(make) == []


def test_what_was_written_after_publishing_is_not_lost(client, cast, make):
    thread = place_of(cast)
    client.sign_in(cast.representative)
    filled = composer(client, thread) | SENT
    client.post(f"{thread}/posts", filled)
    page = client.post(f"{thread}/posts", filled | {"body": f"{TEXT} Sedan gick det fort."})
    assert "sparat som utkast" in page.text
    assert "Sedan gick det fort." in page.form(f"{thread}/posts")["body"]
    assert page.form(f"{thread}/posts")["submission"] != filled["submission"]
    status, answer = told(client, f"{thread}/drafts", filled | {"body": "Mer", "draft_version": "1"})
    assert (status, answer["spent"]) == (200, filled["submission"])


@pytest.mark.any_database
def test_two_devices_never_overwrite_each_other(client, cast, make):
    thread = place_of(cast)
    url = f"{thread}/drafts"
    client.sign_in(cast.representative)
    stale = composer(client, thread)
    assert told(client, url, SENT | {"draft_version": "0"})[1]["version"] == 1
    status, answer = told(client, url, {"body": "Annan text", "draft_version": "0"})
    assert (status, answer["version"], answer["text"]) == (409, 1, TEXT)
    # The same once more is no other text: the first answer may have been lost.
    assert told(client, url, SENT | {"draft_version": "0"})[0] == 200
    page = client.post(url, stale | {"body": "Annan text"})
    assert page.status == 409
    assert TEXT in page.html
    assert "Annan text" in page.html
    (draft,) = kept(make)
    assert draft.fields["body"] == TEXT
    chosen = page.form(f"/drafts/{draft.id}/replacements")
    assert "Annan text" in client.post(f"/drafts/{draft.id}/replacements", chosen).html
    (draft,) = kept(make)
    assert (draft.fields["body"], draft.version) == ("Annan text", 2)


@pytest.mark.any_database
def test_devices_that_begin_at_the_same_moment_make_one_draft(client, cast, make):
    client.sign_in(cast.representative)
    token, cookie = client.token(), client.raw.get_cookie("kloss")
    senders = [client.app.test_client() for _ in range(8)]
    together = threading.Barrier(len(senders))

    def send(number):
        senders[number].set_cookie("kloss", cookie.value)
        together.wait()
        data = {"csrf_token": token, "body": f"Text {number}"}
        return senders[number].post(f"{place_of(cast)}/drafts", data=data, headers=JSON).status_code

    with ThreadPoolExecutor(len(senders)) as pool:
        assert sorted(pool.map(send, range(len(senders)))) == [200] + [409] * 7
    assert len(kept(make)) == 1


def test_a_page_goes_on_from_its_own_saving_and_only_forwards(client, cast, make):
    url = f"{place_of(cast)}/drafts"
    client.sign_in(cast.representative)
    own = {"draft_version": "0", "draft_page": "a"}
    assert told(client, url, own | {"body": "ett", "draft_turn": "1"})[0] == 200
    assert told(client, url, own | {"body": "ett två tre", "draft_turn": "3"})[1]["version"] == 2
    assert told(client, url, own | {"body": "ett två", "draft_turn": "2"})[0] == 409
    assert [draft.fields["body"] for draft in kept(make)] == ["ett två tre"]


@pytest.mark.parametrize("name", ["body", "context", "submission"])
def test_a_text_that_is_too_long_is_refused_with_a_sentence(client, cast, make, name):
    url = f"{place_of(cast)}/drafts"
    client.sign_in(cast.representative)
    most = drafts.FIELDS[name]
    status, answer = told(client, url, {name: "å" * (most + 1)})
    assert status == 422
    assert str(most) in answer["reason"]
    assert kept(make) == []
    assert told(client, url, {"body": "kort", name: "å" * most})[0] == 200


def test_an_emptied_form_leaves_no_draft(client, cast, make):
    url = f"{place_of(cast)}/drafts"
    client.sign_in(cast.representative)
    assert told(client, url, {"body": " \n", "aspect": "method"})[1]["version"] == 0
    assert told(client, url, SENT)[1]["version"] == 1
    emptied = {"body": "<p></p>", "format": "html", "draft_version": "1"}
    assert told(client, url, emptied) == (200, {"version": 0, "saved_at": None, "text": ""})
    assert kept(make) == []


def test_a_draft_is_thrown_away_by_its_owner_alone(client, cast, make):
    thread = place_of(cast)
    save(client.sign_in(cast.representative), thread)
    (draft,) = kept(make)
    other = client.another().sign_in(cast.coordinator)
    for act in ("discardings", "replacements"):
        assert other.post(f"/drafts/{draft.id}/{act}", {"body": "x"}).status == 404
    assert other.get(f"/drafts/{draft.id}").status == 404
    page = client.post(f"/drafts/{draft.id}/discardings", form_on=thread)
    assert page.path == thread
    assert page.form(f"{thread}/posts")["body"] == ""
    assert kept(make) == []


def test_the_list_shows_places_and_keeps_the_text_of_those_that_are_gone(client, cast, make):
    client.sign_in(cast.representative)
    assert "Du har inga utkast" in client.get("/drafts").text
    assert "utkast" not in client.get("/").text
    for url in (f"{place_of(cast)}/drafts", f"/posts/{cast.post.id}/drafts"):
        told(client, url, SENT)
    told(client, f"/meetings/{cast.meeting.slug}/threads/drafts", {"title": "En ny fråga"})
    page = client.get("/drafts")
    for words in (cast.thread.title, f"Svar till {cast.post.signed_name}", "Ny tråd till", "En ny fråga"):
        assert words in page.text
    assert "Du har 3 utkast" in client.get("/").text
    (draft, *_) = kept(make)
    assert client.get(f"/drafts/{draft.id}").path == place_of(cast)
    with make.session() as session:
        session.get(Thread, cast.thread.id).closed_at = clock.now()
    page = client.get("/drafts")
    assert f"/drafts/{draft.id}" not in page.links
    assert "Här går det inte att skriva längre" in page.text
    assert TEXT in page.html
    assert client.get(f"/drafts/{draft.id}").path == "/drafts"


def test_the_list_costs_the_same_however_long(client, cast, make, statements):
    client.sign_in(cast.representative)
    told(client, f"{place_of(cast)}/drafts", SENT)
    told(client, f"/posts/{cast.post.id}/drafts", SENT)
    with statements() as few:
        client.get("/drafts")
    for _ in range(5):
        thread = make.thread(cast.meeting, cast.theme)
        told(client, f"/threads/{thread.id}/drafts", SENT)
    with statements() as many:
        client.get("/drafts")
    assert len(many) == len(few)


def test_formatting_comes_back_cleaned_and_as_words(client, cast):
    thread = place_of(cast)
    client.sign_in(cast.representative)
    html = "<p>Ett <strong>fett</strong> ord</p><script>alert(1)</script>"
    told(client, f"{thread}/drafts", {"body": html, "format": "html"})
    page = client.get(thread)
    assert page.form(f"{thread}/posts")["body"] == "Ett fett ord"
    (laid,) = [part for part in page.root.all("template") if "data-html" in part.attrs]
    assert laid.text == "<p>Ett <strong>fett</strong> ord</p>"
    assert "alert(1)" not in page.html


def test_a_draft_that_has_no_text_in_the_editor_yet_opens(client, cast):
    thread = place_of(cast)
    client.sign_in(cast.representative)
    told(client, f"{thread}/drafts", {"body": "", "format": "html", "context": "Två orter"})
    page = client.get(thread)
    assert page.status == 200
    form = page.form(f"{thread}/posts")
    assert (form["body"], form["context"]) == ("", "Två orter")


def test_files_are_not_part_of_a_draft_and_that_is_said(client, cast):
    client.sign_in(cast.representative)
    page = f"/threads/{cast.thread.id}"
    chosen = {"body": "Med en bilaga.", "files": (BytesIO(b"x" * 90_000), "stor.txt")}
    seen = client.post(f"{page}/drafts", client.get(page).form(f"{page}/posts") | chosen)
    assert "Filerna följde inte med utkastet" in seen.html
    assert "Med en bilaga." in seen.form(f"{page}/posts")["body"]
