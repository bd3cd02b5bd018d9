"""Somebody comes in a member's place: let into one meeting, and nothing else, until it ends."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.attendance.models import Needs, StandIn
from kloss_intranet.attendance.services.standing_in import MOST
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Admission, Meeting
from kloss_intranet.members.models import Member
from kloss_intranet.threads.models import Audience, Post, Reference, ReferenceKind
from tests.attendance.helpers import answers, part, sign_up

NEW = {"stand_in": "y", "stand_in_name": "Ivar Holm", "stand_in_email": "Ivar@Example.org "}


@pytest.fixture
def dinner(make, cast):
    return part(make, cast.meeting)


def holder(make, email):
    with make.session() as session:
        return session.scalars(select(Member).where(Member.email == email)).one()


def letters(make, **of):
    with make.session() as session:
        return session.scalars(select(Letter).filter_by(**of).order_by(Letter.id)).all()


@pytest.fixture
def ivar(client, make, cast, dinner):
    """Comes in the place of the representative, whose dinner he takes over."""
    sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "yes", "diet": "Nötter"} | NEW)
    return holder(make, "ivar@example.org")


@pytest.mark.any_database
def test_a_new_person_is_invited_and_takes_the_seats(client, make, cast, dinner):
    sent = {f"part_{dinner.id}": "yes", "diet": "Nötter"} | NEW
    page = sign_up(client, cast.representative, cast.meeting, **sent)
    assert "Ivar Holm kommer i ditt ställe" in page.text
    ivar = holder(make, "ivar@example.org")
    assert answers(make, dinner) == [(ivar.id, "coming")]
    with make.session() as session:
        assert session.scalars(select(Needs)).all() == []
        row = session.scalars(select(Admission).where(Admission.member_id == ivar.id)).one()
        assert (row.kind, row.ends_on) == (
            "stand_in",
            (cast.meeting.ends_at + timedelta(days=14)).astimezone().date(),
        )
    told = letters(make, member_id=ivar.id)
    assert [letter.path for letter in told] == [None, f"/meetings/{cast.meeting.slug}"]
    link = re.search(r"/auth/invitations/\S+", told[0].plain)
    assert "Du ersätter Agnes Björk" in told[1].subject
    [copy] = letters(make, member_id=cast.representative.id)
    assert copy.subject.startswith("Ivar Holm kommer i ditt ställe")
    door = client.another()
    welcome = {"name": "Ivar Holm", "language": "sv", "password": "sju bruna bävrar"}
    entered = door.post(link[0], welcome, form_on=link[0])
    assert entered.status == 200
    page = door.get(f"/meetings/{cast.meeting.slug}")
    assert "Du kommer i stället för Agnes Björk." in page.text
    assert "Du kommer." in page.text


@pytest.mark.any_database
def test_a_person_with_an_account_is_told_by_one_letter(client, make, cast, dinner):
    known = make.member("Jonas Ås", email="jonas@example.org")
    page = sign_up(
        client,
        cast.steering,
        cast.meeting,
        stand_in="y",
        stand_in_name="Jonas",
        stand_in_email="jonas@example.org",
    )
    assert page.status == 200
    assert [letter.path for letter in letters(make, member_id=known.id)] == [f"/meetings/{cast.meeting.slug}"]
    assert answers(make, dinner) == []
    again = sign_up(
        client,
        cast.convenor,
        cast.meeting,
        stand_in="y",
        stand_in_email="jonas@example.org",
        stand_in_name="J",
    )
    assert again.status == 422
    assert "Jonas Ås är redan anmäld till träffen." in again.text


@pytest.mark.any_database
def test_a_place_in_the_queue_goes_along_and_back(client, make, cast):
    few = part(make, cast.meeting, "Rundvandring", 2, capacity=1)
    for who in (cast.steering, cast.representative, cast.convenor):
        sign_up(client, who, cast.meeting, **{f"part_{few.id}": "yes"})
    sign_up(client, cast.representative, cast.meeting, **NEW)
    ivar = holder(make, "ivar@example.org")
    assert [who for who, _answer in answers(make, few)] == [cast.steering.id, ivar.id, cast.convenor.id]
    sign_up(client, cast.steering, cast.meeting, **{f"part_{few.id}": "no"})
    assert (ivar.id, "coming") in answers(make, few)
    assert letters(make, member_id=ivar.id)[-1].key.startswith("seat:")
    own = {f"part_{few.id}": "no", "diet": "Inga ägg"}
    page = sign_up(client, ivar, cast.meeting, **own)
    assert page.status == 200
    assert (cast.convenor.id, "coming") in answers(make, few)


@pytest.mark.any_database
def test_who_cannot_stand_in_is_refused_and_what_was_typed_is_kept(client, make, cast, dinner):
    make.member("Stängd", email="closed@example.org", closed_at=clock.now())
    refused = {
        "agnes@example.org": "har själv ett uppdrag",
        "cecilia@example.org": "har själv ett uppdrag",
        "elin@example.org": "har själv ett uppdrag",
        "closed@example.org": "avslutat",
        "ingen adress": "namn@lärosäte.se",
    }
    for email, words in refused.items():
        page = sign_up(
            client, cast.representative, cast.meeting, **NEW | {"stand_in_email": email, "diet": "Ost"}
        )
        assert page.status == 422
        assert words in page.text
        assert 'value="Ivar Holm"' in page.html
        assert 'value="Ost"' in page.html
    nameless = sign_up(client, cast.representative, cast.meeting, **NEW | {"stand_in_name": ""})
    assert "Skriv vem som kommer, både namn och adress." in nameless.text
    with make.session() as session:
        assert session.scalars(select(StandIn)).all() == []
    # A stand-in and a host without a seat have nobody to send in their place.
    for who in (cast.host,):
        page = client.sign_in(who).get(f"/meetings/{cast.meeting.slug}")
        assert "stand_in" not in page.form(f"/meetings/{cast.meeting.slug}/sign-ups")


@pytest.mark.any_database
def test_the_stand_in_writes_in_the_meetings_threads_and_signs_for_whom(client, make, cast, ivar):
    client.sign_in(ivar)
    at = f"/threads/{cast.thread.id}"
    assert at in client.get(f"/meetings/{cast.meeting.slug}").links
    sent = {"aspect": "method", "factor": "neither", "body": "Hos oss fick alla pröva."}
    page = client.post(f"{at}/posts", sent, form_on=at)
    assert page.status == 200
    with make.session() as session:
        post = session.scalars(select(Post).order_by(Post.id.desc())).first()
        signed = (post.signed_name, post.signed_title, post.institution_id, post.as_guest)
    assert signed == ("Ivar Holm", "ersätter Agnes Björk", cast.institution.id, False)
    assert "ersätter Agnes Björk" in client.get(at).text
    answer = client.sign_in(cast.steering)
    to = f"{at}?reply_to={post.id}"
    answer.post(f"{at}/posts", {"body": "Här också."}, form_on=to)
    assert letters(make, member_id=ivar.id)[-1].path.startswith("/posts/")
    client.sign_in(ivar)
    assert client.get("/").status == 200


@pytest.mark.any_database
def test_the_stand_in_sees_nothing_else(client, make, cast, ivar):
    other = make.meeting("Träff i Kvarnby", slug="kvarnby")
    far = make.thread(other, cast.theme, title="Kvarnbytråden")
    quoting = make.post(far, cast.steering, "Kvarnbyord")
    hidden = make.thread(cast.meeting, cast.theme, title="Mörkertråden", audience=Audience.STEERING)
    secret = make.post(hidden, cast.steering, "Mörkerord")
    with make.session() as session:
        for post in (quoting, secret):
            session.add(
                Reference(post_id=post.id, kind=ReferenceKind.POST, target_id=cast.post.id, is_quote=True)
            )
            session.add(
                Reference(
                    post_id=post.id, kind=ReferenceKind.MEETING, target_id=cast.meeting.id, is_quote=False
                )
            )
    client.sign_in(cast.steering)
    assert f"/posts/{quoting.id}" in client.get(f"/threads/{cast.thread.id}").html
    client.sign_in(ivar)
    closed = [
        f"/threads/{far.id}", f"/threads/{hidden.id}", f"/posts/{quoting.id}", f"/posts/{secret.id}",
        "/meetings/kvarnby", f"/meetings/{cast.old_meeting.slug}", f"/threads/{cast.old_thread.id}",
        f"/questions/{cast.question.id}", f"/themes/{cast.theme.slug}", "/members/",
        f"/members/{cast.representative.id}", f"/members/institutions/{cast.institution.slug}", "/new",
        f"/meetings/{cast.meeting.slug}/participants", f"/meetings/{cast.meeting.slug}/counts",
        f"/meetings/{cast.meeting.slug}/attendance", f"/meetings/{cast.meeting.slug}/threads/new",
    ]  # fmt: skip
    assert {path: client.get(path).status for path in closed if client.get(path).status < 400} == {}
    for path in ("/", "/meetings/", f"/meetings/{cast.meeting.slug}", f"/threads/{cast.thread.id}"):
        page = client.get(path)
        assert page.status == 200, path
        for words in ("Kvarnby", "Mörker", f"/posts/{quoting.id}", f"/posts/{secret.id}"):
            assert words not in page.html, (path, words)
    denied = client.post(f"/threads/{far.id}/posts", {"body": "x", "aspect": "method"}, follow=False)
    assert denied.status == 404
    assert client.post(f"/meetings/{cast.meeting.slug}/participants/needs", follow=False).status == 403


@pytest.mark.any_database
def test_the_way_in_ends_by_itself(client, make, cast, ivar):
    client.sign_in(ivar)
    pages = (f"/meetings/{cast.meeting.slug}", f"/threads/{cast.thread.id}")
    with make.session() as session:
        row = session.scalars(select(Admission).where(Admission.member_id == ivar.id)).one()
        row.ends_on = clock.today()
    assert [client.get(path).status for path in pages] == [200, 200]
    with make.session() as session:
        row = session.scalars(select(Admission).where(Admission.member_id == ivar.id)).one()
        row.ends_on = clock.today() - timedelta(days=1)
    assert [client.get(path).status for path in pages] == [404, 404]
    assert "Träff i Björkö" not in client.get("/meetings/").text


@pytest.mark.any_database
def test_it_can_be_taken_back(client, make, cast, ivar, dinner):
    with make.session() as session:
        number = session.scalars(select(StandIn)).one().id
    end = f"/stand-ins/{number}/withdrawals"
    for who in (cast.steering, cast.host, ivar):
        assert client.sign_in(who).post(end, follow=False).status == 404
    client.sign_in(cast.representative)
    page = client.post(end, form_on=f"/meetings/{cast.meeting.slug}")
    assert "Svaren och platserna har gått tillbaka till Agnes Björk." in page.text
    assert answers(make, dinner) == [(cast.representative.id, "coming")]
    last = letters(make, member_id=ivar.id)
    assert (last[-1].path, last[1].seen_at is not None) == (None, True)
    client.sign_in(ivar)
    assert client.get(f"/meetings/{cast.meeting.slug}").status == 404
    assert client.get(f"/threads/{cast.thread.id}").status == 404
    # Another time it may be somebody else, and the coordinator may end it.
    page = sign_up(client, cast.representative, cast.meeting, **NEW | {"stand_in_email": "ny@example.org"})
    assert page.status == 200
    client.sign_in(cast.coordinator)
    one = holder(make, "ny@example.org")
    page = client.post(end, form_on=f"/meetings/{cast.meeting.slug}/participants/{one.id}")
    assert page.status == 200
    assert letters(make, member_id=cast.representative.id)[-1].path == f"/meetings/{cast.meeting.slug}"


def test_nobody_is_named_once_the_meeting_is_over_or_twice(client, make, cast, ivar):
    at = f"/meetings/{cast.meeting.slug}"
    client.sign_in(cast.representative)
    twice = client.post(f"{at}/sign-ups", NEW | {"stand_in_email": "z@example.org"})
    assert twice.status == 409
    with make.session() as session:
        row = session.get(Meeting, cast.meeting.id)
        row.starts_at, row.ends_at = clock.now() - timedelta(days=2), clock.now() - timedelta(hours=1)
    client.sign_in(cast.steering)
    assert client.post(f"{at}/sign-ups", NEW | {"stand_in_email": "z@example.org"}).status == 422


def test_nobody_names_one_after_the_other_without_end(client, make, cast, dinner):
    for number in range(MOST):
        mail = {"stand_in_email": f"ivar{number}@example.org"}
        page = sign_up(client, cast.representative, cast.meeting, **NEW | mail)
        assert page.status == 200
        with make.session() as session:
            row = session.scalars(select(StandIn)).one()
        client.post(f"/stand-ins/{row.id}/withdrawals", form_on=f"/meetings/{cast.meeting.slug}")
    page = sign_up(client, cast.representative, cast.meeting, **NEW)
    assert page.status == 422
    assert f"redan bett {MOST} personer" in page.text
    with make.session() as session:
        assert session.scalar(select(Member).where(Member.email == "ivar@example.org")) is None
