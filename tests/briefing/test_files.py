"""Who gets the files, and how they are drawn: once for one tree, the long ones behind a page that waits."""

import os
import subprocess
import threading
import time
from datetime import UTC, datetime

import pytest

from kloss_intranet.briefing.services import drawing, keeping, typesetting
from kloss_intranet.briefing.services.keeping import Kept, Kind
from kloss_intranet.briefing.services.speech import line
from tests.briefing.reading import unpacked
from tests.briefing.ready import SECRET, document, here, publish, ready

AT = datetime(2027, 3, 3, 12, tzinfo=UTC)
JSON = {"Accept": "application/json"}


@pytest.fixture
def pens(monkeypatch):
    """Counts the drawings."""
    drawn = []

    def counting(kind, pen):
        def draw(*given):
            drawn.append(kind)
            return pen(*given)

        return draw

    counted = {kind: counting(kind, pen) for kind, pen in drawing.PENS.items()}
    monkeypatch.setattr(drawing, "PENS", counted)
    return drawn


@pytest.fixture
def long(monkeypatch):
    """Every document is long."""
    monkeypatch.setattr(drawing, "AT_ONCE", 10)


def wait_for(client, path):
    end = time.monotonic() + 30
    while client.get(path, headers=JSON).response.get_json()["ready"] is False:
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("ending", ["", ".pdf", ".docx"])
def test_members_read_it_and_nobody_else(make, cast, client, ending):
    path = f"{here(cast)}{ending}"
    seen = {}
    for who in ("representative", "steering", "convenor", "coordinator", "guest", "host", "former"):
        seen[who] = client.sign_in(getattr(cast, who)).get(path).status
    members = dict.fromkeys(("representative", "steering", "convenor", "coordinator"), 200)
    assert seen == members | {"guest": 403, "host": 403, "former": 404}
    assert client.another().get(path, follow=False).status == 303


def test_the_meetings_page_leads_members_there(make, cast, client):
    page = f"/meetings/{cast.meeting.slug}"
    ways = {here(cast), f"{here(cast)}.pdf", f"{here(cast)}.docx"}
    assert ways <= client.sign_in(cast.representative).get(page).links
    for who in (cast.guest, cast.host):
        assert not ways & client.sign_in(who).get(page).links


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_published_dossier_is_a_file_too(make, cast, client, ending):
    ready(make, cast)
    path = f"/questions/{cast.question.id}/dossier.{ending}"
    for who in (cast.representative, cast.coordinator):
        assert client.sign_in(who).get(path).status == 200
    for who in (cast.guest, cast.host, cast.former):
        assert client.sign_in(who).get(path).status == 404
    unpublished = make.question("Utan underlag")
    client.sign_in(cast.coordinator)
    assert client.get(f"/questions/{unpublished.id}/dossier.{ending}").status == 404


def test_a_former_member_reads_the_edition_of_their_time_alone(make, cast, client):
    made = publish(make, cast, cast.question, [])
    with make.session() as session:
        session.merge(made).published_at = datetime(2024, 5, 1, tzinfo=UTC)
    assert client.sign_in(cast.former).get(f"/questions/{cast.question.id}/dossier.pdf").status == 200


def test_the_file_is_to_be_saved_and_never_run(make, cast, client):
    client.sign_in(cast.representative)
    for ending in ("pdf", "docx"):
        headers = client.get(f"{here(cast)}.{ending}").response.headers
        assert headers["Content-Disposition"] == f"attachment; filename=klossnet-bjorko.{ending}"
        assert headers["Content-Security-Policy"].startswith("sandbox")
        assert headers["Cache-Control"] == "private, no-cache"


def test_the_same_tree_is_drawn_once(make, cast, client, pens):
    client.sign_in(cast.representative)
    for _ in range(3):
        client.get(f"{here(cast)}.pdf")
    client.sign_in(cast.steering).get(f"{here(cast)}.pdf")
    client.get(f"{here(cast)}.docx")
    assert pens == [Kind.PDF, Kind.DOCX]
    make.agenda_item(cast.meeting, "En punkt till")
    client.get(f"{here(cast)}.pdf")
    assert pens == [Kind.PDF, Kind.DOCX, Kind.PDF]


def test_another_language_is_another_file(make, cast, client, pens):
    client.sign_in(cast.representative).get(f"{here(cast)}.pdf")
    client.sign_in(cast.other_representative).get(f"{here(cast)}.pdf")
    assert pens == [Kind.PDF, Kind.PDF]


def test_a_long_one_is_waited_for_on_a_page(make, cast, client, pens, long):
    ready(make, cast)
    path = f"{here(cast)}.pdf"
    waiting = client.sign_in(cast.representative).get(path)
    assert waiting.status == 202
    assert "Filen görs i ordning" in waiting.text
    assert path in waiting.links
    (bar,) = waiting.root.all("progress")
    assert 0 <= int(bar.attrs["value"]) <= 95
    wait_for(client, path)
    assert client.get(path).response.mimetype == "application/pdf"
    assert pens == [Kind.PDF]


def test_one_that_fails_says_so_and_leads_to_the_page(make, cast, client, long, monkeypatch):
    def broken(*_):
        raise typesetting.NotDrawn(SECRET)

    monkeypatch.setattr(drawing, "PENS", {Kind.PDF: broken})
    path = f"{here(cast)}.pdf"
    client.sign_in(cast.representative).get(path)
    end = time.monotonic() + 10
    while not client.get(path, headers=JSON).response.get_json()["failed"]:
        assert time.monotonic() < end
        time.sleep(0.05)
    refused = client.get(path)
    assert refused.status == 503
    assert "Läs samma sak på sidan" in refused.text
    assert SECRET not in refused.text
    monkeypatch.setattr(drawing, "AT_ONCE", 10**9)
    monkeypatch.setattr(keeping, "DRAWING", keeping.DRAWING + 1)
    assert client.get(path).status == 503


def test_a_short_one_that_fails_is_not_drawn_for_each_who_asks(make, cast, client, monkeypatch):
    tried = []

    def broken(*_):
        tried.append(1)
        raise typesetting.NotDrawn(SECRET)

    monkeypatch.setattr(drawing, "PENS", {Kind.PDF: broken})
    client.sign_in(cast.representative)
    assert [client.get(f"{here(cast)}.pdf").status for _ in range(3)] == [503, 503, 503]
    assert tried == [1]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_search_for_a_word_finds_it_in_the_files(make, cast, client, ending):
    """So that the walk through every address would see a leak in them."""
    make.agenda_item(cast.meeting, "Wolframlampans kvarnstenar")
    content = client.sign_in(cast.representative).get(f"{here(cast)}.{ending}").response.get_data()
    assert b"Wolframlampan" not in content
    assert b"Wolframlampans" in unpacked(content)


def kept(tmp_path, words="Ord."):
    return Kept(tmp_path / "drawn", document(line(words)), Kind.PDF)


def test_two_processes_share_what_is_begun_and_drawn(tmp_path):
    first, second = kept(tmp_path), kept(tmp_path)
    assert first.begin()
    assert not second.begin()
    assert second.progress.share <= 95
    first.keep(b"%PDF-")
    assert second.is_there
    assert not kept(tmp_path, "Andra ord.").is_there


def test_what_a_dead_process_began_is_begun_again(tmp_path):
    kept(tmp_path).begin()
    (mark,) = (tmp_path / "drawn").glob("*.begun")
    long_ago = time.time() - keeping.ABANDONED - 1
    os.utime(mark, (long_ago, long_ago))
    assert kept(tmp_path).begin()
    kept(tmp_path).fail()
    assert kept(tmp_path).progress.has_failed
    assert not kept(tmp_path).begin()
    (failed,) = (tmp_path / "drawn").glob("*.failed")
    os.utime(failed, (long_ago, long_ago))
    assert kept(tmp_path).begin()


def test_files_are_thrown_away_after_a_day(tmp_path):
    old = kept(tmp_path)
    old.keep(b"%PDF-")
    yesterday = time.time() - 24 * 3600 - 1
    os.utime(old.file, (yesterday, yesterday))
    kept(tmp_path, "Nya ord.").keep(b"%PDF-")
    assert not old.is_there
    assert [path.stat().st_mode & 0o777 for path in (tmp_path, old.file.parent)][1] == 0o700


def test_none_is_abandoned_while_it_may_still_be_drawn(tmp_path, monkeypatch):
    clock = iter(range(0, 1000, 60))
    asked = []

    def refuse(*_, timeout, **__):
        asked.append(timeout)
        return subprocess.CompletedProcess([], 1, b"", b"no")

    monkeypatch.setattr(typesetting.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(typesetting.subprocess, "run", refuse)
    with pytest.raises(typesetting.NotDrawn):
        typesetting.pdf(document(), AT)
    # All tries end by the same time, and the mark stands for longer than that.
    assert asked == [typesetting.LONGEST - 60, typesetting.LONGEST - 120, 0.1]
    assert kept(tmp_path).begin()
    (mark,) = (tmp_path / "drawn").glob("*.begun")
    begun = time.time() - typesetting.LONGEST - 10
    os.utime(mark, (begun, begun))
    assert not kept(tmp_path).begin()


@pytest.mark.parametrize("at_once", [10**9, 10])
def test_two_who_ask_at_once_both_get_theirs_one_after_the_other(tmp_path, monkeypatch, at_once):
    drawing_now, most = [], []

    def slow(drawn, _):
        drawing_now.append(drawn)
        most.append(len(drawing_now))
        time.sleep(0.3)
        drawing_now.remove(drawn)
        return b"%PDF-" + drawn.title.encode()

    monkeypatch.setattr(drawing, "PENS", {Kind.PDF: slow})
    monkeypatch.setattr(drawing, "AT_ONCE", at_once)
    monkeypatch.setattr(drawing, "PATIENCE", 0.05)
    got = {}

    def ask(title):
        wanted = document(line("Ord och ord."), title=title)
        mine = Kept(tmp_path / "drawn", wanted, Kind.PDF)
        while not drawing.is_ready(mine, wanted, Kind.PDF, AT):
            time.sleep(0.02)
        got[title] = mine.file.read_bytes()

    asking = [threading.Thread(target=ask, args=(title,), daemon=True) for title in ("En", "Två", "Två")]
    for each in asking:
        each.start()
    for each in asking:
        each.join(timeout=20)
    assert got == {"En": b"%PDF-En", "Två": "%PDF-Två".encode()}
    assert most == [1, 1]


def test_one_without_end_is_not_begun(tmp_path, monkeypatch, pens):
    monkeypatch.setattr(drawing, "MOST", 10)
    wanted = document(line("Fler än tio tecken."))
    for kind in Kind:
        mine = Kept(tmp_path / "drawn", wanted, kind)
        with pytest.raises(typesetting.NotDrawn):
            drawing.is_ready(mine, wanted, kind, AT)
    assert pens == []


def test_progress_grows_with_time_and_is_never_whole(tmp_path):
    one = kept(tmp_path, "ord " * 200_000)
    one.begin()
    (mark,) = (tmp_path / "drawn").glob("*.begun")
    seen = []
    for seconds in (0, 5, 10, 100):
        then = time.time() - seconds
        os.utime(mark, (then, then))
        seen.append(one.progress.share)
    assert seen == sorted(seen)
    assert seen[0] < 20 < seen[1] < seen[2]
    assert seen[-1] == 95
