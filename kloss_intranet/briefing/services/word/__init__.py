"""A document as a Word file."""

from datetime import datetime

from ...models import Document


def docx(document: Document, at: datetime) -> bytes:
    """The document as a Word file, dated `at`."""
    # Most server processes never write one, and what it takes to do so holds nine mebibytes.
    from .writing import docx as write  # noqa: PLC0415

    return write(document, at)
