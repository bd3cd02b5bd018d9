"""Before, during or after a meeting: told by the instant alone, whatever the zone and the time of year."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.meetings.models import Meeting, Phase

MINUTE = timedelta(minutes=1)


def held(first, last, zone="Europe/Stockholm"):
    return Meeting(starts_at=clock.local(*first, zone), ends_at=clock.local(*last, zone), time_zone=zone)


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Europe/Helsinki"])
def test_the_start_is_in_the_meeting_and_the_end_is_not(zone):
    meeting = held((date(2027, 4, 13), time(13)), (date(2027, 4, 14), time(16)), zone)
    assert meeting.phase_at(meeting.starts_at - MINUTE) is Phase.BEFORE
    assert meeting.phase_at(meeting.starts_at) is Phase.DURING
    assert meeting.phase_at(meeting.ends_at - MINUTE) is Phase.DURING
    assert meeting.phase_at(meeting.ends_at) is Phase.AFTER
    assert meeting.phase_at(meeting.ends_at + MINUTE) is Phase.AFTER


def test_a_meeting_over_the_night_when_summer_time_begins():
    meeting = held((date(2027, 3, 27), time(13)), (date(2027, 3, 28), time(12)))
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=22)
    assert meeting.phase_at(datetime(2027, 3, 28, 9, 59, tzinfo=UTC)) is Phase.DURING
    assert meeting.phase_at(datetime(2027, 3, 28, 10, 0, tzinfo=UTC)) is Phase.AFTER


def test_the_hour_that_is_skipped_is_no_time_for_a_meeting():
    with pytest.raises(ValueError, match="does not exist"):
        clock.local(date(2027, 3, 28), time(2, 30), "Europe/Stockholm")


def test_the_same_clock_comes_an_hour_earlier_in_helsinki():
    day, at = date(2027, 4, 13), time(13)
    meeting = held((day, at), (date(2027, 4, 14), time(16)), "Europe/Helsinki")
    assert meeting.phase_at(clock.local(day, time(12), "Europe/Stockholm")) is Phase.DURING
    assert meeting.phase_at(clock.local(day, time(11, 59), "Europe/Stockholm")) is Phase.BEFORE


def test_the_first_day_is_the_one_in_the_meetings_own_zone():
    starts = datetime(2023, 10, 25, 21, tzinfo=UTC)
    assert Meeting(starts_at=starts, time_zone="Europe/Helsinki").starts_on == date(2023, 10, 26)
    assert Meeting(starts_at=starts, time_zone="Europe/Stockholm").starts_on == date(2023, 10, 25)
