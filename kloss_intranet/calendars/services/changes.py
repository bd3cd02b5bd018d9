"""What is new in a meeting since a reader's calendar was last told of it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """`new` and `gone` are lines of the programme with their day."""

    when: bool = False
    where: bool = False
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    is_whole: bool = False
    """Nothing was told before, so that all of the programme is new."""


def changes(before: str, now: str) -> Changes:
    """Compare two calendars of one meeting, as `writing` writes them in the same language."""
    old, new = _read(before), _read(now)
    if not before:
        return Changes(new=tuple(_programme(new.get("DESCRIPTION", ""))), is_whole=True)
    was, stands = _programme(old.get("DESCRIPTION", "")), _programme(new.get("DESCRIPTION", ""))
    return Changes(
        when=any(old.get(name) != new.get(name) for name in ("DTSTART", "DTEND")),
        where=old.get("LOCATION") != new.get("LOCATION"),
        new=tuple(line for line in stands if line not in was),
        gone=tuple(line for line in was if line not in stands),
    )


def _read(calendar: str) -> dict[str, str]:
    """The event's properties with their parameters."""
    event = calendar.replace("\r\n ", "").partition("BEGIN:VEVENT")[2]
    parts = (re.split("[:;]", line, maxsplit=1) for line in event.split("\r\n"))
    return {part[0]: part[1] for part in parts if len(part) == 2}


def _programme(description: str) -> list[str]:
    """The parts that have a clock, each with the day that it stands under."""
    words = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], description)
    found, day = [], ""
    for line in words.splitlines():
        if re.match(r"\d\d?[.:]\d\d", line):
            found.append(f"{day} {line}")
        else:
            day = line
    return found
