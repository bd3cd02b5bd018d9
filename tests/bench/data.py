"""The data both servers read: forty members, twenty meetings, a thread of a thousand posts, a long list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, insert
from sqlalchemy.pool import NullPool

from kloss_intranet.auth.models import Session
from kloss_intranet.auth.queries import hash_of
from kloss_intranet.core import clock, text
from kloss_intranet.core.swedish import sort_key
from kloss_intranet.meetings import models as meetings
from kloss_intranet.members import models as members
from kloss_intranet.migrations import upgrade
from kloss_intranet.themes.models import Theme
from kloss_intranet.threads import models as threads

MEMBERS, MEETINGS, POSTS, THREADS = 40, 20, 1000, 200
TOKEN = "a session of the bench, worth nothing anywhere else"
LISTED, LONG = 1, 10
"""The meetings of the long list and of the long thread."""
SENTENCES = (
    "Vi började i det lilla, med en institution som själv ville pröva.",
    "Det som hjälpte oss var att schemat redan låg fast i god tid.",
    "Tentamensvakterna fick en egen genomgång, och det märktes på frågorna efteråt.",
    "Kostnaden för salar var högre än vi trodde, och den syntes först året därpå.",
    "Studenterna frågade mest om egna datorer och om vad som händer när nätet faller bort.",
    "Hos oss är förvaltningen delad på tre orter, så vägen fram blev en annan.",
)


@dataclass(frozen=True)
class Page:
    """An address of the product, what must stand in the answer, and the goal for the ratio."""

    name: str
    path: str
    content: str
    count: int
    goal: float


PAGES = (
    Page("thread", "/threads/1", 'class="post', 50, 1.0),
    Page("thread-deep", f"/threads/1?first={POSTS - 49}", 'class="post', 50, 1.0),
    Page("list", f"/meetings/traff-{LISTED}", 'href="/threads/', THREADS, 0.9),
    Page("home", "/", 'href="/meetings/traff-', MEETINGS, 0.9),
)


def fill(url: str) -> None:
    """Build the newest schema at `url`, a new SQLite file, and put the data in."""
    upgrade(url)
    now = clock.now().replace(microsecond=0)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for table, rows in (
            (members.Institution, [_institution(n) for n in range(1, MEMBERS + 1)]),
            (members.Member, [_member(n, now) for n in range(1, MEMBERS + 1)]),
            (members.Mandate, [_mandate(n) for n in range(1, MEMBERS + 1)]),
            (Theme, [_theme(n) for n in range(1, 6)]),
            (meetings.Meeting, [_meeting(n, now) for n in range(1, MEETINGS + 1)]),
            (meetings.Host, [_host(n) for n in range(1, MEETINGS + 1)]),
            (threads.Thread, [_long_thread(now), *(_thread(n, now) for n in range(2, THREADS + 5))]),
            (threads.Post, [_post(n, now) for n in range(1, POSTS + 1)]),
            (threads.Reading, [{"member_id": 1, "thread_id": 1, "seq": POSTS // 2}]),
            (Session, [_session(now)]),
        ):
            connection.execute(insert(table), rows)


def _starts(n: int, now: datetime) -> datetime:
    """Half a year between meetings; the last one is to come, the long thread's is in the middle of it."""
    return now + timedelta(days=30 - 180 * (MEETINGS - n))


def _institution(n: int) -> dict[str, Any]:
    name = f"Högskolan i Orten {n}"
    return {
        "slug": f"hogskola-{n}",
        "name_sv": name,
        "name_en": f"Orten University {n}",
        "short_name": f"H{n}",
        "city": "Orten",
        "country": "SE",
        "mail_domain": f"h{n}.example",
        "sort_key": sort_key(name),
        "in_kloss": True,
    }


def _member(n: int, now: datetime) -> dict[str, Any]:
    name = f"Person Ortsson {n}"
    return {"email": f"p{n}@h{n}.example", "name": name, "sort_key": sort_key(name), "created_at": now}


def _mandate(n: int) -> dict[str, Any]:
    return {"member_id": n, "institution_id": n, "title": "Förvaltningschef", "starts_on": date(2015, 1, 1)}


def _theme(n: int) -> dict[str, Any]:
    return {"slug": f"tema-{n}", "position": n, "name_sv": f"Tema {n}", "name_en": f"Theme {n}"}


def _meeting(n: int, now: datetime) -> dict[str, Any]:
    starts = _starts(n, now)
    return {
        "slug": f"traff-{n}",
        "title": f"Träff {n} i Orten",
        "kind": meetings.MeetingKind.ORDINARY,
        "mode": meetings.MeetingMode.ON_SITE,
        "state": meetings.MeetingState.OPEN if starts > now else meetings.MeetingState.HELD,
        "starts_at": starts,
        "ends_at": starts + timedelta(days=2),
        "time_zone": clock.STOCKHOLM,
        "place": "Orten",
    }


def _host(n: int) -> dict[str, Any]:
    return {"meeting_id": n, "position": 1, "institution_id": n}


def _posted(n: int, now: datetime) -> datetime:
    """Two posts an hour, half of them before the meeting."""
    return _starts(LONG, now) + timedelta(minutes=30 * (n - POSTS // 2))


def _long_thread(now: datetime) -> dict[str, Any]:
    return _thread(1, now) | {
        "meeting_id": LONG,
        "title": "Prov på egen dator",
        "opened_at": _posted(0, now),
        "last_seq": POSTS,
        "last_posted_at": _posted(POSTS, now),
    }


def _thread(n: int, now: datetime) -> dict[str, Any]:
    """One of the long list; the last three belong to the meeting to come."""
    return {
        "meeting_id": LISTED if n <= THREADS + 1 else MEETINGS,
        "theme_id": n % 5 + 1,
        "title": f"Tråd {n} om salar, tider och egna datorer",
        "opened_at": now - timedelta(days=400 - n),
        "last_seq": 0,
        "last_posted_at": None,
    }


def _post(n: int, now: datetime) -> dict[str, Any]:
    """Experiences and replies to them by turns."""
    seat, reply = n % MEMBERS + 1, n % 2 == 0
    sentences = [SENTENCES[(n + step) % len(SENTENCES)] for step in range(8)]
    body = " ".join(sentences[:4]) + "\n\n" + " ".join(sentences[4:])
    return {
        "id": n,
        "thread_id": 1,
        "seq": n,
        "root_seq": n - 1 if reply else n,
        "parent_id": n - 1 if reply else None,
        "kind": threads.PostKind.REPLY if reply else threads.PostKind.EXPERIENCE,
        "relation": threads.Relation.SIMILAR if reply else None,
        "aspect": None if reply else threads.Aspect.METHOD,
        "factor": None if reply else threads.Factor.HELPING,
        "body": body,
        "body_html": text.to_html(body),
        "policy": text.POLICY,
        "posted_at": _posted(n, now),
        "member_id": seat,
        "mandate_id": seat,
        "institution_id": seat,
        "signed_name": f"Person Ortsson {seat}",
        "signed_title": "Förvaltningschef",
    }


def _session(now: datetime) -> dict[str, Any]:
    return {
        "token_hash": hash_of(TOKEN),
        "member_id": 1,
        "created_at": now,
        "expires_at": now + timedelta(days=1),
        "browser": "bench",
    }
