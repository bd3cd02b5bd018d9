"""Guests read and write in what is shared with them, and see nothing else."""

import pytest
from sqlalchemy import select

from kloss_intranet.threads.models import Post

EXPERIENCE = {"aspect": "driver", "factor": "helping", "body": "Så gör vi på institutet."}


@pytest.fixture
def shared(make, cast):
    """A thread that the guests of the meeting read and write in."""
    thread = make.thread(cast.meeting, cast.theme, title="Med våra gäster", for_guests=True)
    make.post(thread, cast.representative, "Välkomna hit.", mandate=cast.mandate)
    return thread


@pytest.mark.any_database
def test_a_guest_writes_as_a_guest(client, cast, make, shared):
    client.sign_in(cast.guest)
    at = f"/threads/{shared.id}"
    assert "Välkomna hit." in client.get(at).text
    page = client.post(f"{at}/posts", EXPERIENCE, form_on=at)
    assert EXPERIENCE["body"] in page.text
    with make.session() as session:
        post = session.scalars(select(Post).where(Post.member_id == cast.guest.id)).one()
    assert (post.as_guest, post.institution_id, post.mandate_id) == (True, None, None)
    assert (post.signed_name, post.signed_title) == ("Gustav Ek", "Institutet för prov")
    member = client.another().sign_in(cast.representative)
    for view in (at, f"{at}?view=sides"):
        text = member.get(view).text
        assert "Träffens gäst" in text
        assert "Gustav Ek" in text
    assert "Institutet för prov" in member.get(at).text


def test_a_guest_is_led_nowhere_that_is_closed(client, cast, shared):
    client.sign_in(cast.guest)
    for start in ("/", f"/meetings/{cast.meeting.slug}", f"/threads/{shared.id}"):
        for path in client.get(start).links:
            if path.startswith("/"):
                assert client.get(path).status == 200, f"{start} leads to {path}"


def test_the_meeting_shows_a_guest_the_shared_threads_alone(client, cast, shared):
    client.sign_in(cast.guest)
    page = client.get(f"/meetings/{cast.meeting.slug}")
    assert shared.title in page.text
    assert cast.thread.title not in page.html
    assert cast.steering_thread.title not in page.html
    client.sign_in(cast.host)
    assert shared.title not in client.get(f"/meetings/{cast.meeting.slug}").html
    assert client.get(f"/threads/{shared.id}").status == 404


@pytest.mark.any_database
def test_a_guest_of_one_meeting_is_none_of_another(client, cast, make, shared):
    guest = make.member("Ivar Tand", affiliation="Någon annanstans")
    make.admission(make.meeting(), guest, "guest")
    client.sign_in(guest)
    assert client.get(f"/threads/{shared.id}").status == 404
    client.sign_in(cast.guest)
    assert client.get(f"/threads/{shared.id}").status == 200
    assert client.get(f"/threads/{cast.thread.id}").status == 404
    assert client.post(f"/threads/{cast.thread.id}/posts", EXPERIENCE).status == 404


def test_the_same_page_is_drawn_for_each_with_their_own_links(client, cast, shared):
    at = f"/threads/{shared.id}"
    client.sign_in(cast.representative)
    assert f"/members/{cast.representative.id}" in client.get(at).links
    client.sign_in(cast.guest)
    assert f"/members/{cast.representative.id}" not in client.get(at).links
    client.sign_in(cast.steering)
    assert f"/members/{cast.representative.id}" in client.get(at).links


def test_addresses_in_a_shared_thread_tell_a_guest_no_names(client, cast, make, shared):
    client.sign_in(cast.guest)
    at = f"/threads/{shared.id}"
    people = [cast.representative, cast.convenor, cast.former]
    paths = [f"/members/{person.id}" for person in people]
    paths += [f"/meetings/{cast.old_meeting.slug}", f"/meetings/{cast.meeting.slug}"]
    client.post(f"{at}/posts", EXPERIENCE | {"body": "Se " + " ".join(paths)}, form_on=at)
    with make.session() as session:
        said = session.scalars(select(Post).where(Post.member_id == cast.guest.id)).one().body_html
    assert not [person.name for person in people if person.name in said]
    assert cast.old_meeting.starts_at.date().isoformat() not in said
    assert cast.meeting.starts_at.date().isoformat() in said


def test_what_is_shared_no_longer_is_not_mentioned_to_a_guest_either(client, cast, make, shared):
    other = make.thread(cast.meeting, cast.theme, title="Inte längre för gäster", for_guests=True)
    steering = client.another().sign_in(cast.steering)
    there, here = f"/threads/{other.id}", f"/threads/{shared.id}"
    steering.post(f"{there}/posts", EXPERIENCE | {"body": f"Se {here}"}, form_on=there)
    client.sign_in(cast.guest)
    assert other.title in client.get(here).text
    coordinator = client.another().sign_in(cast.coordinator)
    terms = coordinator.get(f"{there}/edit").form(f"{there}/revisions")
    assert terms.pop("for_guests")
    assert coordinator.raw.post(f"{there}/revisions", data=terms).status_code == 303
    assert client.get(there).status == 404
    assert other.title not in client.get(here).text
