"""Moving and holding a meeting, and letting people into it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.words import Refusal
from kloss_intranet.meetings import services
from kloss_intranet.meetings.models import Admission, AdmissionKind, Meeting, MeetingState, Phase


def test_posts_change_side_when_the_meeting_is_moved(make, cast):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        written = meeting.starts_at - timedelta(hours=1)
        assert meeting.phase_at(written) is Phase.BEFORE
        services.move(meeting, written, meeting.ends_at)
        assert meeting.phase_at(written) is Phase.DURING
        services.move(meeting, written - timedelta(days=2), written)
        assert meeting.phase_at(written) is Phase.AFTER


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CLOSED])
def test_what_has_been_held_is_not_moved(make, cast, state):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        meeting.state = state
        with pytest.raises(Refusal):
            services.move(meeting, meeting.starts_at, meeting.ends_at + timedelta(hours=1))


def test_a_meeting_does_not_end_before_it_starts(make, cast):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        with pytest.raises(Refusal) as refused:
            services.move(meeting, meeting.starts_at, meeting.starts_at)
        assert refused.value.field == "ends_at"


def test_a_cancelled_meeting_is_not_held(make, cast):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        services.hold(meeting)
        assert meeting.state is MeetingState.HELD
        meeting.state = MeetingState.CANCELLED
        with pytest.raises(Refusal):
            services.hold(meeting)


@pytest.mark.any_database
def test_those_let_in_stay_as_long_after_a_meeting_wherever_it_is_moved(make, cast):
    """Thirty days for hosts, fourteen for guests and stand-ins; who was sent away does not come back."""
    today, other = clock.today(), make.member()
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        let_in = session.scalars(select(Admission).where(Admission.meeting_id == meeting.id)).all()
        for admission in let_in:
            admission.ends_on = services.stays_until(meeting, admission.kind)
        stays = services.stays_until(meeting, AdmissionKind.STAND_IN)
        stand_in = services.admit(meeting, cast.former, AdmissionKind.STAND_IN, stays)
        sent_away = services.admit(meeting, other, AdmissionKind.HOST, today - timedelta(days=1))
        session.flush()
        by_kind = {each.kind: each for each in [*let_in, stand_in]}
        for shift in (timedelta(days=40), timedelta(days=-50), timedelta(days=3)):
            services.move(meeting, meeting.starts_at + shift, meeting.ends_at + shift)
            last = services.last_day(meeting)
            assert {kind: each.ends_on - last for kind, each in by_kind.items()} == {
                AdmissionKind.HOST: timedelta(days=30),
                AdmissionKind.GUEST: timedelta(days=14),
                AdmissionKind.STAND_IN: timedelta(days=14),
            }
            assert sent_away.ends_on == today - timedelta(days=1)


@pytest.mark.any_database
def test_a_stay_that_ran_out_by_itself_begins_again_and_midnight_belongs_to_the_day_before(make, cast):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        meeting.ends_at = datetime(2026, 10, 7, 22, tzinfo=UTC)  # midnight in Stockholm
        meeting.starts_at = meeting.ends_at - timedelta(days=1)
        until = services.stays_until(meeting, AdmissionKind.STAND_IN)
        assert until == date(2026, 10, 21)
        late = services.admit(meeting, cast.former, AdmissionKind.STAND_IN, until)
        session.flush()
        end = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
        services.move(meeting, end - timedelta(hours=8), end)
        assert late.ends_on == date(2027, 3, 15)
        services.move(meeting, meeting.starts_at, end, time_zone="Europe/Helsinki")
        assert late.ends_on == date(2027, 3, 16)


def test_admitting_somebody_again_moves_the_day(make, cast):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        first = services.admit(meeting, cast.former, AdmissionKind.GUEST, date(2027, 1, 1))
        session.flush()
        again = services.admit(meeting, cast.former, AdmissionKind.GUEST, date(2027, 2, 1))
        assert again is first
        assert again.ends_on == date(2027, 2, 1)
