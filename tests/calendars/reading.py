"""Reads calendars as others do: with parsers that had no part in the writing, and as Outlook says it does."""

import io
import re
from datetime import datetime, timedelta

import vobject
from dateutil.rrule import rrulestr
from dateutil.tz import tzical


def parsed(text):
    return vobject.readOne(text)


def event(text):
    (found,) = parsed(text).vevent_list
    return found


def lines(text):
    """The lines as they are meant, with what was folded put together."""
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def values(text, name):
    """The raw values of a property, whatever its parameters."""
    found = [re.fullmatch(rf"{name}(?:;[^:]*)?:(.*)", line) for line in lines(text)]
    return [match.group(1) for match in found if match]


def instants(text, reads=None):
    """When the one event starts and ends, by the zone in the text itself; `reads` gives a zone's offset."""
    found = []
    for name in ("DTSTART", "DTEND"):
        (line,) = [line for line in lines(text) if line.startswith(name) and "TZID=Europe" in line]
        zone, shown = re.fullmatch(r"\w+;TZID=([\w/]+):(\d+T\d+)", line).groups()
        at = datetime.strptime(shown, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - what a clock shows
        found.append(at - (reads or by_dateutil)(text, zone, at))
    return found


def by_dateutil(text, zone, at):
    return at.replace(tzinfo=tzical(io.StringIO(text.replace("\r\n", "\n"))).get(zone)).utcoffset()


def by_outlook(text, zone, at):
    """The offset as Outlook finds it: by the yearly rules, with listed days and names passed over."""
    latest = None
    (body,) = re.findall(rf"TZID:{zone}\r\n(.*?)END:VTIMEZONE", text, re.DOTALL)
    for part in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\r\n(.*?)END:", body, re.DOTALL):
        said = dict(line.split(":", 1) for line in lines(part))
        begins = datetime.strptime(said["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        onset = rrulestr(said["RRULE"], dtstart=begins).before(at, inc=True)
        if onset and (latest is None or onset > latest[0]):
            latest = (onset, said["TZOFFSETTO"])
    sign, hours, minutes = re.fullmatch(r"([+-])(\d\d)(\d\d)", latest[1]).groups()
    return timedelta(hours=int(sign + hours), minutes=int(sign + minutes))
