"""Moving and holding a meeting, and letting people into it."""

from datetime import date, timedelta

import pytest

from kloss_intranet.core.words import Refusal
from kloss_intranet.meetings import services
from kloss_intranet.meetings.models import AdmissionKind, Meeting, MeetingState, Phase


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


def test_admitting_somebody_again_moves_the_day(make, cast):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        first = services.admit(meeting, cast.former, AdmissionKind.GUEST, date(2027, 1, 1))
        session.flush()
        again = services.admit(meeting, cast.former, AdmissionKind.GUEST, date(2027, 2, 1))
        assert again is first
        assert again.ends_on == date(2027, 2, 1)
