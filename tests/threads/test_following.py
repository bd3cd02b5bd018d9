"""What one follows: the nearest choice counts, at once, and the page says which one it was."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.members.models import Role
from kloss_intranet.threads.models import Audience, Following, Level
from kloss_intranet.threads.queries import following

NEAREST = [
    ((None, None, None), "mentions", ""),
    ((None, None, "all"), "all", "theme"),
    ((None, "none", "all"), "none", "meeting"),
    (("mentions", "none", "all"), "mentions", "thread"),
    (("all", None, "none"), "all", "thread"),
    ((None, "all", "none"), "all", "meeting"),
]


@pytest.fixture
def choose(make):
    """Puts choices into the database: of thread, meeting and theme, None for no choice."""

    def put(member, *levels, thread):
        ids = {"thread_id": thread.id, "meeting_id": thread.meeting_id, "theme_id": thread.theme_id}
        for (column, value), level in zip(ids.items(), levels, strict=False):
            if level:
                at = clock.now()
                row = {column: value, "member_id": member.id, "level": Level(level), "changed_at": at}
                make.add(Following(**row))

    return put


def addresses(cast):
    return {
        "thread": (f"/threads/{cast.thread.id}", f"/threads/{cast.thread.id}/followings"),
        "meeting": (f"/meetings/{cast.meeting.slug}", f"/meetings/{cast.meeting.slug}/followings"),
        "theme": (f"/themes/{cast.theme.slug}", f"/themes/{cast.theme.slug}/followings"),
    }


def kept(make):
    with make.session() as session:
        rows = session.scalars(select(Following)).all()
    return [(row.thread_id, row.meeting_id, row.theme_id, row.level) for row in rows]


@pytest.mark.any_database
@pytest.mark.parametrize(("levels", "level", "source"), NEAREST)
def test_the_nearest_choice_counts(app, cast, choose, levels, level, source):
    choose(cast.representative, *levels, thread=cast.thread)
    with app.app_context():
        found = following.effective(cast.representative.id, cast.thread)
        mine = following.told(cast.thread, cast.steering.id, [cast.representative.id], clock.today())
        unaddressed = following.told(cast.thread, cast.steering.id, [], clock.today())
    assert (found.level, found.source) == (level, source)
    told = {(each.id, each.source) for each in mine}
    assert told == (set() if level == "none" else {(cast.representative.id, source)})
    assert bool(unaddressed) == (level == "all")


def test_one_members_choice_is_nobody_elses(app, cast, choose):
    choose(cast.representative, "all", "all", "all", thread=cast.thread)
    with app.app_context():
        assert following.effective(cast.other_representative.id, cast.thread).source == ""
        told = following.told(cast.thread, cast.steering.id, [], clock.today())
    assert [each.id for each in told] == [cast.representative.id]


@pytest.mark.any_database
def test_a_choice_is_kept_changed_and_taken_away(client, cast, make):
    client.sign_in(cast.representative)
    for kind, (page, act) in addresses(cast).items():
        for level in ("all", "none", "mentions"):
            answer = client.post(act, {"level": level}, form_on=page)
            assert answer.path == page, kind
            (row,) = kept(make)
            assert row[3] == level
            assert pressed(client.get(page)) == [level]
        client.post(act, {"level": "default"}, form_on=page)
        assert kept(make) == []


def pressed(page):
    buttons = [button for button in page.root.all("button") if button.attrs.get("name") == "level"]
    return [button.attrs["value"] for button in buttons if button.attrs.get("aria-pressed") == "true"]


@pytest.mark.parametrize("level", ["", "everything", "ALL", "å" * 5000])
def test_a_level_that_is_none_is_refused(client, cast, make, level):
    client.sign_in(cast.representative)
    for _page, act in addresses(cast).values():
        assert client.post(act, {"level": level}).status == 422
    assert kept(make) == []


def test_the_thread_says_what_one_gets_and_why(client, cast):
    client.sign_in(cast.representative)
    page = f"/threads/{cast.thread.id}"
    assert "Det gäller när du inte har valt något annat." in client.get(page).text
    client.post(addresses(cast)["theme"][1], {"level": "all"})
    assert "Du får alla inlägg, för att du följer temat Digitala prov." in client.get(page).text
    client.post(addresses(cast)["meeting"][1], {"level": "none"})
    assert "Du får inga mail om tråden. Det har du valt för hela träffen." in client.get(page).text
    answer = client.post(addresses(cast)["thread"][1], {"level": "all"})
    assert answer.text.count("Du får alla inlägg, för att du följer tråden.") == 2  # as a message too


@pytest.mark.parametrize(("level", "source"), [*product(Level, ("thread", "meeting", "theme"))])
def test_every_reason_has_its_own_words(client, cast, choose, level, source):
    levels = [level if source == each else None for each in ("thread", "meeting", "theme")]
    choose(cast.representative, *levels, thread=cast.thread)
    client.sign_in(cast.representative)
    parts = client.get(f"/threads/{cast.thread.id}").root.all("section")
    words = next(part.text for part in parts if part.attrs.get("id") == "following")
    told = {"all": "alla inlägg", "mentions": "svarar, nämner eller citerar", "none": "inga mail"}
    assert told[level] in words
    assert {"thread": "tråden", "meeting": "träffen", "theme": "temat Digitala prov"}[source] in words


def test_the_page_of_choices(client, cast, make, choose):
    client.sign_in(cast.representative)
    assert "Du har inte valt något." in client.get("/following").text
    choose(cast.representative, "all", "none", "mentions", thread=cast.thread)
    page = client.get("/following")
    for _page, act in addresses(cast).values():
        assert page.form(act)["overview"] == "1"
    assert pressed(page) == ["all", "none", "mentions"]
    answer = client.post(addresses(cast)["meeting"][1], {"level": "default"}, form_on="/following")
    assert answer.path == "/following"
    assert pressed(answer) == ["all", "mentions"]
    assert "/following" in client.get("/settings/").links
    assert "/following" in client.get(f"/threads/{cast.thread.id}").links


@pytest.mark.any_database
def test_what_is_closed_to_the_reader_is_neither_followed_nor_listed(client, cast, make, choose):
    choose(cast.steering, "all", None, None, thread=cast.steering_thread)
    client.sign_in(cast.steering)
    assert cast.steering_thread.title in client.get("/following").text
    with make.session() as session:
        role = session.scalars(select(Role).where(Role.member_id == cast.steering.id)).one()
        role.ends_on = clock.today() - timedelta(days=1)
    assert cast.steering_thread.title not in client.get("/following").html
    act = f"/threads/{cast.steering_thread.id}/followings"
    assert client.post(act, {"level": "all"}).status == 404
    former = client.another().sign_in(cast.former)
    assert former.post(f"/threads/{cast.old_thread.id}/followings", {"level": "all"}).status == 403
    assert former.post(addresses(cast)["theme"][1], {"level": "all"}).status == 403
    assert former.post(addresses(cast)["meeting"][1], {"level": "all"}).status == 404
    assert "Ditt uppdrag är slut" in former.get(f"/threads/{cast.old_thread.id}").text
    guest = client.another().sign_in(cast.guest)
    assert guest.post(addresses(cast)["thread"][1], {"level": "all"}).status == 404
    assert guest.post(addresses(cast)["theme"][1], {"level": "all"}).status == 404
    assert client.another().post(addresses(cast)["thread"][1], {"level": "all"}).status == 401
    assert len(kept(make)) == 1


def test_a_guest_follows_what_is_shared(client, cast, make):
    shared = make.thread(cast.meeting, cast.theme, for_guests=True, audience=Audience.NETWORK)
    client.sign_in(cast.guest)
    page = f"/threads/{shared.id}"
    assert client.post(f"{page}/followings", {"level": "all"}, form_on=page).status == 200
    assert kept(make) == [(shared.id, None, None, "all")]
    assert shared.title in client.get("/following").text


def test_choosing_again_and_again_makes_one_row(client, cast, make):
    client.sign_in(cast.representative)
    for _ in range(3):
        client.post(addresses(cast)["theme"][1], {"level": "all"})
    assert len(kept(make)) == 1
