"""Draws a document once: at once when it is short, else behind the page that tells how far it has come."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from ..models import Document
from . import typesetting, word
from .keeping import Kept, Kind

log = logging.getLogger(__name__)
AT_ONCE = 400_000
"""Characters of the tree, some eighty pages: what is longer is not waited for."""
PENS: dict[Kind, Callable[[Document, datetime], bytes]] = {Kind.PDF: typesetting.pdf, Kind.DOCX: word.docx}
_short, _long = threading.Lock(), threading.Lock()
"""One drawing of each length at a time in a process, which has others to answer meanwhile."""


def is_ready(kept: Kept, document: Document, kind: Kind, at: datetime) -> bool:
    """Whether the file is there when this returns; a long document is begun and left to itself.

    Raises NotDrawn where a short one cannot be drawn.
    """
    if kept.is_there:
        return True
    if kept.length <= AT_ONCE:
        with _short:
            if not kept.is_there:
                _draw_now(kept, document, kind, at)
        return True
    if kept.begin():
        threading.Thread(target=_draw, args=(kept, document, kind, at), daemon=True).start()
    return False


def _draw_now(kept: Kept, document: Document, kind: Kind, at: datetime) -> None:
    if kept.has_failed:
        raise typesetting.NotDrawn("it could not be drawn a moment ago")
    try:
        kept.keep(PENS[kind](document, at))
    except typesetting.NotDrawn:
        kept.fail()
        raise


def _draw(kept: Kept, document: Document, kind: Kind, at: datetime) -> None:
    try:
        with _long:
            kept.keep(PENS[kind](document, at))
    except Exception:
        log.exception("a document could not be drawn")
        kept.fail()
