"""A meeting stands at its time in every calendar: when clocks are moved, at midnight, abroad, at new year."""

import io
import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from kloss_intranet.calendars import notifications
from kloss_intranet.calendars.services import zones
from kloss_intranet.calendars.services.writing import Method, write
from kloss_intranet.core import clock
from kloss_intranet.meetings import queries
from tests.calendars.reading import by_dateutil, by_outlook, event, instants, lines, parsed, values

STOCKHOLM, HELSINKI = "Europe/Stockholm", "Europe/Helsinki"


@pytest.fixture
def written(app, make):
    """The text of a meeting with these columns."""

    def text(**columns):
        meeting = make.meeting("Träff i Åbo", **columns)
        with app.test_request_context():
            found = queries.meeting(meeting.slug)
            return write([notifications.entry(found)], Method.PUBLISH, notifications.sender(), clock.now())

    return text


def at(day, hour, minute=0, zone=STOCKHOLM):
    return clock.local(date.fromisoformat(day), time(hour, minute), zone)


@pytest.mark.parametrize("reads", [by_dateutil, by_outlook])
@pytest.mark.parametrize(
    ("zone", "starts", "ends"),
    [
        pytest.param(STOCKHOLM, ("2027-03-27", 13), ("2027-03-28", 16), id="summer time begins in the night"),
        pytest.param(STOCKHOLM, ("2027-03-28", 3), ("2027-03-28", 4), id="the first hour of summer time"),
        pytest.param(STOCKHOLM, ("2027-03-28", 1, 59), ("2027-03-28", 3, 1), id="across the skipped hour"),
        pytest.param(STOCKHOLM, ("2026-10-24", 13), ("2026-10-25", 16), id="summer time ends in the night"),
        pytest.param(STOCKHOLM, ("2026-10-25", 2, 30), ("2026-10-25", 4), id="the first of two 02.30"),
        pytest.param(STOCKHOLM, ("2027-07-01", 9), ("2027-07-01", 17), id="summer"),
        pytest.param(STOCKHOLM, ("2027-01-01", 0), ("2027-01-02", 0), id="from midnight to midnight"),
        pytest.param(STOCKHOLM, ("2026-12-31", 18), ("2027-01-01", 2), id="over the new year"),
        pytest.param(HELSINKI, ("2027-04-13", 9), ("2027-04-14", 15), id="Helsinki, summer"),
        pytest.param(HELSINKI, ("2027-03-28", 4), ("2027-03-28", 5), id="Helsinki, the first hour of summer"),
        pytest.param(HELSINKI, ("2027-01-01", 0, 30), ("2027-01-01", 9), id="Helsinki, last year in UTC"),
    ],
)
def test_it_stands_at_its_own_time(written, reads, zone, starts, ends):
    starts_at, ends_at = at(*starts, zone=zone), at(*ends, zone=zone)
    text = written(starts_at=starts_at, ends_at=ends_at, time_zone=zone)
    assert instants(text, reads) == [starts_at.replace(tzinfo=None), ends_at.replace(tzinfo=None)]
    assert values(text, "TZID") == [zone]
    # The clock in the text is the one on the wall there.
    (start,) = values(text, "DTSTART")[-1:]
    hour, minute = (*starts[1:], 0)[:2]
    assert start == f"{starts[0].replace('-', '')}T{hour:02}{minute:02}00"


def test_the_second_time_a_clock_shows_is_not_taken_for_the_first(written):
    starts_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02.30 for the second time
    text = written(starts_at=starts_at, ends_at=at("2026-10-25", 9))
    assert event(text).dtstart.value == starts_at
    assert values(text, "DTSTART")[-1] == "20261025T013000Z"


@pytest.mark.parametrize("zone", [STOCKHOLM, HELSINKI])
def test_days_without_known_times_are_whole_days(written, zone):
    """Also the day that has 23 hours, the day that has 25, and the last of the year."""
    for first, last, after in (
        ("2023-10-26", "2023-10-26", date(2023, 10, 27)),
        ("2027-03-28", "2027-03-28", date(2027, 3, 29)),
        ("2026-10-25", "2026-10-26", date(2026, 10, 27)),
        ("2026-12-31", "2026-12-31", date(2027, 1, 1)),
    ):
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
        text = written(
            starts_at=clock.day_begins(begins, zone),
            ends_at=clock.day_ends(ends, zone),
            time_zone=zone,
            times_known=False,
        )
        found = event(text)
        assert (found.dtstart.value, found.dtend.value) == (begins, after)
        assert f"DTSTART;VALUE=DATE:{begins:%Y%m%d}" in lines(text)
        assert found.transp.value == "TRANSPARENT"
        assert "VTIMEZONE" not in text


def test_a_feed_of_many_years_has_each_zone_once(app, make):
    for year in (2017, 2021, 2027):
        make.meeting(starts_at=at(f"{year}-04-13", 9), ends_at=at(f"{year}-04-13", 16))
    make.meeting(
        starts_at=at("2023-10-26", 9, zone=HELSINKI),
        ends_at=at("2023-10-26", 16, zone=HELSINKI),
        time_zone=HELSINKI,
    )
    with app.test_request_context():
        found = [queries.meeting(f"traff-{number}") for number in (1, 2, 3, 4)]
        entries = [notifications.entry(meeting) for meeting in found]
        text = write(entries, Method.PUBLISH, notifications.sender(), clock.now(), name="KLOSSnet")
    assert sorted(values(text, "TZID")) == [HELSINKI, STOCKHOLM]
    assert "RDATE" not in text
    for meeting, shown in zip(found, parsed(text).vevent_list, strict=True):
        local = shown.dtstart.value.replace(tzinfo=None)
        for reads in (by_dateutil, by_outlook):
            instant = (local - reads(text, meeting.time_zone, local)).replace(tzinfo=UTC)
            assert instant == meeting.starts_at


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("Europe/Dublin", 2),
        ("America/New_York", 2),  # by the second Sunday of a month, not since 1997
        ("Atlantic/Reykjavik", 0),  # one time all year
        ("Africa/Casablanca", 0),  # by the moon
        ("Europe/Istanbul", 0),  # other days in some years
    ],
)
def test_any_zone_is_told_rightly(name, rules):
    text = zones.time_zone(name, 2014, 2027).to_ical().decode().replace("\r\n", "\n")
    told = tzical(io.StringIO(f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n")).get(name)
    for year, month, day in itertools.product((2014, 2015, 2027), range(1, 13), (1, 8, 15, 28)):
        noon = datetime(year, month, day, 12)  # noqa: DTZ001 - in both zones
        meant = noon.replace(tzinfo=ZoneInfo(name)).utcoffset()
        assert noon.replace(tzinfo=told).utcoffset() == meant, noon
    assert text.count("RRULE") == rules


def test_a_rule_has_begun_before_the_first_meeting():
    text = zones.time_zone("America/New_York", 2027, 2027).to_ical().decode()
    at_new_year = datetime(2027, 1, 1, 9)  # noqa: DTZ001 - what a clock shows
    assert by_outlook(text, "America/New_York", at_new_year) == timedelta(hours=-5)
