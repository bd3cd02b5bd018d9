"""Who reads a folder can be changed after a look at whom it concerns, and an empty folder taken away."""

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.materials.models import Folder, Readers
from tests.materials.test_files import lay


def change(client, folder, to, **data):
    """Choose `to`, and agree to what it comes to."""
    here = f"/material-folders/{folder.id}/readers"
    return client.post(here, data, f"{here}?readers={to}")


def readers_of(make, folder):
    with make.session() as session:
        return session.get(Folder, folder.id).readers


@pytest.mark.any_database
def test_a_folder_is_opened_with_all_that_lies_in_it(client, make, cast):
    folder = make.folder(cast.meeting, "Lokaler", "steering")
    paper = make.material(folder, cast.steering, name="lokaler.txt")
    here, at = f"/material-folders/{folder.id}", f"/materials/{paper.id}"
    for who in (cast.guest, cast.representative):
        assert client.sign_in(who).get(at).status == 404
    client.sign_in(cast.coordinator)
    asked = client.get(f"{here}/readers?readers=guests")
    for said in ("Alla i nätverket", "Träffens gäster", "1 fil följer med"):
        assert said in asked.text
    assert readers_of(make, folder) is Readers.STEERING
    assert "Mappen läses nu av" in change(client, folder, "guests").text
    for who in (cast.guest, cast.host, cast.representative):
        assert client.sign_in(who).get(here).status == client.get(at).status == 200
    with make.session() as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.act == "folder:readers")).one()
        assert found.details == {"before": {"readers": "steering"}, "after": {"readers": "guests"}}


@pytest.mark.any_database
def test_a_narrowed_folder_is_closed_at_once_to_those_who_lose_it(client, make, cast):
    folder = make.folder(cast.meeting, "Bilder", "guests")
    lay(client.sign_in(cast.guest), folder, title="Mina bilder")
    paper = make.material(folder, cast.steering)
    client.sign_in(cast.coordinator)
    asked = client.get(f"/material-folders/{folder.id}/readers?readers=steering")
    for said in ("Träffens gäster ser inte längre", "utanför styrgruppen", "2 filer"):
        assert said in asked.text
    change(client, folder, "members")
    assert client.sign_in(cast.guest).get(f"/materials/{paper.id}").status == 404
    assert "Mina bilder" not in client.get(f"/meetings/{cast.meeting.slug}/materials").text
    assert client.sign_in(cast.representative).get(f"/materials/{paper.id}").status == 200
    change(client.sign_in(cast.steering), folder, "steering")
    for who in (cast.representative, cast.host, cast.guest):
        assert client.sign_in(who).get(f"/materials/{paper.id}").status == 404
        assert client.get(f"/material-folders/{folder.id}").status == 404


@pytest.mark.any_database
def test_what_somebody_else_changed_meanwhile_is_not_changed_unseen(client, make, cast):
    here = f"/material-folders/{cast.folder.id}/readers"
    client.sign_in(cast.coordinator)
    late = client.get(f"{here}?readers=guests").form(here)
    change(client.another().sign_in(cast.steering), cast.folder, "steering")
    refused = client.post(here, late)
    assert (refused.status, "Någon annan har ändrat" in refused.text) == (409, True)
    assert "Bara styrgruppen" in refused.text
    assert readers_of(make, cast.folder) is Readers.STEERING
    assert client.post(here, refused.form(here)).status == 200
    assert readers_of(make, cast.folder) is Readers.GUESTS


def test_a_name_that_is_taken_among_the_new_readers_is_refused(client, make, cast):
    folder = make.folder(cast.meeting, "Underlag", "steering")
    refused = change(client.sign_in(cast.steering), folder, "members")
    assert (refused.status, "Det finns redan en mapp" in refused.text) == (409, True)
    assert readers_of(make, folder) is Readers.STEERING


def test_a_host_opens_a_folder_but_hides_none(client, make, cast):
    client.sign_in(cast.host)
    here = f"/material-folders/{cast.folder.id}/readers"
    assert "Bara styrgruppen" not in client.get(f"{here}?readers=steering").text
    assert client.post(here, {"readers": "steering", "was": "members"}).status == 422
    assert client.post(here, {"readers": "nobody", "was": "members"}).status == 422
    assert readers_of(make, cast.folder) is Readers.MEMBERS
    assert change(client, cast.folder, "guests").status == 200


@pytest.mark.any_database
def test_an_empty_folder_is_removed(client, make, cast):
    folder = make.folder(cast.meeting, "Ingenting")
    here = f"/material-folders/{folder.id}"
    client.sign_in(cast.host)
    assert f"{here}/remove" in client.get(here).links
    page = client.post(f"{here}/removals", {}, f"{here}/remove")
    assert (page.path, "Mappen är borttagen." in page.text) == (
        f"/meetings/{cast.meeting.slug}/materials",
        True,
    )
    assert client.get(here).status == client.post(f"{here}/removals").status == 404
    with make.session() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
    assert acts.count("folder:remove") == 1


@pytest.mark.any_database
def test_a_folder_with_something_in_it_stays(client, make, cast):
    folder = make.folder(cast.meeting, "En fil")
    make.material(folder, cast.steering, withdrawn_at=clock.now())
    here = f"/material-folders/{folder.id}"
    client.sign_in(cast.coordinator)
    assert f"{here}/remove" not in client.get(here).links
    assert "inte tom" in client.get(f"{here}/remove").text
    refused = client.post(f"{here}/removals")
    assert (refused.status, "inte tom" in refused.text) == (409, True)
    assert client.get(here).status == 200


def test_who_only_reads_changes_nothing(client, make, cast):
    here = f"/material-folders/{make.folder(cast.meeting, 'Tom', 'guests').id}"
    for who in (cast.guest, cast.other_representative):
        client.sign_in(who)
        assert client.get(here).status == 200
        assert client.post(f"{here}/readers", {"readers": "members", "was": "guests"}).status == 403
        assert client.post(f"{here}/removals").status == 403
        assert not {f"{here}/readers", f"{here}/remove"} & {*client.get(here).links}


def test_a_full_folder_costs_the_same_few_statements(client, make, cast, statements):
    client.sign_in(cast.coordinator)
    pages = [f"/material-folders/{cast.folder.id}{part}" for part in ("", "/readers?readers=guests")]
    pages.append(f"/meetings/{cast.meeting.slug}")
    counts = []
    for _ in range(2):
        for page in pages:
            client.get(page)
        with statements() as sent:
            for page in pages:
                client.get(page)
        counts.append(len(sent))
        for number in range(4):
            make.material(cast.folder, cast.steering, name=f"{number}.txt")
            make.material(make.folder(cast.meeting, f"Mapp {number}"), cast.representative)
    assert counts[0] == counts[1]
