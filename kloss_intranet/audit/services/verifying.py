"""Going through the chain, and holding it against heads that were kept elsewhere."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ...core import clock
from .. import queries
from .recording import digest, hold_end

CLOCKS = timedelta(minutes=1)
"""How far a machine's clock may be put back without an entry being taken for one that was slipped in."""


@dataclass(frozen=True)
class Head:
    """How long the chain was at an instant, and the hash of its last entry (empty when there was none)."""

    number: int
    hash: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.number} {self.hash or '-'} {self.at.isoformat()}"


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of the chain, counted from 1; `entry` is the number in the table."""

    place: int
    entry: int | None
    sentence: str


@dataclass
class Verdict:
    """How many entries there are, the hash of the last of them, and everything that is wrong."""

    number: int = 0
    hash: str = ""
    faults: list[Fault] = field(default_factory=list)


def head() -> Head:
    """The end of the chain as it is; what is being written is waited for."""
    hold_end()
    number, last = queries.end()
    return Head(number, last, clock.now())


def parse(line: str) -> Head:
    """A head from the line that it was printed as. Raises ValueError."""
    number, last, taken = line.split()
    at = datetime.fromisoformat(taken)
    if at.tzinfo is None:
        raise ValueError(line)
    return Head(int(number), "" if last == "-" else last, at)


def verify(heads: Iterable[Head] = (), rest: Callable[[], None] = lambda: None) -> Verdict:
    """Go through every entry from the first; without heads, a chain that was made anew looks whole.

    `rest` is done now and then, so that others may be let in to the database.
    """
    kept: defaultdict[int, list[Head]] = defaultdict(list)
    for each in heads:
        kept[each.number].append(each)
    verdict, since = Verdict(), None
    for number, entry in queries.chain(rest):
        verdict.number += 1
        said = _wrong(entry, verdict.hash, since)
        verdict.hash = entry.hash if entry else queries.hash_of(number)
        known = kept.pop(verdict.number, [])
        said += [f"is not what the head of {each.at:%Y-%m-%d %H:%M} says" for each in _others(known, verdict)]
        verdict.faults += [Fault(verdict.number, number, sentence) for sentence in said]
        since = max([each.at for each in known] + ([since] if since else []), default=None)
    for each in _others(kept.pop(0, []), Verdict()):
        verdict.faults.append(Fault(0, None, f"the head of {each.at:%Y-%m-%d %H:%M} says what cannot be"))
    for place, known in sorted(kept.items()):
        sentence = f"is missing, and the head of {known[0].at:%Y-%m-%d %H:%M} knows of it"
        verdict.faults.append(Fault(place, None, sentence))
    return verdict


def _wrong(entry: Any, before: str, since: datetime | None) -> list[str]:
    """What is wrong with an entry that follows one with the hash `before`, and a head taken at `since`."""
    if entry is None:
        return ["cannot be read"]
    said = []
    if entry.previous != before:
        said.append("does not follow the entry before it")
    if _digest(entry) != entry.hash:
        said.append("does not say what was written")
    if since and entry.at < since - CLOCKS:
        said.append("bears a time before a head that does not know of it")
    return said


def _digest(entry: Any) -> str | None:
    """The hash of the entry; None when it says what can never have been hashed."""
    try:
        return digest(entry)
    except (ValueError, TypeError, RecursionError):
        return None


def _others(known: Iterable[Head], verdict: Verdict) -> list[Head]:
    """The heads that say another hash than the chain has here."""
    return [each for each in known if each.hash != verdict.hash]
