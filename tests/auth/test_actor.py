"""Who one is, read anew in each request: mandates, roles and admissions as of today."""

from datetime import date, timedelta

import pytest

from kloss_intranet.auth import queries, services
from kloss_intranet.core import clock
from kloss_intranet.core.policy import Actor
from kloss_intranet.members.models import Member
from tests.cast import Cast
from tests.make import Make


def seen(make: Make, member: Member) -> Actor | None:
    with make.session():
        token = services.start_session(member.id, "")
    with make.session():
        return queries.actor(token)


@pytest.mark.any_database
def test_one_statement_tells_everything(make: Make, cast: Cast, statements) -> None:
    make.role(cast.representative, "steering")
    make.admission(cast.meeting, cast.representative, "host")
    make.admission(cast.old_meeting, cast.representative, "guest")
    with make.session():
        token = services.start_session(cast.representative.id, "")
    with make.session(), statements() as sent:
        actor = queries.actor(token)
    assert actor
    assert len([statement for statement in sent if statement.startswith("SELECT")]) == 1
    assert (actor.mandate_id, actor.institution_id) == (cast.mandate.id, cast.institution.id)
    assert (actor.title, actor.roles) == ("Förvaltningschef", {"steering"})
    assert (actor.hosted, actor.invited) == ({cast.meeting.id}, {cast.old_meeting.id})
    assert actor.reads_until is None


def test_a_mandate_holds_through_its_last_day(make: Make) -> None:
    member = make.member()
    mandate = make.mandate(member, ends_on=clock.today())
    actor = seen(make, member)
    assert actor
    assert actor.mandate_id == mandate.id


def test_a_former_member_reads_up_to_the_end_of_the_last_mandate(make: Make) -> None:
    member = make.member(title="rådgivare")
    make.mandate(member, ends_on=date(2021, 6, 30))
    make.mandate(member, starts_on=date(2022, 1, 1), ends_on=date(2024, 6, 30))
    actor = seen(make, member)
    assert actor
    assert not actor.in_network
    assert actor.reads_until == clock.day_ends(date(2024, 6, 30))
    assert actor.title == "rådgivare"


def test_what_has_ended_or_not_begun_gives_nothing(make: Make, cast: Cast) -> None:
    member, yesterday = make.member(), clock.today() - timedelta(days=1)
    make.mandate(member, starts_on=clock.today() + timedelta(days=1))
    make.role(member, "coordinator", ends_on=yesterday)
    make.admission(cast.meeting, member, "host", ends_on=yesterday)
    actor = seen(make, member)
    assert actor
    assert not actor.in_network
    assert actor.reads_until is None
    assert not actor.hosted


def test_a_closed_account_is_nobody(make: Make) -> None:
    assert seen(make, make.member(closed_at=clock.now())) is None
