"""What participants need: who sees it, that it is logged, and that nothing of it is left afterwards."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from kloss_intranet.attendance.cli import erase_needs
from kloss_intranet.attendance.models import Needs
from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.meetings.models import Meeting
from tests.attendance.helpers import part, sign_up

DIET, ACCESS = "Glutenfritt och inga jordnötter", "Hörselslinga och rampen vid baksidan"


def ended(make, meeting, **ago):
    with make.session() as session:
        row = session.get(Meeting, meeting.id)
        row.ends_at = clock.now() - timedelta(**ago)
        row.starts_at = row.ends_at - timedelta(days=1)


def acts(make):
    with make.session() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(row.act, row.subject, row.member_id, row.details) for row in rows]


@pytest.fixture
def dinner(make, cast):
    return part(make, cast.meeting)


@pytest.fixture
def asked(client, make, cast, dinner):
    """The representative comes, and has said what she needs."""
    sign_up(
        client,
        cast.representative,
        cast.meeting,
        **{f"part_{dinner.id}": "yes", "diet": DIET, "access": ACCESS},
    )


@pytest.mark.any_database
def test_only_those_who_arrange_the_meeting_see_them_and_each_showing_is_logged(client, make, cast, asked):
    at = f"/meetings/{cast.meeting.slug}/participants"
    for who in (cast.host, cast.coordinator, cast.representative):  # who represents the hosting institution
        client.sign_in(who)
        assert DIET not in client.get(at).html
        before = acts(make)
        page = client.post(f"{at}/needs", form_on=at)
        assert page.status == 200
        assert page.text.count(DIET) == 2  # with the name, and without for the one who cooks
        assert ACCESS in page.text
        new = acts(make)[len(before) :]
        assert new == [("needs.show", cast.meeting.slug, who.id, {})]
    before = acts(make)
    for who, status in ((cast.steering, 403), (cast.guest, 403), (cast.former, 404)):
        client.sign_in(who)
        page = client.post(f"{at}/needs", follow=False)
        assert page.status == status
        assert DIET not in page.html
        assert DIET not in client.get(f"/meetings/{cast.meeting.slug}").html
    assert acts(make) == before
    assert not any(DIET in str(entry) for entry in before)


@pytest.mark.any_database
def test_a_member_sees_and_changes_their_own(client, make, cast, asked, dinner):
    at = f"/meetings/{cast.meeting.slug}"
    assert client.get(at).form(f"{at}/sign-ups")["diet"] == DIET
    sign_up(client, cast.representative, cast.meeting, diet="", access=ACCESS)
    with make.session() as session:
        row = session.scalars(select(Needs)).one()
        assert (row.diet, row.access) == (None, ACCESS)
    long = sign_up(client, cast.representative, cast.meeting, diet="å" * 501)
    assert long.status == 422
    # Nothing is kept of one who does not come.
    sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "no"})
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(Needs)) == 0


def test_there_is_nothing_to_show_and_nothing_to_log_without_needs(client, make, cast, dinner):
    at = f"/meetings/{cast.meeting.slug}/participants"
    client.sign_in(cast.coordinator)
    before = acts(make)
    assert client.post(f"{at}/needs").status == 422
    assert acts(make) == before


def test_they_are_not_shown_from_the_thirtieth_day_even_if_nothing_was_erased(client, make, cast, asked):
    at = f"/meetings/{cast.meeting.slug}/participants"
    client.sign_in(cast.coordinator)
    ended(make, cast.meeting, days=29, hours=23)
    assert DIET in client.post(f"{at}/needs", form_on=at).text
    ended(make, cast.meeting, days=30)
    assert client.post(f"{at}/needs").status == 422
    assert "Visa behov" not in client.get(at).text
    client.sign_in(cast.representative)
    page = client.get(f"/meetings/{cast.meeting.slug}/sign-ups")
    assert DIET not in page.html


@pytest.mark.any_database
def test_they_are_erased_after_thirty_days_and_not_before(app, make, cast, asked):
    runner = app.test_cli_runner()
    ended(make, cast.meeting, days=29, hours=23)
    assert runner.invoke(erase_needs).output == "needs: 0 erased\n"
    ended(make, cast.meeting, days=30)
    assert runner.invoke(erase_needs).output == "needs: 1 erased\n"
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(Needs)) == 0
    assert acts(make)[-1] == ("needs.erase", cast.meeting.slug, None, {"number": 1})
    assert runner.invoke(erase_needs).output == "needs: 0 erased\n"


def test_no_byte_of_them_is_left_in_the_files(app, make, cast, asked, tmp_path):
    """Many are written and written over beside another meeting's, so that pages split and move about."""
    chance, later = random.Random(4), make.meeting("En senare träff")
    people = [make.member() for _ in range(60)]
    with make.session() as session:
        for _turn in range(900):
            meeting, member = chance.choice((cast.meeting, later)), chance.choice(people)
            diet = ("Vegetariskt" if meeting is later else DIET) + "y" * chance.randint(0, 900)
            row = {"meeting_id": meeting.id, "member_id": member.id, "diet": diet, "written_at": clock.now()}
            said = insert(Needs).values(row)
            session.execute(said.on_conflict_do_update(set_={"diet": diet}))
    with make.session() as session:
        # Taken back by the members themselves: no row is left to be erased for these.
        session.execute(
            delete(Needs).where(Needs.meeting_id == cast.meeting.id, Needs.diet.like(f"{DIET}y%"))
        )
    assert DIET.encode() in b"".join(file.read_bytes() for file in tmp_path.glob("kloss.sqlite*"))
    ended(make, cast.meeting, days=31)
    assert app.test_cli_runner().invoke(erase_needs).output == "needs: 1 erased\n"
    for file in tmp_path.rglob("*"):
        if file.is_file():
            for words in (DIET, ACCESS, DIET[:12], ACCESS[:12]):
                assert words.encode() not in file.read_bytes(), file
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(Needs)) > 50
