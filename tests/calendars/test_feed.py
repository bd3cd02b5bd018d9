"""The secret address: made once, shown once, ended for good, and it tells what its holder may read today."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.calendars.models import Feed
from kloss_intranet.calendars.queries import hash_of
from kloss_intranet.calendars.services import feeds
from kloss_intranet.core import clock
from kloss_intranet.core.db import writing
from kloss_intranet.meetings.models import MeetingState
from kloss_intranet.members.models import Mandate
from tests.calendars.reading import parsed, values

PAGE, MAKE, END = "/settings/calendar", "/settings/calendar/addresses", "/settings/calendar/endings"


@pytest.fixture
def address(make):
    """The path of a new address of the member's."""

    def made(member):
        with make.session():
            return f"/calendar/{feeds.make(member.id)}.ics"

    return made


def fetch(client, path, **headers):
    return client.another().raw.get(path, headers=headers, buffered=True)


def shown(page):
    """The address in the page's field, if it is there, without its host."""
    found = [entry.attrs["value"] for entry in page.root.all("input") if entry.attrs.get("id") == "address"]
    return found[0].removeprefix("http://127.0.0.1:8000") if found else None


def titles(answer):
    return sorted(values(answer.get_data(as_text=True), "SUMMARY"))


@pytest.mark.any_database
def test_it_is_shown_once_and_kept_as_a_hash(make, cast, client):
    client.sign_in(cast.representative)
    assert "Du har ingen adress än." in client.get(PAGE).text
    path = shown(client.post(MAKE, form_on=PAGE))
    again = client.get(PAGE)
    assert shown(again) is None
    assert "Den visas inte igen." in again.text
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    with make.session() as session:
        (feed,) = session.scalars(select(Feed))
        said = [f"{row.subject} {row.details}" for row in session.scalars(select(AuditEntry))]
    assert (feed.token_hash, feed.member_id) == (hash_of(token), cast.representative.id)
    assert not any(token in row for row in said)
    answer = fetch(client, path)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert titles(answer) == ["Träff i Björkö", "Träff i Åsnes"]


@pytest.mark.any_database
def test_a_new_address_ends_the_old_and_an_ended_one_is_gone(cast, client, make):
    client.sign_in(cast.representative)
    first = shown(client.post(MAKE, form_on=PAGE))
    second = shown(client.post(MAKE, form_on=PAGE))
    assert [fetch(client, path).status_code for path in (first, second)] == [404, 200]
    ended = client.post(END, form_on=PAGE)
    assert "Adressen är borttagen." in ended.html
    assert fetch(client, second).status_code == 404
    with make.session() as session:
        made = select(AuditEntry.act).where(AuditEntry.act.startswith("calendar."))
        acts = session.scalars(made.order_by(AuditEntry.id)).all()
    assert acts == ["calendar.make", "calendar.make", "calendar.end"]


@pytest.mark.any_database
def test_of_two_made_at_once_one_works(app, cast, client, make):
    made = []

    def press():
        with app.app_context():
            writing.set(True)
            token = feeds.make(cast.representative.id)
            feeds.db.session.commit()
            made.append(token)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert sorted(fetch(client, f"/calendar/{token}.ics").status_code for token in made) == [
        200,
        404,
        404,
        404,
    ]


def test_one_cannot_end_the_address_of_another(cast, client, address):
    path = address(cast.representative)
    client.sign_in(cast.steering)
    client.post(END)
    assert fetch(client, path).status_code == 200


@pytest.mark.parametrize("token", ["x", "0" * 64, "å", "a" * 3000, "%00"])
def test_an_address_that_nobody_has_is_not_found(client, cast, token):
    assert fetch(client, f"/calendar/{token}.ics").status_code == 404


def test_the_hash_is_no_address(make, client, cast, address):
    address(cast.representative)
    with make.session() as session:
        (feed,) = session.scalars(select(Feed))
    assert fetch(client, f"/calendar/{feed.token_hash}.ics").status_code == 404


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("representative", ["Träff i Björkö", "Träff i Åsnes"]),
        ("guest", ["Träff i Björkö"]),
        ("host", ["Träff i Björkö"]),
        ("former", None),
    ],
)
def test_it_tells_what_the_holder_may_read_today(cast, client, address, who, seen):
    answer = fetch(client, address(getattr(cast, who)))
    assert (titles(answer) if answer.status_code == 200 else None) == seen


@pytest.mark.any_database
def test_it_ends_with_the_mandate_and_with_the_account(make, cast, client, address):
    path = address(cast.representative)
    with make.session() as session:
        session.get(Mandate, cast.mandate.id).ends_on = clock.today()
    assert fetch(client, path).status_code == 200
    with make.session() as session:
        session.get(Mandate, cast.mandate.id).ends_on = clock.today() - timedelta(days=1)
    assert fetch(client, path).status_code == 404
    other = address(cast.steering)
    with make.session() as session:
        session.merge(cast.steering).closed_at = clock.now()
    assert fetch(client, other).status_code == 404


def test_whoever_fetches_it_the_answer_is_the_holders(cast, client, address):
    path = address(cast.other_representative)  # who reads English
    strangers, own = fetch(client, path), client.sign_in(cast.guest).raw.get(path)
    assert strangers.get_data() == own.get_data()
    assert "Host: Björkö universitet (en)" in own.get_data(as_text=True).replace("\r\n ", "")
    assert "Set-Cookie" not in strangers.headers


def test_it_tells_of_neither_threads_nor_people(cast, client, address):
    text = fetch(client, address(cast.coordinator)).get_data(as_text=True).replace("\r\n ", "")
    for unsaid in (cast.thread.title, cast.steering_thread.title, cast.post.body, "@example.org", "ATTENDEE"):
        assert unsaid not in text.replace("mailto:klossnet@example.org", ""), unsaid


@pytest.mark.any_database
def test_it_is_fetched_again_only_when_something_has_changed(make, cast, client, address):
    path = address(cast.representative)
    first = fetch(client, path)
    known = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert fetch(client, path).get_data() == first.get_data()
    same = fetch(client, path, **known)
    assert (same.status_code, same.get_data()) == (304, b"")
    with make.session() as session:
        session.merge(cast.meeting).state = MeetingState.CANCELLED
    changed = fetch(client, path, **known)
    assert changed.status_code == 200
    assert changed.last_modified >= first.last_modified
    assert titles(changed) == ["Inställd: Träff i Björkö", "Träff i Åsnes"]
    # What may be read changes with the day too, so an older date alone never gives an empty answer.
    assert fetch(client, path, **{"If-Modified-Since": changed.headers["Last-Modified"]}).status_code == 200


def test_it_takes_the_same_few_statements_however_many_meetings(make, cast, client, address, statements):
    path = address(cast.representative)
    fetch(client, path)  # the first of the day leaves an entry
    counts = []
    for _ in range(2):
        with statements() as sent:
            assert fetch(client, path).status_code == 200
        counts.append(len([each for each in sent if each.startswith("SELECT")]))
        for _ in range(5):
            meeting = make.meeting(hosts=(cast.institution,))
            make.agenda_item(meeting)
    assert counts[0] == counts[1] <= 6


def test_the_calendar_is_one_to_follow(cast, client, address):
    text = fetch(client, address(cast.representative)).get_data(as_text=True)
    assert parsed(text).x_wr_calname.value == "KLOSSnet"
    assert values(text, "REFRESH-INTERVAL") == ["PT6H"]
    assert len(set(values(text, "UID"))) == 2


def test_settings_lead_to_the_page(cast, client):
    client.sign_in(cast.guest)
    assert PAGE in client.get("/settings/").links
    assert client.get(PAGE).status == 200
