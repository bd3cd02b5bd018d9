"""Draws a document once: at once when it is short, else behind the page that tells how far it has come."""

import contextlib
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
MOST = 2_000_000
"""Characters, some four hundred pages: what is longer is read as a page. It also bounds the Word file, which
is written in this process, in time and memory that follow the length."""
PATIENCE = 3
"""Seconds that a short one waits for a drawing that is going on, before its reader waits on the page."""
_press = threading.Lock()
"""One drawing at a time in a process, which has others to answer meanwhile."""


def is_ready(kept: Kept, document: Document, kind: Kind, at: datetime) -> bool:
    """Whether the file is there when this returns; a long document is begun and left to itself.

    While another is drawn nothing is begun: the page that waits asks again. Raises NotDrawn where a short
    one cannot be drawn, or none so long.
    """
    if kept.is_there:
        return True
    if kept.length > MOST:
        raise typesetting.NotDrawn(f"longer than {MOST} characters")
    is_short = kept.length <= AT_ONCE
    if not _press.acquire(timeout=PATIENCE if is_short else 0):
        return False
    with contextlib.ExitStack() as held:
        held.callback(_press.release)
        # It may have come while we waited.
        if is_short:
            if not kept.is_there:
                _draw_now(kept, document, kind, at)
            return True
        if not kept.is_there and kept.begin():
            threading.Thread(target=_draw, args=(kept, document, kind, at), daemon=True).start()
            held.pop_all()  # the thread lets go of the press
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
        kept.keep(PENS[kind](document, at))
    except Exception:
        log.exception("a document could not be drawn")
        kept.fail()
    finally:
        _press.release()
