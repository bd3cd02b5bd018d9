"""The page of news: everything unread by meeting and thread, in few statements, until one has read it."""

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.threads.models import Reading
from kloss_intranet.threads.views.news import POSTS, THREADS


@pytest.mark.any_database
def test_what_is_new_stands_by_meeting_and_thread(client, make, cast):
    for number in range(POSTS + 2):
        make.post(cast.thread, cast.steering, f"Nytt nummer {number}.")
    make.post(cast.thread, cast.representative, "Mitt eget.", mandate=cast.mandate)
    make.post(cast.thread, cast.steering, "Ångrat.", withdrawn_at=clock.now())
    client.sign_in(cast.representative)
    page = client.get("/new")
    headings = [heading.text for heading in page.root.all("h2", "h3")]
    assert headings == [cast.meeting.title, cast.thread.title, cast.old_meeting.title, cast.old_thread.title]
    assert "7 olästa" in page.text
    assert f"Nytt nummer {POSTS - 1}." in page.text
    assert f"Nytt nummer {POSTS}." not in page.text
    assert "och 2 till" in page.text
    assert "Mitt eget." not in page.text
    assert "Ångrat." not in page.text
    assert cast.steering_thread.title not in page.text
    assert f"/threads/{cast.thread.id}?at=unread" in page.links
    assert cast.steering_thread.title in client.another().sign_in(cast.coordinator).get("/new").text


def test_everything_on_the_page_is_read_at_once(client, make, cast):
    make.post(cast.thread, cast.steering, "Första.")
    client.sign_in(cast.representative)
    filled = client.get("/new").form("/new/readings")
    make.post(cast.thread, cast.steering, "Kom emellan.")
    done = client.post(
        "/new/readings",
        filled | {"shown": [f"{cast.thread.id}:2", "x:y", "9999:1", "²:1", f"{10**11}:1", f"1:{10**11}"]},
    )
    assert "Allt på sidan är märkt som läst." in done.text
    assert "Första." not in done.text
    assert "Kom emellan." in done.text
    assert "1 oläst" in done.text
    client.post("/new/readings", {"shown": [f"{cast.thread.id}:3", f"{cast.old_thread.id}:1"]})
    assert "Inget nytt. Du har läst allt." in client.get("/new").text
    assert "Inget nytt. Du har läst allt." in client.get("/").text


def test_a_form_reads_nothing_in_threads_of_others(client, make, cast):
    client.sign_in(cast.representative)
    client.post("/new/readings", {"shown": [f"{cast.steering_thread.id}:1", f"{cast.old_thread.id}:1"]})
    with make.session() as session:
        marked = session.scalars(select(Reading.thread_id).where(Reading.member_id == cast.representative.id))
        assert list(marked) == [cast.old_thread.id]


def test_guests_have_no_page_of_news(client, cast):
    client.sign_in(cast.guest)
    assert client.get("/new").status == 403
    assert client.post("/new/readings").status == 403
    assert "/new" not in client.get("/").links
    assert "/new" in client.another().sign_in(cast.former).get("/").links


def test_every_thread_is_met_once_page_by_page(client, make, cast):
    ours = [cast.thread, *(make.thread(cast.meeting, cast.theme) for _ in range(THREADS))]
    others = [make.thread(make.meeting(starts_at=cast.meeting.starts_at), cast.theme) for _ in range(5)]
    for thread in [*ours, *others]:
        make.post(thread, cast.steering)
    client.sign_in(cast.representative)
    page, met = client.get("/new"), []
    while True:
        met += [link.text for heading in page.root.all("h3") for link in heading.all("a")]
        later = [a.attrs["href"] for a in page.root.all("a") if a.attrs.get("rel") == "next"]
        if not later:
            break
        page = client.get(later[0])
    assert sorted(met) == sorted([thread.title for thread in [*ours, *others]] + [cast.old_thread.title])
    assert "Inget mer är nytt." in client.get(f"/new?after={cast.old_thread.id}").text


def test_the_menu_leads_there(client, cast):
    client.sign_in(cast.representative)
    page = client.get("/new")
    (current,) = [a for a in page.root.all("a") if a.attrs.get("aria-current") == "page"]
    assert (current.text, current.attrs["href"]) == ("Nytt", "/new")
    assert "/saved" in page.links
