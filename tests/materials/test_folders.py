"""A meeting's folders: who sees which, who makes and renames them, and what lies in them by name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.materials.models import Folder, Readers
from kloss_intranet.meetings.models import Guest
from tests.architecture.test_leaks import addresses

MARKER = "Ytterligtgran"
"""Stands in a folder of the steering group, in every place where words can stand."""


@pytest.fixture
def folders(make, cast):
    """One folder for each kind of reader, with a file in each."""
    found = {}
    for readers in Readers:
        folder = make.folder(cast.meeting, f"Mapp {readers}", readers)
        make.material(folder, cast.steering, name=f"{readers}.txt")
        found[readers.value] = folder
    return found


def named(make):
    with make.session() as session:
        return {folder.name: folder for folder in session.scalars(select(Folder))}


def at(meeting):
    return f"/meetings/{meeting.slug}/materials"


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("guest", {"guests"}),
        ("host", {"guests", "members"}),
        ("representative", {"guests", "members"}),
        ("other_representative", {"guests", "members"}),
        ("steering", {"guests", "members", "steering"}),
        ("coordinator", {"guests", "members", "steering"}),
    ],
)
def test_each_reader_sees_their_folders(client, cast, folders, who, seen):
    client.sign_in(getattr(cast, who))
    pages = (client.get(at(cast.meeting)), client.get(f"/meetings/{cast.meeting.slug}"))
    for page in pages:
        assert {name for name in folders if f"Mapp {name}" in page.text} == seen
    for name, folder in folders.items():
        assert client.get(f"/material-folders/{folder.id}").status == (200 if name in seen else 404)


def test_a_stand_in_reads_as_members_do_until_it_ends(client, make, cast, folders):
    standing = make.member("Ingrid Mo")
    admission = make.admission(cast.meeting, standing, "stand_in")
    client.sign_in(standing)
    assert "Mapp members" in client.get(at(cast.meeting)).text
    assert "Mapp steering" not in client.get(at(cast.meeting)).text
    with make.session() as session:
        session.merge(admission).ends_on = clock.today() - timedelta(days=1)
    assert client.get(at(cast.meeting)).status == 404


def test_a_former_representative_reads_what_was_there_in_her_time(client, make, cast):
    old, new = "Från den tiden.txt", "Efteråt.txt"
    folder = make.folder(cast.old_meeting, "Dåtid")
    make.material(folder, cast.steering, name=old, added_at=cast.old_meeting.starts_at)
    late = make.material(folder, cast.steering, name=new)
    client.sign_in(cast.former)
    page = client.get(at(cast.old_meeting))
    assert old in page.text
    assert new not in page.text
    assert client.get(f"/materials/{late.id}").status == 404


@pytest.mark.any_database
def test_a_folder_is_made_and_renamed(client, make, cast):
    client.sign_in(cast.coordinator)
    to = f"/meetings/{cast.meeting.slug}/material-folders"
    page = client.post(to, {"name": " Inför  dagen ", "readers": "guests"}, at(cast.meeting))
    assert page.status == 200
    assert "Inför dagen" in page.text
    folder = named(make)["Inför dagen"]
    assert folder.readers is Readers.GUESTS
    again = client.post(to, {"name": "Inför dagen", "readers": "guests"}, at(cast.meeting))
    assert (again.status, "Det finns redan en mapp" in again.text) == (409, True)
    assert client.post(to, {"name": "", "readers": "guests"}, at(cast.meeting)).status == 422
    here = f"/material-folders/{folder.id}"
    assert "heter nu Bilder" in client.post(f"{here}/names", {"name": "Bilder"}, here).text
    late = client.post(f"{here}/names", {"name": "Sent", "was": "Inför dagen"}, here)
    assert (late.status, "bytt namn till Bilder" in late.text) == (409, True)
    assert 'value="Sent"' in late.html
    with make.session() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
    assert acts.count("folder:make") == acts.count("folder:rename") == 1


def test_a_host_makes_folders_but_none_for_the_steering_group(client, make, cast):
    to = f"/meetings/{cast.meeting.slug}/material-folders"
    client.sign_in(cast.host)
    assert client.post(to, {"name": "Karta", "readers": "members"}, at(cast.meeting)).status == 200
    assert client.post(to, {"name": "Hemligt", "readers": "steering"}, at(cast.meeting)).status == 422
    for who in (cast.guest, cast.other_representative):
        client.sign_in(who)
        assert client.post(to, {"name": "Mer", "readers": "members"}).status == 403
    assert {"Karta", "Hemligt", "Mer"} & {*named(make)} == {"Karta"}


def test_a_name_in_a_steering_folder_is_not_given_away(client, make, cast):
    make.folder(cast.meeting, "Lokalfrågan", "steering")
    client.sign_in(cast.host)
    to = f"/meetings/{cast.meeting.slug}/material-folders"
    assert client.post(to, {"name": "Lokalfrågan", "readers": "members"}, at(cast.meeting)).status == 200


def test_files_are_found_by_name(client, make, cast, folders):
    make.material(folders["members"], cast.steering, name="Karta över Björkö.txt")
    client.sign_in(cast.representative)
    found = client.get(f"{at(cast.meeting)}?q=BJÖRKÖ")
    assert "Karta över Björkö.txt" in found.text
    assert "guests.txt" not in found.text
    for words in ("finns inte", "steering.txt"):
        assert "Ingen fil heter så." in client.get(at(cast.meeting), query_string={"q": words}).text


def test_who_arranges_is_told_when_guests_have_nowhere_to_leave_slides(client, make, cast):
    make.add(Guest(agenda_item_id=cast.item.id, name="Gustav Ek"))
    here, lack = f"/meetings/{cast.meeting.slug}", "ingen mapp som de kan lägga sina bilder i"
    client.sign_in(cast.host)
    assert lack in client.get(here).text
    to = f"{here}/material-folders"
    made = client.get(f"{at(cast.meeting)}?readers=guests").form(to)
    assert made["readers"] == "guests"
    for who in (cast.guest, cast.other_representative):
        assert lack not in client.sign_in(who).get(here).text
    client.sign_in(cast.host).post(to, {"name": "Bilder"}, f"{at(cast.meeting)}?readers=guests")
    assert lack not in client.get(here).text


def test_the_meeting_page_says_when_there_is_nothing(client, make, cast):
    client.sign_in(cast.coordinator)
    assert "inget material" in client.get(f"/meetings/{cast.old_meeting.slug}").text
    client.sign_in(cast.representative)
    assert "Material" not in client.get(f"/meetings/{cast.old_meeting.slug}").text


@pytest.mark.parametrize("who", ["guest", "host", "former", "representative"])
def test_a_steering_folder_exists_for_nobody_else(app, make, cast, client, who):
    folder = make.folder(cast.meeting, MARKER, "steering")
    make.material(folder, cast.steering, f"{MARKER}\n".encode(), f"{MARKER}.txt", title=MARKER)
    client.sign_in(cast.steering)
    seen = holding(app, make, client)
    assert any(path.startswith("/meetings/") for path in seen)
    assert any(path.startswith("/materials/") for path in seen)
    client.sign_in(getattr(cast, who))
    assert holding(app, make, client) == []


def holding(app, make, client):
    """The addresses whose answers hold the marker."""
    paths = [path for path in addresses(app, make) if "material" in path or "/meetings/" in path]
    found = []
    for path in [*paths, *(f"{path}?q={MARKER[:6]}" for path in paths if path.endswith("/materials"))]:
        answer = client.raw.get(path, buffered=True)
        if MARKER.encode() in answer.get_data() + "".join(map(str, answer.headers)).encode():
            found.append(path)
    return found
