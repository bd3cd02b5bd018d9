"""A document as PDF: tagged for readers that hear it (PDF/UA-1), and fit to be kept (PDF/A-3a)."""

import json
import os
import re
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from ..models import Document, as_data

LOOK, PRESS = (Path(__file__).with_name(name) for name in ("document.typ", "press.py"))
LONGEST = 150
"""Seconds that a drawing may take, all its tries together."""
LARGEST = 2 << 30
"""Bytes that the press may hold; the longest document that is drawn needs a third of it."""
PROCESSORS = 2
MISSING = "□"
"""Stands for a character that the fonts in the PDF do not have."""
# What is told of a character that cannot be drawn: `the text "…" could not be displayed`, and one from the
# private area, which has no meaning that could be kept.
UNDRAWN = re.compile(r'the text `"(.+?)"` could not|the codepoint `"(.+?)"`')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
UNUSUAL = re.compile("[^\n -~\u00a0-\u017f\u2010-\u2026\u2030-\u203a" + MISSING + "]")


class NotDrawn(Exception):
    """The PDF could not be made; the message is the typesetter's."""


class _Undrawn(Exception):
    """The typesetter refused; the message is its diagnostic."""


def pdf(document: Document, at: datetime) -> bytes:
    """The document as PDF, dated `at`; characters without a glyph become MISSING. Raises NotDrawn."""
    data = json.dumps(as_data(document), ensure_ascii=False)
    end = time.monotonic() + LONGEST
    try:
        return _drawn(data, at, end)
    except _Undrawn as refused:
        kept = _without(data, _named(str(refused)))
    try:
        return _drawn(kept, at, end)
    except _Undrawn:
        # Whatever it was, nothing but plain letters and nothing held together can be drawn.
        kept = UNUSUAL.sub(MISSING, data)
    try:
        return _drawn(kept, at, end, is_loose=True)
    except _Undrawn as refused:
        raise NotDrawn(str(refused)) from refused


def _drawn(data: str, at: datetime, end: float, *, is_loose: bool = False) -> bytes:
    words = json.loads(data) | {"loose": is_loose}
    bounds = {"seconds": LONGEST, "bytes": LARGEST}
    asked = {"look": str(LOOK), "at": int(at.timestamp()), "document": words, "bounds": bounds}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and what members wrote goes in as data
            [sys.executable, "-I", str(PRESS)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            check=False,
            timeout=max(0.1, end - time.monotonic()),
            env=os.environ | {"RAYON_NUM_THREADS": str(PROCESSORS)},
        )
    except subprocess.TimeoutExpired as late:
        raise NotDrawn(f"not done in {LONGEST} seconds") from late
    if done.returncode == 1:
        raise _Undrawn(done.stderr.decode(errors="replace"))
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotDrawn(f"the press ended with {done.returncode}")
    return done.stdout


def _named(diagnostic: str) -> set[str]:
    """The characters that a diagnostic says cannot be drawn; never a common letter beside one."""
    told = "".join(first or second for first, second in UNDRAWN.findall(diagnostic))
    plain = ESCAPE.sub(lambda found: chr(int(found[1], 16)), told)
    return set(UNUSUAL.findall(plain))


def _without(data: str, characters: set[str]) -> str:
    return data.translate(dict.fromkeys(map(ord, characters), MISSING))
