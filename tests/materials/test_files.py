"""Files in folders: laid in, fetched, in versions, from a day on, and withdrawn so that it can be undone."""

import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.materials.models import Material, MaterialVersion
from kloss_intranet.materials.services.files import MOST_FILES
from kloss_intranet.meetings.models import Admission
from tests import samples


@pytest.fixture
def slides(make, cast):
    """The guests' folder."""
    return make.folder(cast.meeting, "Bilder", "guests")


def given(content=samples.PDF, name="plan.pdf"):
    return io.BytesIO(content), name


def lay(client, folder, **data):
    here = f"/material-folders/{folder.id}"
    return client.post(f"{here}/materials", {"file": given()} | data, here)


def newest(make):
    with make.session() as session:
        return session.scalars(select(Material).order_by(Material.id.desc()).limit(1)).one()


@pytest.mark.any_database
def test_a_file_is_laid_in_and_fetched(client, make, cast):
    client.sign_in(cast.coordinator)
    page = lay(client, cast.folder, title="Planen för dagen")
    assert page.status == 200
    assert "Planen för dagen" in page.text
    material = newest(make)
    client.sign_in(cast.other_representative)
    fetched = client.get(f"/materials/{material.id}").response
    assert fetched.data == samples.PDF
    assert fetched.headers["Content-Disposition"] == "attachment; filename=plan.pdf"
    assert fetched.headers["Content-Type"] == "application/pdf"
    assert fetched.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    with make.session() as session:
        assert "material:add" in session.scalars(select(AuditEntry.act)).all()


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(client, make, cast):
    client.sign_in(cast.coordinator)
    before = newest(make).id
    refused = lay(client, cast.folder, file=given(samples.HTML, "elak.pdf"), title="Mitt namn")
    assert (refused.status, "elak.pdf innehåller HTML" in refused.text) == (422, True)
    assert 'value="Mitt namn"' in refused.html
    assert lay(client, cast.folder, file=given(b"", "")).status == 422
    assert lay(client, cast.folder, not_before="2026-13-99T00:00").status == 422
    assert newest(make).id == before


def test_a_folder_has_room_for_so_many_files(client, make, cast, monkeypatch):
    monkeypatch.setattr("kloss_intranet.materials.services.files.MOST_FILES", 2)
    client.sign_in(cast.coordinator)
    assert MOST_FILES > 2
    assert lay(client, cast.folder).status == 200
    full = lay(client, cast.folder)
    assert (full.status, "högst 2 filer" in full.text) == (422, True)
    # Withdrawn ones count: they are kept, and come back with one press.
    material = newest(make)
    client.post(f"/materials/{material.id}/withdrawals")
    assert lay(client, cast.folder).status == 422
    assert newest(make).id == material.id


def test_a_file_has_room_for_so_many_versions(client, make, cast, monkeypatch):
    monkeypatch.setattr("kloss_intranet.materials.services.files.MOST_VERSIONS", 2)
    client.sign_in(cast.coordinator)
    here = f"/materials/{cast.material.id}"
    assert client.post(f"{here}/versions", {"file": given()}, f"{here}/edit").status == 200
    full = client.post(f"{here}/versions", {"file": given()}, f"{here}/edit")
    assert (full.status, "redan 2 versioner" in full.text) == (422, True)
    assert client.get(f"{here}/versions/3").status == 404


@pytest.mark.any_database
def test_a_new_version_leaves_the_earlier_one(client, make, cast):
    client.sign_in(cast.steering)
    here = f"/materials/{cast.material.id}"
    page = client.post(f"{here}/versions", {"file": given()}, f"{here}/edit")
    assert "Version 1: anteckningar.txt" in page.text
    client.sign_in(cast.other_representative)
    assert client.get(here).response.data == samples.PDF
    assert client.get(f"{here}/versions/1").response.data == b"Vad vi skrev upp.\n"
    assert client.get(f"{here}/versions/3").status == 404
    assert client.post(f"{here}/versions", {"file": given()}).status == 404


def test_before_its_time_a_file_is_seen_by_those_who_may_change_it(client, make, cast):
    zone = ZoneInfo(cast.meeting.time_zone)
    later = (clock.now() + timedelta(days=2)).astimezone(zone).replace(second=0, microsecond=0)
    client.sign_in(cast.coordinator)
    page = lay(client, cast.folder, title="Överraskningen", not_before=later.strftime("%Y-%m-%dT%H:%M"))
    assert "Visas för andra från" in page.text
    material = newest(make)
    assert material.not_before == later
    client.sign_in(cast.other_representative)
    assert "Överraskningen" not in client.get(f"/meetings/{cast.meeting.slug}/materials").text
    assert client.get(f"/materials/{material.id}").status == 404
    with make.session() as session:
        session.merge(material).not_before = clock.now() - timedelta(seconds=1)
    assert "Överraskningen" in client.get(f"/meetings/{cast.meeting.slug}/materials").text
    assert client.get(f"/materials/{material.id}").status == 200


def test_a_time_that_no_clock_shows_is_refused(client, make, cast):
    client.sign_in(cast.coordinator)
    refused = lay(client, cast.folder, not_before="2027-03-28T02:30")
    assert (refused.status, "den tiden finns inte" in refused.text) == (422, True)
    assert lay(client, cast.folder, not_before="2027-03-28T03:30").status == 200


@pytest.mark.any_database
def test_a_withdrawn_file_is_fetched_by_nobody_until_it_is_back(client, make, cast):
    client.sign_in(cast.coordinator)
    here = f"/materials/{cast.material.id}"
    page = client.post(f"{here}/withdrawals", {}, f"{here}/edit")
    assert "Tillbakadragna filer" in page.text
    assert client.get(here).status == client.get(f"{here}/versions/1").status == 404
    refused = client.post(f"{here}/terms", {"title": "Nytt namn"}, f"{here}/edit")
    assert refused.status == 409
    client.sign_in(cast.other_representative)
    assert "anteckningar.txt" not in client.get(f"/material-folders/{cast.folder.id}").text
    client.sign_in(cast.coordinator)
    folder = f"/material-folders/{cast.folder.id}"
    assert "finns i mappen igen" in client.post(f"{here}/restorations", {}, folder).text
    client.sign_in(cast.other_representative)
    assert client.get(here).status == 200


def test_a_file_gets_another_name_and_day(client, make, cast):
    client.sign_in(cast.steering)
    here = f"/materials/{cast.material.id}"
    sent = {"title": "Ny titel", "not_before": "2026-01-01T08:00"}
    assert "Ny titel" in client.post(f"{here}/terms", sent, f"{here}/edit").text
    assert client.get(f"{here}/edit").form(f"{here}/terms")["not_before"] == "2026-01-01T08:00"
    assert client.post(f"{here}/terms", {"title": ""}, f"{here}/edit").status == 422
    late = client.post(f"{here}/terms", {"title": "Sent", "was": " anteckningar.txt"}, f"{here}/edit")
    assert (late.status, "har ändrats sedan" in late.text) == (409, True)
    assert late.form(f"{here}/terms")["title"] == "Sent"
    assert newest(make).title == "Ny titel"


def test_a_guest_lays_slides_into_the_guests_folder_while_let_in(client, make, cast, slides):
    client.sign_in(cast.guest)
    page = lay(client, slides, title="Mina bilder")
    assert "Mina bilder" in page.text
    assert "Gustav Ek (Institutet för prov)" in page.text
    mine, others = newest(make), make.material(slides, cast.steering)
    assert client.get(f"/materials/{mine.id}/edit").status == 200
    assert client.get(f"/materials/{others.id}/edit").status == 404
    assert client.get(f"/materials/{others.id}").status == 200
    assert client.post(f"/material-folders/{cast.folder.id}/materials", {"file": given()}).status == 404
    assert client.post(f"/material-folders/{slides.id}/names", {"name": "Mitt"}).status == 403
    elsewhere = make.folder(cast.old_meeting, "Andra bilder", "guests")
    assert client.post(f"/material-folders/{elsewhere.id}/materials", {"file": given()}).status == 404
    with make.session() as session:
        found = session.scalars(select(Admission).where(Admission.member_id == cast.guest.id)).one()
        found.ends_on = clock.today() - timedelta(days=1)
    assert client.get(f"/materials/{mine.id}").status == 404
    assert client.post(f"/material-folders/{slides.id}/materials", {"file": given()}).status == 404
    with make.session() as session:
        kept = session.scalars(select(MaterialVersion).where(MaterialVersion.material_id == mine.id)).all()
    assert len(kept) == 1


def test_a_member_lays_slides_there_too_and_nowhere_else(client, cast, slides):
    client.sign_in(cast.other_representative)
    assert lay(client, slides).status == 200
    assert client.post(f"/material-folders/{cast.folder.id}/materials", {"file": given()}).status == 403


def test_a_folder_costs_the_same_few_statements_however_full(client, make, cast, statements):
    client.sign_in(cast.other_representative)
    path = f"/meetings/{cast.meeting.slug}/materials"
    client.get(path)
    with statements() as few:
        client.get(path)
    for number in range(6):
        folder = make.folder(cast.meeting, f"Mapp {number}")
        make.material(folder, cast.steering, name=f"{number}.txt")
        make.material(folder, cast.representative, name=f"{number}b.txt")
    with statements() as many:
        client.get(path)
    assert len(many) == len(few)
