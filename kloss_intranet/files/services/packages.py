"""A look into the archives that office documents are: which kind, whole, not too large, without macros."""

import lzma
import re
import zipfile
import zlib
from typing import IO

from ...core.words import Refusal, text
from .kinds import DAMAGED, ODF, OOXML, Content

MOST_PARTS = 5_000
UNPACKED = 300_000_000
"""Bytes that a document may hold when it is unpacked."""
DESCRIPTION = 1_000_000
"""Bytes of the list of contents that are read."""

TOO_LARGE = text("Filen %(name)s blir för stor när den packas upp.")
MACROS = text("Filen %(name)s innehåller makron. Spara den utan makron och försök igen.")

RUNS = re.compile(r"vbaproject\.bin$|/activex/|/(?:intl)?macrosheets/|^basic/|^scripts/", re.IGNORECASE)
OUTSIDE = re.compile(r"^/|\\|(?:^|/)\.\.(?:/|$)")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def package(stream: IO[bytes], name: str) -> Content:
    """What kind of document the archive is, or a plain archive. Raises Refusal."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check(archive, name)
            content = _office(archive) or _open_document(archive) or Content("ZIP")
            if content.kinds and archive.testzip() is not None:
                raise Refusal(DAMAGED, field="files", name=name)
            if content.kinds and _has_macros(archive):
                raise Refusal(MACROS, field="files", name=name)
            return content
    except BROKEN:
        raise Refusal(DAMAGED, field="files", name=name) from None


def _check(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Refusal(TOO_LARGE, field="files", name=name)
    names = [part.filename for part in parts]
    is_locked = any(part.flag_bits & 1 for part in parts)
    # Two parts of one name are read differently by different programs.
    if is_locked or len(set(names)) < len(names) or any(OUTSIDE.search(one) for one in names):
        raise Refusal(DAMAGED, field="files", name=name)


def _has_macros(archive: zipfile.ZipFile) -> bool:
    return any(RUNS.search(part) for part in archive.namelist()) or "macroenabled" in _listed(archive).lower()


def _office(archive: zipfile.ZipFile) -> Content | None:
    listed = _listed(archive)
    for kind in OOXML:
        # With macros a document calls itself something else, and is told apart afterwards.
        family = kind.media_type.rpartition(".")[0].rpartition(".")[2]
        macro = {"wordprocessingml": "word.document", "spreadsheetml": "excel.sheet"}.get(
            family, "powerpoint.presentation"
        )
        if f"{kind.media_type}.main+xml" in listed or f"ms-{macro}.macroEnabled.main+xml" in listed:
            return Content(kind.name, (kind,))
    return None


def _open_document(archive: zipfile.ZipFile) -> Content | None:
    if "mimetype" not in archive.namelist():
        return None
    with archive.open("mimetype") as part:
        said = part.read(200).decode("ascii", "replace").strip()
    return next((Content(kind.name, (kind,)) for kind in ODF if kind.media_type == said), None)


def _listed(archive: zipfile.ZipFile) -> str:
    """The text of the list of contents that every Office document carries."""
    if "[Content_Types].xml" not in archive.namelist():
        return ""
    with archive.open("[Content_Types].xml") as part:
        return part.read(DESCRIPTION).decode("utf-8", "replace")
