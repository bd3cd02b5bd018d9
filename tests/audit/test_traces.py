"""What leaves an entry at the door and on the way out, and from where it came."""

from datetime import date, timedelta

import pytest

from kloss_intranet.attendance.cli import erase_needs
from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.audit.services import record, verifying
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.core.whence import whence
from kloss_intranet.meetings import services as meetings
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.members import services as members
from kloss_intranet.members.models import Mandate, Role
from tests.make import PASSWORD

AGNES = "agnes@example.org"


def entries(make, *acts):
    with make.session() as session:
        found = session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
        return [entry for entry in found if not acts or entry.act in acts]


def told(make, *acts):
    return [(entry.act, entry.subject, entry.member_id, entry.whence) for entry in entries(make, *acts)]


@pytest.mark.any_database
def test_the_door_keeps_a_record(make, cast, client):
    agnes = cast.representative.id
    assert client.sign_in_by_form(AGNES, "fel lösenord helt och hållet").status == 422
    assert client.sign_in_by_form("ingen@example.org", "fel lösenord helt och hållet").status == 422
    assert client.sign_in_by_form(AGNES).status == 200
    client.post("/settings/password", {"current": "fel", "password": "tolv blåa granar"})
    client.post("/auth/logout")
    assert told(make) == [
        ("session.refuse", f"member:{agnes}", None, "127.0.0.1"),
        ("session.refuse", "member:unknown", None, "127.0.0.1"),
        ("session.begin", "session:1", agnes, "127.0.0.1"),
        ("password.refuse", f"member:{agnes}", agnes, "127.0.0.1"),
        ("session.end", "session:1", agnes, "127.0.0.1"),
    ]
    said = " ".join(str(entry.details) for entry in entries(make))
    assert not any(word in said for word in (PASSWORD, "fel lösenord", "ingen@example.org", "tolv blåa"))
    with make.session():
        assert verifying.verify().faults == []


def test_who_is_shut_out_for_a_while_leaves_no_more_entries(make, cast, client):
    for _ in range(14):
        client.sign_in_by_form(AGNES, "fel lösenord helt och hållet")
    assert len(entries(make, "session.refuse")) == 10


def test_the_address_is_the_requests_and_not_the_next_ones(app, make, cast, client):
    for address in ("192.0.2.1", "2001:db8::5"):
        client.raw.environ_base["REMOTE_ADDR"] = address
        client.sign_in_by_form(AGNES, "fel lösenord helt och hållet")
    with make.session():
        record("post.publish", "post:1")
    assert [entry.whence for entry in entries(make)] == ["192.0.2.1", "2001:db8::5", None]


def test_a_command_is_named_and_stays_itself(app, make, monkeypatch):
    from kloss_intranet import commands

    monkeypatch.setattr(commands, "read_settings", lambda: app.config["SETTINGS"])
    token = whence.set(None)
    answer = app.test_cli_runner().invoke(commands.cli, ["invite-coordinator", "ny@example.org", "Ny Person"])
    named = whence.get()
    whence.reset(token)
    assert (answer.exit_code, named) == (0, "command invite-coordinator")
    found = {entry.act: entry for entry in entries(make)}
    assert {entry.whence for entry in found.values()} == {"command invite-coordinator"}
    assert found["role.begin"].details == {"after": {"kind": "coordinator"}}
    assert erase_needs.name == "erase-needs"


def test_files_taken_out_are_on_record(make, cast, client):
    path = f"/meetings/{cast.meeting.slug}/briefing"
    client.sign_in(cast.representative)
    assert client.get(path).status == 200
    client.raw.head(f"{path}.docx").close()
    assert entries(make) == []
    assert client.get(f"{path}.docx").status == 200
    assert client.another().sign_in(cast.guest).get(f"{path}.docx").status in (403, 404)
    [entry] = entries(make)
    assert (entry.act, entry.subject, entry.member_id) == (
        "export.briefing",
        cast.meeting.slug,
        cast.representative.id,
    )
    assert (entry.details, entry.whence) == ({"kind": "docx"}, "127.0.0.1")


def test_a_calendar_is_on_record_once_a_day_from_each_place(make, cast, client):
    client.sign_in(cast.representative)
    page = client.post("/settings/calendar/addresses", form_on="/settings/calendar")
    address = next(
        each.attrs["value"] for each in page.root.all("input") if ".ics" in each.attrs.get("value", "")
    )
    path, phone = "/calendar/" + address.rsplit("/", 1)[1], client.another()
    for place in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        phone.raw.environ_base["REMOTE_ADDR"] = place
        assert phone.get(path).status == 200
    who = f"member:{cast.representative.id}"
    assert told(make, "export.calendar") == [
        ("export.calendar", who, None, place) for place in ("192.0.2.1", "192.0.2.2")
    ]
    assert phone.get("/calendar/fel.ics").status == 404


def test_mandates_and_roles_tell_before_and_after(make, cast):
    ends, by = date(2031, 6, 30), cast.coordinator.id
    with make.session() as session:
        mandate = session.scalars(db.select(Mandate).where(Mandate.member_id == cast.steering.id)).one()
        members.end_mandate(mandate, ends, by)
        assert session.scalars(db.select(Role.ends_on).where(Role.member_id == cast.steering.id)).all() == [
            ends
        ]
    role, ended = entries(make)
    after = {"ends_on": "2031-06-30"}
    assert (role.act, role.subject) == ("role.end", f"member:{cast.steering.id}")
    assert role.details["before"] == {"kind": "steering", "ends_on": None}
    assert role.details["after"] == {"kind": "steering"} | after
    assert (ended.details["before"], ended.details["after"]) == ({"ends_on": None}, after)
    assert ended.details["member"] == cast.steering.id


def test_a_meeting_tells_before_and_after(make, cast):
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        starts, ends = meeting.starts_at, meeting.ends_at
        meetings.move(meeting, starts + timedelta(days=7), ends + timedelta(days=7), cast.coordinator.id)
        meetings.cancel(meeting, "Stormen.", cast.coordinator.id)
    moved, cancelled = entries(make)
    assert moved.details["before"]["starts_at"] == str(starts)
    assert moved.details["after"]["starts_at"] == str(starts + timedelta(days=7))
    said = {"reason": "Stormen.", "before": {"state": "open"}, "after": {"state": "cancelled"}}
    assert cancelled.details == said
    assert cancelled.at <= clock.now()
