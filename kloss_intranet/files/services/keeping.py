"""Keeping files: each content once, under its own digest, outside everything the web serves."""

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from sqlalchemy.exc import IntegrityError

from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from .. import queries
from ..models import StoredFile
from .pictures import redrawn
from .recognising import kind_of

LARGEST = 20_000_000
"""Bytes in a file, as it comes."""
MEGABYTE = 1_000_000
DAY = 24 * 3600
INCOMING = "incoming-"

EMPTY = text("Filen %(name)s är tom.")
TOO_LARGE = text("Filen %(name)s är för stor: %(size)d MB. En fil får vara högst %(most)d MB.")


def store(stream: IO[bytes], name: str, folder: Path) -> StoredFile:
    """Keep the content of `stream` in `folder`; `name` is a tidy one. Raises Refusal.

    The file stays when the transaction does not: `sweep` takes it away a day later.
    """
    size = stream.seek(0, os.SEEK_END)
    if size == 0:
        raise Refusal(EMPTY, field="files", name=name)
    if size > LARGEST:
        most = LARGEST // MEGABYTE
        raise Refusal(TOO_LARGE, field="files", name=name, size=-(-size // MEGABYTE), most=most)
    kind = kind_of(stream, name)
    picture = redrawn(stream, kind, name) if kind.is_picture else None
    digest, size = _lay(picture.stream if picture else stream, folder)
    return queries.stored(digest) or _noted(
        StoredFile(
            digest=digest,
            size=size,
            media_type=kind.media_type,
            width=picture.width if picture else None,
            height=picture.height if picture else None,
            stored_at=clock.now(),
        )
    )


def place_of(digest: str, folder: Path) -> Path:
    """Where the content with this digest lies."""
    return folder / digest[:2] / digest


def sweep(folder: Path) -> int:
    """Remove what has lain for a day without a row that knows it; the number removed."""
    before = time.time() - DAY
    old = [path for path in _laid(folder) if path.stat().st_mtime < before]
    known = queries.known({path.name for path in old})
    lost = [path for path in old if path.name not in known]
    # Kept anew while we asked, it is somebody's again.
    removed = [path for path in lost if path.stat().st_mtime < before]
    for path in removed:
        path.unlink()
    return len(removed)


def sweep_passing(folder: Path) -> int:
    """Remove all that was written into `folder` more than a day ago; the number removed."""
    before = time.time() - DAY
    removed = 0
    for path in folder.glob("*"):
        with contextlib.suppress(FileNotFoundError):  # somebody else sweeps as well
            if path.stat().st_mtime < before:
                path.unlink()
                removed += 1
    return removed


def _laid(folder: Path) -> Iterator[Path]:
    yield from folder.glob(f"{INCOMING}*")
    yield from (path for path in folder.glob("??/*") if path.is_file())


def _lay(stream: IO[bytes], folder: Path) -> tuple[str, int]:
    """Write under a passing name, make sure of it, and give it its own; digest and size of what was kept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    passing = folder / f"{INCOMING}{secrets.token_hex(16)}"
    digest = hashlib.sha256()
    stream.seek(0)
    try:
        descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            while part := stream.read(1 << 16):
                digest.update(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        place = place_of(digest.hexdigest(), folder)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        # Over an older copy too: that makes it new, and whole if it had been damaged.
        passing.replace(place)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            passing.unlink()
        raise
    for parent in (place.parent, folder):
        _settle(parent)
    return digest.hexdigest(), size


def _settle(folder: Path) -> None:
    """Make sure that the names in `folder` outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _noted(row: StoredFile) -> StoredFile:
    """The row, or the one that somebody else has noted for the same content meanwhile."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        known = queries.stored(row.digest)
        if known is None:
            raise
        return known
    return row
