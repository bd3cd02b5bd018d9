"""Files already drawn, kept in the instance folder under all that they were drawn from; a day, then gone.

A file is only ever found by drawing the same tree again, so what has been taken out of a tree since is out
of reach at once. The folder also says what is being drawn, for every process alike.
"""

import contextlib
import hashlib
import json
import os
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ...files.services.keeping import sweep_passing
from ..models import Document, as_data
from .typesetting import LONGEST, LOOK

DRAWING = 1
"""Raised when the same tree is drawn otherwise than before."""
ABANDONED = LONGEST + 30
"""Seconds after which a drawing that was begun is taken to have ended with its process: it would be done by
now, and written down."""
PER_SECOND = 60_000
"""Characters drawn in a second, as a promise that is easy to keep."""


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True)
class Progress:
    """How far a drawing has come; `share` is of a hundred, reckoned from how long such a drawing takes."""

    share: int
    has_failed: bool = False


class Kept:
    """One document in one kind: its file, and the marks that it is being drawn or could not be."""

    def __init__(self, folder: Path, document: Document, kind: Kind) -> None:
        told = json.dumps([DRAWING, kind, LOOK.read_text("utf-8"), as_data(document)])
        name = hashlib.sha256(told.encode()).hexdigest()
        self.length = len(json.dumps(as_data(document.blocks), ensure_ascii=False))
        self.file, self._begun = folder / f"{name}.{kind}", folder / f"{name}.{kind}.begun"
        self._failed = folder / f"{name}.{kind}.failed"

    @property
    def is_there(self) -> bool:
        return self.file.is_file()

    def begin(self) -> bool:
        """Whether the caller is the one to draw; everybody else waits."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (_age(self._failed) or 0) > ABANDONED:
            self._failed.unlink(missing_ok=True)
        if (_age(self._begun) or 0) > ABANDONED:
            self._begun.unlink(missing_ok=True)
        if self._failed.exists():
            return False
        try:
            os.close(os.open(self._begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        return True

    def keep(self, content: bytes) -> None:
        """Put the file there whole, and throw away those whose day is over."""
        folder = self.file.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f"{self.file.name}.{os.getpid()}.part"
        part.write_bytes(content)
        part.replace(self.file)
        self._begun.unlink(missing_ok=True)
        sweep_passing(folder)

    @property
    def has_failed(self) -> bool:
        """It could not be drawn a moment ago, and would only take as long once more."""
        age = _age(self._failed)
        return age is not None and age <= ABANDONED

    def fail(self) -> None:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._failed.touch(mode=0o600)
        self._begun.unlink(missing_ok=True)

    @property
    def progress(self) -> Progress:
        if self.has_failed:
            return Progress(0, has_failed=True)
        wanted = self.length / PER_SECOND
        return Progress(min(95, round(100 * (_age(self._begun) or 0) / wanted)))


def _age(path: Path) -> float | None:
    """Seconds since the file was written; None when there is none."""
    with contextlib.suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime
    return None
