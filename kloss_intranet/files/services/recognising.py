"""What a file is: told by its content, and held against the ending of its name."""

import re
import zipfile
from typing import IO

import filetype

from ...core.words import Refusal, text
from .kinds import DAMAGED, KINDS, PDF, PICTURES, TEXTS, Content, Kind
from .names import ending_of
from .packages import package

NOT_TAKEN = text("Filen %(name)s innehåller %(content)s, och sådana filer går inte att bifoga.")
UNKNOWN = text("Det går inte att se vad filen %(name)s innehåller. Det går att bifoga %(kinds)s.")
NOT_UTF8 = text("Texten i %(name)s är inte UTF-8. Spara den som UTF-8 (i Excel: CSV UTF-8) och försök igen.")
DIFFERS = text("Filen heter %(name)s, men innehållet är %(content)s. Namnet behöver sluta på %(endings)s.")

# A browser that guesses would draw these; a text that holds one is not taken as a text.
MARKUP = re.compile(
    r"<\s*(?:!doctype\b|\?xml\b|\?php\b|/?\s*(?:html|head|body|script|style|svg|iframe|object|embed|form|img|"
    r"link|meta|base|math|template)\b)",
    re.IGNORECASE,
)
UNTYPED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
TAIL = 2048
"""Bytes at the end of a PDF within which its last mark stands."""


def kind_of(stream: IO[bytes], name: str) -> Kind:
    """What `stream` holds. Raises Refusal when that is not taken, is broken, or is not what `name` says."""
    content = _recognised(stream)
    if content.name == "ZIP":
        content = package(stream, name)
    if content.kinds == (PDF,):
        _check_pdf(stream, name)
    ending = ending_of(name)
    for kind in content.kinds:
        if ending in kind.endings:
            return kind
    raise _refusal(content, name, ending)


def _recognised(stream: IO[bytes]) -> Content:
    stream.seek(0)
    head = stream.read(8192)
    guess = filetype.guess(head)
    media_type = guess.mime if guess else ""
    if head.startswith(b"PK\x03\x04"):
        return Content("ZIP")
    if head.startswith(b"%PDF-"):
        return Content("PDF", (PDF,))
    for kind in PICTURES:
        if media_type == kind.media_type:
            return Content(kind.name, (kind,))
    stream.seek(0)
    return _text(stream.read()) or Content(guess.extension.upper() if guess else "")


def _text(content: bytes) -> Content | None:
    """What a text holds, or None when it is no text in UTF-8."""
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if UNTYPED.search(said):
        return None
    if MARKUP.search(said):
        return Content("SVG" if "<svg" in said.lower() else "HTML")
    return Content("Shell") if said.startswith("#!") else Content("TXT", TEXTS)


def _check_pdf(stream: IO[bytes], name: str) -> None:
    """A PDF ends as one does, and is no archive to those who read from the end."""
    size = stream.seek(0, 2)
    stream.seek(max(size - TAIL, 0))
    if b"%%EOF" not in stream.read() or zipfile.is_zipfile(stream):
        raise Refusal(DAMAGED, field="files", name=name)


def _refusal(content: Content, name: str, ending: str) -> Refusal:
    if content.kinds:
        endings = ", ".join(f".{one}" for kind in content.kinds for one in kind.endings)
        return Refusal(DIFFERS, field="files", name=name, content=content.name, endings=endings)
    if content.name:
        return Refusal(NOT_TAKEN, field="files", name=name, content=content.name)
    if any(ending in kind.endings for kind in TEXTS):
        return Refusal(NOT_UTF8, field="files", name=name)
    return Refusal(UNKNOWN, field="files", name=name, kinds=", ".join(kind.name for kind in KINDS))
