"""What others have placed is served to nobody who has neither placed a dot nor chosen to look."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.breadth.models import Look
from kloss_intranet.members.models import Mandate
from tests.architecture.catalogue import PACKAGE
from tests.breadth.strips import axis, dot, long_ago, others, page_of, place

SECRET, WHO = "Ymnighetshornet", "Zetterstrands högskola"


def hidden(make, cast):
    """A strip with dots of which nothing may be told."""
    axis(make, cast)
    seat = make.institution(WHO, slug="zetterstrand", short_name="ZettH", mail_domain="x.example")
    dot(make, cast, make.member("Zeta Ögren"), 12, SECRET, seat)
    others(make, cast, 44, 55, 66)


def pages(cast):
    here, question = page_of(cast), f"/questions/{cast.question.id}"
    return [here, f"{here}?by=kind", question, f"{here}?by=kind&looked=1", "/", "/questions/"]


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["representative", "steering", "convenor", "coordinator"])
def test_nothing_is_served_before_the_member_has_placed_or_looked(client, make, cast, who):
    hidden(make, cast)
    client.sign_in(getattr(cast, who))
    for path in [*pages(cast), f"{page_of(cast)}/edit", f"{page_of(cast)}/ending"]:
        page = client.raw.get(path, follow_redirects=True)
        for told in (SECRET, "Zeta Ögren", "ZettH", WHO, "<svg role", "Därför"):
            assert told not in page.get_data(as_text=True), path
    page = place(client, cast, "", "")
    assert (page.status, SECRET in page.html) == (422, False)


@pytest.mark.any_database
def test_whoever_has_placed_sees_and_goes_on_seeing(client, make, cast):
    hidden(make, cast)
    client.sign_in(cast.representative)
    assert SECRET in place(client, cast, 90).text
    assert "<svg role" in client.get(f"/questions/{cast.question.id}").html
    assert SECRET in client.post(f"{page_of(cast)}/withdrawals", form_on=page_of(cast)).text


@pytest.mark.any_database
def test_whoever_chose_to_look_sees_and_may_place_afterwards(client, make, cast):
    hidden(make, cast)
    here = page_of(cast)
    client.sign_in(cast.steering)
    page = client.post(f"{here}/looks", form_on=here)
    assert (SECRET in page.text, WHO in page.text) == (True, True)
    assert client.post(f"{here}/looks", {"csrf_token": client.token()}).status == 200
    with make.session() as session:
        assert [one.member_id for one in session.scalars(select(Look))] == [cast.steering.id]
        assert session.scalars(select(AuditEntry).where(AuditEntry.act.startswith("look"))).all() == []
    assert SECRET in place(client, cast, 90).text
    assert SECRET not in client.sign_in(cast.representative).get(here).html


def test_looking_works_on_a_strip_that_is_closed(client, make, cast):
    hidden(make, cast)
    here = page_of(cast)
    steering = client.another().sign_in(cast.steering)
    steering.post(f"{here}/endings", form_on=f"{here}/ending")
    client.sign_in(cast.representative)
    assert SECRET not in client.get(here).html
    assert SECRET in client.post(f"{here}/looks", form_on=here).text


@pytest.mark.parametrize("number", [0, 1, 5])
def test_the_page_before_looking_is_the_same_however_many_stand_there(client, make, cast, number):
    axis(make, cast)
    client.sign_in(cast.representative)
    assert client.get(page_of(cast)).status == 200
    before = client.get(page_of(cast)).text
    others(make, cast, *range(10, 10 + number))
    assert client.get(page_of(cast)).text == before


def test_former_members_see_what_they_saw_and_nothing_later(client, make, cast):
    at = long_ago()
    axis(make, cast, set_at=at)
    dot(make, cast, make.member(), 20, "Då.", make.institution(), placed_at=at + timedelta(days=1))
    dot(make, cast, make.member(), 30, SECRET, make.institution())
    client.sign_in(cast.former)
    here = page_of(cast)
    assert ("Då." in client.get(here).text, "medan uppdraget varade" in client.get(here).text) == (
        False,
        True,
    )
    assert client.post(f"{here}/looks", {"csrf_token": client.token()}).status == 403
    make.add(Look(question_id=cast.question.id, member_id=cast.former.id, looked_at=at))
    for path in (here, f"/questions/{cast.question.id}"):
        page = client.get(path)
        assert ("Då." in page.html, SECRET in page.html) == (True, False)
        with pytest.raises(KeyError):
            page.form(f"{here}/dots")


def test_a_former_member_sees_a_dot_where_it_stood_then(client, make, cast):
    at, seat, member = long_ago(), make.institution(), make.member()
    axis(make, cast, set_at=at)
    dot(make, cast, member, 20, "Då.", seat, placed_at=at)
    dot(make, cast, member, 90, SECRET, seat)
    make.add(Look(question_id=cast.question.id, member_id=cast.former.id, looked_at=at))
    page = client.sign_in(cast.former).get(page_of(cast))
    assert ("Då." in page.text, "Tidigare" in page.text, SECRET in page.html) == (True, False, False)


def test_an_axis_set_after_the_term_is_not_there_for_a_former_member(client, make, cast):
    hidden(make, cast)
    client.sign_in(cast.former)
    assert client.get(page_of(cast)).status == 404
    assert 'id="breadth"' not in client.get(f"/questions/{cast.question.id}").html


@pytest.mark.parametrize("who", ["guest", "host"])
def test_guests_know_of_no_strip(client, make, cast, who):
    hidden(make, cast)
    assert client.sign_in(getattr(cast, who)).get(page_of(cast)).status == 404


def test_a_seat_given_up_takes_the_sight_along_to_what_was_placed_then(client, make, cast):
    hidden(make, cast)
    place(client.sign_in(cast.representative), cast, 90)
    with make.session() as session:
        session.get(Mandate, cast.mandate.id).ends_on = date(2024, 1, 1)
    assert client.get(page_of(cast)).status == 404


def test_only_one_door_leads_to_what_others_placed():
    """Whoever draws, writes out or exports dots asks `queries.seen`, which knows who may see."""
    reads = [
        path for path in PACKAGE.rglob("*.py") if re.search(r"select\(.*\bDot\b", path.read_text("utf-8"))
    ]
    assert [path.relative_to(PACKAGE).as_posix() for path in reads] == ["breadth/queries.py"]
