"""Who may not come to a meeting is no participant of it: gets no seat, no letter, and is not looked up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.meetings.models import Admission
from kloss_intranet.members.models import Mandate
from tests.attendance.helpers import answers, part, sign_up


def let_go(make, mandate):
    with make.session() as session:
        session.get(Mandate, mandate.id).ends_on = clock.today() - timedelta(days=1)


@pytest.mark.any_database
def test_a_seat_passes_over_who_may_not_come_any_more(client, make, cast):
    dinner = part(make, cast.meeting, capacity=1)
    for who in (cast.representative, cast.other_representative, cast.steering):
        sign_up(client, who, cast.meeting, **{f"part_{dinner.id}": "yes"})
    let_go(make, cast.other_mandate)
    sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "no"})
    got = dict(answers(make, dinner))
    assert (got[cast.other_representative.id], got[cast.steering.id]) == ("waiting", "coming")
    with make.session() as session:
        assert session.scalars(select(Letter.member_id)).all() == [cast.steering.id]


@pytest.mark.any_database
def test_a_letter_that_has_waited_does_not_go_to_who_may_not_come_any_more(client, make, cast):
    dinner = part(make, cast.meeting)
    at = f"/meetings/{cast.meeting.slug}/participants"
    client.sign_in(cast.coordinator)
    for who in (cast.other_representative, cast.guest, cast.steering):
        page = client.post(f"{at}/{who.id}/sign-ups", {f"part_{dinner.id}": "yes"}, f"{at}/{who.id}")
        assert page.status == 200
    let_go(make, cast.other_mandate)
    with make.session() as session:
        session.scalars(select(Admission).where(Admission.member_id == cast.guest.id)).one().ends_on = (
            clock.today() - timedelta(days=1)
        )
        waiting = session.scalars(select(Letter.id)).all()
    with make.session() as session:
        assert len(drop_stopped(waiting)) == 2
        assert session.scalars(select(Letter.member_id)).all() == [cast.steering.id]


@pytest.mark.any_database
def test_those_who_arrange_a_meeting_do_not_go_through_everybodys_names(client, make, cast):
    dinner, elsewhere = part(make, cast.meeting), make.member("Okänd Gäst")
    make.admission(make.meeting("En annan träff"), elsewhere, "guest")
    at, yes = f"/meetings/{cast.meeting.slug}/participants", {f"part_{dinner.id}": "yes"}
    for who in (cast.host, cast.coordinator):
        client.sign_in(who)
        for stranger in (elsewhere, cast.former):
            assert client.get(f"{at}/{stranger.id}").status == 404
            assert client.post(f"{at}/{stranger.id}/sign-ups", yes).status == 404
        for known in (cast.guest, cast.steering, cast.representative):
            assert client.get(f"{at}/{known.id}").status == 200
    assert answers(make, dinner) == []
    # Who answered before the mandate ended can still be taken off the list.
    sign_up(client, cast.other_representative, cast.meeting, **yes)
    let_go(make, cast.other_mandate)
    assert client.sign_in(cast.host).get(f"{at}/{cast.other_representative.id}").status == 200
