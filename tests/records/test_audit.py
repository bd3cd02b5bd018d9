"""The page of the log: who sees it, what can be asked of it, and how it is told."""

import ast
import re
import time
from datetime import timedelta

import pytest
from sqlalchemy import insert

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.audit.services import record
from kloss_intranet.core import clock
from kloss_intranet.core.whence import whence
from kloss_intranet.moderation.models import Act
from kloss_intranet.records.queries import ACTS, PAGE
from kloss_intranet.records.views import words
from tests.architecture.catalogue import PACKAGE

PATH = "/records/audit"


@pytest.fixture
def noted(make, cast):
    """Five things done by different people at different places."""
    with make.session():
        token = whence.set("192.0.2.7")
        record(
            "mandate.end", "mandate:1", cast.coordinator.id, before={"ends_on": None}, after={"ends_on": 1}
        )
        record("post.publish", f"post:{cast.post.id}", cast.representative.id)
        whence.set("command erase-needs")
        record("needs.erase", cast.meeting.slug, number=3)
        whence.set("2001:db8::1")
        record("meeting:admit", cast.meeting.slug, cast.coordinator.id, member=cast.guest.id)
        record("moderation.hide", f"post:{cast.post.id}", cast.coordinator.id, reason="=Namn på en\nstudent")
        whence.reset(token)


def titles(page):
    return [each.text for each in page.root.all("h2") if "entry-title" in each.attrs.get("class", "")]


def test_coordinators_read_the_log_and_nobody_else(cast, client, noted):
    assert client.sign_in(cast.coordinator).get(PATH).status == 200
    for other in (cast.steering, cast.representative, cast.guest):
        for path in (PATH, f"{PATH}.csv"):
            assert client.another().sign_in(other).get(path).status == 403
    assert client.another().get(PATH, follow=False).status == 303


def test_it_tells_who_what_when_whence_and_what_changed(cast, client, noted):
    page = client.sign_in(cast.coordinator).get(PATH)
    assert titles(page)[:2] == ["Moderering: dölja", "Träff: släppa in"]
    assert {f"/members/{cast.coordinator.id}", f"/posts/{cast.post.id}", "/meetings/bjorko"} <= page.links
    assert "192.0.2.7" in page.text
    assert "Ett kommando" in page.text
    assert "sista dagen före: – → , efter: 1" in page.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("group=moderation", ["moderation.hide"]),
        ("group=standing", ["meeting:admit", "mandate.end"]),
        ("group=meetings", []),
        ("group=exports", ["needs.erase"]),
        ("member=0", ["needs.erase"]),
        ("subject=post:{post}", ["moderation.hide", "post.publish"]),
        ("subject=https://x.example/posts/{post}%23p", ["moderation.hide", "post.publish"]),
        ("subject=/meetings/bjorko", ["meeting:admit", "needs.erase"]),
        ("whence=192.0.2.7", ["post.publish", "mandate.end"]),
        ("member={coordinator}&whence=192.0.2.7", ["mandate.end"]),
        ("first={today}&last={today}&group=threads", ["post.publish"]),
        ("last=2020-01-01", []),
        ("first=2199-01-01", []),
    ],
)
def test_what_can_be_asked(cast, client, noted, asked, found):
    names = {"post": cast.post.id, "coordinator": cast.coordinator.id, "today": clock.today()}
    page = client.sign_in(cast.coordinator).get(f"{PATH}?{asked.format(**names)}")
    assert re.findall(r"<code>([a-z-]+[.:][a-z-]+)</code>", page.html) == found
    assert ("Ingen rad passar in" in page.text) is (not found)


@pytest.mark.parametrize(
    "asked", ["first=nyss", "last=0001-01-01", "last=9999-12-31", "group=allt", "member=x"]
)
def test_what_cannot_be_read_is_told(cast, client, noted, asked):
    client.sign_in(cast.coordinator)
    page = client.get(f"{PATH}?{asked}")
    assert (page.status, "Rätta till detta" in page.text) == (422, True)
    assert client.get(f"{PATH}.csv?{asked}").status == 422


@pytest.fixture
def archive(make, cast):
    """A hundred thousand entries; their hashes are nobody's business here."""
    began = clock.now() - timedelta(days=400)
    with make.session() as session:
        for first in range(0, 100_000, 10_000):
            session.execute(insert(AuditEntry), [entry(n, began, cast) for n in range(first, first + 10_000)])


def entry(number, began, cast):
    rare = number % 20_000 == 7
    return {
        "at": began + timedelta(minutes=5 * number),
        "member_id": cast.representative.id if number % 3 else None,
        "act": "moderation.hide" if rare else f"post.{'publish' if number % 2 else 'revise'}",
        "subject": f"post:{number % 500}",
        "details": {"version": number},
        "whence": "192.0.2.7",
        "previous": f"{number - 1:x}" if number else "",
        "hash": f"{number:x}",
    }


def test_a_large_archive_takes_as_few_statements_and_little_time(cast, client, archive, statements):
    client.sign_in(cast.coordinator)
    client.get(PATH)
    costs = []
    for asked in ("", "?before=50000", "?before=60", "?after=100", "?group=moderation", "?subject=post:7"):
        began = time.monotonic()
        with statements() as sent:
            page = client.get(f"{PATH}{asked}")
        number = len([each for each in sent if each.startswith("SELECT")])
        costs.append((asked, number, time.monotonic() - began))
        assert 5 <= len(titles(page)) <= PAGE
    assert {number for _, number, _ in costs} == {4}, costs
    assert all(seconds < 2 for *_, seconds in costs), costs


def test_pages_hang_together(cast, client, archive):
    client.sign_in(cast.coordinator)
    page, seen = client.get(f"{PATH}?group=moderation&before=80000"), []
    assert len(titles(page)) == 4
    page = client.get(f"{PATH}?subject=post:8")
    while True:
        seen.append(re.findall(r'id="entry-(\d+)"', page.html))
        older = [link.attrs["href"] for link in page.root.all("a") if link.attrs.get("rel") == "next"]
        if not older:
            break
        page = client.get(older[0])
    ids = [int(number) for part in seen for number in part]
    assert (len(ids), ids) == (200, sorted(ids, reverse=True))
    back = [link.attrs["href"] for link in page.root.all("a") if link.attrs.get("rel") == "prev"]
    assert re.findall(r'id="entry-(\d+)"', client.get(back[0]).html) == seen[-2]


def test_every_act_has_words_and_a_group(app):
    known = {
        "invitation.accept",
        "recovery.accept",
        "export.calendar",
        *(f"moderation.{act.value}" for act in Act),
    }
    with app.test_request_context():
        acts = calls() | known
        assert len(acts) > 90
        assert [act for act in sorted(acts) if words.act(act) == act] == []
    names = {name for group in ACTS.values() for name in group}
    assert [act for act in acts if act not in names and re.split("[.:]", act)[0] not in names] == []
    assert set(words.NOUNS) == {name for name in names if ":" not in name}


CALLED = {"record": 0, "_change": 1, "hand_out": 3}
"""Where the act stands in calls that record."""


def calls():
    """Every act that a call writes out, also where it chooses between two."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = CALLED.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
            if place is not None and len(node.args) > place:
                said = [part.value for part in ast.walk(node.args[place]) if isinstance(part, ast.Constant)]
                found |= {str(act) for act in said if re.fullmatch(r"[a-z-]+[.:][a-z-]+", str(act))}
    return found
