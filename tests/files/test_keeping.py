"""Each content lies once, closed to others, under a name of its own making."""

import hashlib
import io
import os
import stat
import threading
import time

import pytest
from sqlalchemy import func, select

from kloss_intranet.core.db import db
from kloss_intranet.core.words import Refusal
from kloss_intranet.files.models import StoredFile
from kloss_intranet.files.services import keeping
from tests import samples


@pytest.fixture
def folder(app):
    return app.config["SETTINGS"].files


def store(content, name, folder):
    return keeping.store(io.BytesIO(content), name, folder)


def laid(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.any_database
def test_a_file_lies_under_its_digest(make, folder):
    with make.session():
        row = store(samples.PDF, "a.pdf", folder)
        assert (row.digest, row.size) == (hashlib.sha256(samples.PDF).hexdigest(), len(samples.PDF))
        assert (row.media_type, row.width) == ("application/pdf", None)
        picture = store(samples.photo(), "bild.jpg", folder)
        assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 30, 40)
    place = keeping.place_of(row.digest, folder)
    assert laid(folder) == sorted([place, keeping.place_of(picture.digest, folder)])
    assert place.relative_to(folder).as_posix() == f"{row.digest[:2]}/{row.digest}"
    assert place.read_bytes() == samples.PDF
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, place.parent)} == {0o700}
    assert samples.PLACE not in keeping.place_of(picture.digest, folder).read_bytes()


@pytest.mark.any_database
def test_the_same_content_is_kept_once(make, folder):
    with make.session() as session:
        first = store(samples.TEXT, "a.txt", folder).id
        place = laid(folder)[0]
        place.write_bytes(b"damaged")
        assert store(samples.TEXT, "b.txt", folder).id == first
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 1
    assert [path.read_bytes() for path in laid(folder)] == [samples.TEXT]


@pytest.mark.any_database
def test_two_who_keep_the_same_at_once_share_it(app, make, folder):
    both, found, faults = threading.Barrier(2), [], []
    known = keeping.queries.stored

    def keep():
        try:
            with make.session():
                found.append(store(samples.TEXT, "a.txt", folder).id)
        except Exception as fault:
            faults.append(fault)

    def late(digest):
        """Both look before either has written, where the database lets them."""
        answer = known(digest)
        if db.engine.dialect.name == "postgresql" and answer is None:
            both.wait(timeout=10)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping.queries, "stored", late)
        writers = [threading.Thread(target=keep) for _ in range(2)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(timeout=20)
    assert faults == []
    assert len(found) == 2
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.txt", b"", "tom"), ("a.txt", b"x" * 20_000_001, "högst 20 MB"), ("a.pdf", samples.HTML, "HTML")],
)
def test_what_is_refused_leaves_nothing(make, folder, name, content, said):
    with make.session() as session:
        with pytest.raises(Refusal) as refused:
            store(content, name, folder)
        assert said in refused.value.sentence % refused.value.values
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert not folder.exists()


def test_a_disk_that_fails_leaves_nothing(make, folder, monkeypatch):
    monkeypatch.setattr(keeping.os, "fsync", fails)
    with make.session(), pytest.raises(OSError, match="full"):
        store(samples.TEXT, "a.txt", folder)
    assert laid(folder) == []


def fails(descriptor):
    raise OSError("the disk is full")


@pytest.mark.any_database
def test_what_a_failed_request_left_is_swept_a_day_later(app, make, folder):
    with make.session():
        kept = store(samples.TEXT, "a.txt", folder).digest
    with app.app_context():
        lost = keeping.place_of(store(samples.PDF, "a.pdf", folder).digest, folder)
        db.session.rollback()
    torn = folder / "incoming-1"
    torn.write_bytes(b"half")
    with app.app_context():
        assert keeping.sweep(folder) == 0
    for path in laid(folder):
        os.utime(path, (time.time() - 90_000,) * 2)
    with app.app_context():
        assert keeping.sweep(folder) == 2
    assert laid(folder) == [keeping.place_of(kept, folder)]
    assert not lost.exists()


def test_the_command_says_what_it_removed(app, folder):
    from kloss_intranet.files.cli import sweep_files

    torn, drawn = folder / "incoming-1", app.config["SETTINGS"].drawn
    old, new = drawn / "old.pdf", drawn / "new.pdf"
    for path in (torn, old, new):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    for path in (torn, old):
        os.utime(path, (0, 0))
    answer = app.test_cli_runner().invoke(sweep_files)
    assert answer.output == "files: 1 removed\ndrawn: 1 removed\n"
    assert [path.exists() for path in (torn, old, new)] == [False, False, True]
