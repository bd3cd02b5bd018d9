"""Draws a document's tree block by block; python-docx keeps the file, its styles and its parts."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from docx.api import Document as File

from ...models import Block, Document, Facts, Heading, Listing, Manner, Paragraph, Quotation, Runs, Table
from . import tables
from .footnotes import add_footnotes, reference
from .look import LINE, dress
from .xml import bookmark, element, link, paragraph, possible, run

STYLES = {Manner.PLAIN: None, Manner.LEAD: "Lead", Manner.QUIET: "Quiet", Manner.LABEL: "Label"}
Place = Callable[[Any], Any]
"""Where the next paragraph goes."""


def docx(document: Document, at: datetime) -> bytes:
    """The document as a Word file, dated `at`."""
    writer = _Writer(document, at)
    for block in document.opening:
        writer.block(block)
    if document.contents:
        writer.contents()
    for block in document.rest:
        writer.block(block)
    add_footnotes(writer.file, document)
    kept = io.BytesIO()
    writer.file.save(kept)
    return kept.getvalue()


class _Writer:
    def __init__(self, document: Document, at: datetime) -> None:
        self.document, self.file, self.marks = document, File(), 0
        dress(self.file, document.language)
        # The last element of the body describes the page; all else goes before it.
        self.body: Place = self.file.element.body[-1].addprevious
        told = self.file.core_properties
        told.title, told.author, told.subject = possible(document.title)[:255], "KLOSSnet", document.kind
        told.language, told.comments = document.language, ""
        told.created = told.modified = at.replace(tzinfo=None, microsecond=0)
        self.body(paragraph("Quiet", run(f"KLOSSnet · {document.kind}")))
        self.body(paragraph("Title", run(document.title)))
        if document.subtitle:
            self.body(paragraph("Subtitle", run(document.subtitle)))

    def contents(self) -> None:
        """Links to the headings; a field of Word's own would ask its reader for leave to fill itself."""
        self.body(paragraph("Label", run(self.document.contents)))
        for heading in self.document.headings:
            said = run(heading.text, style="Hyperlink")
            entry = link(self.file.part, f"#{heading.anchor}", said)
            self.body(paragraph(f"Contents{heading.level}", entry))

    def block(self, block: Block, style: str | None = None) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self.body(paragraph(STYLES[block.manner] or style, *self._runs(block.runs)))
        elif isinstance(block, Listing):
            self._listing(block)
        elif isinstance(block, Quotation):
            self._quotation(block)
        elif isinstance(block, Facts):
            self._facts(block)
        else:
            self._table(block)

    def _heading(self, heading: Heading) -> None:
        self.marks += 1
        start = element("w:bookmarkStart", id=self.marks, name=bookmark(heading.anchor))
        end = element("w:bookmarkEnd", id=self.marks)
        self.body(paragraph(f"Heading{heading.level}", start, run(heading.text), end))

    def _runs(self, runs: Runs) -> list[Any]:
        made = []
        for each in runs:
            said = run(each.text, style="Hyperlink" if each.href else None, strong=each.strong, em=each.em)
            made.append(link(self.file.part, each.href, said) if each.href else said)
            if each.note is not None:
                made.append(reference(each.note))
        return made

    def _listing(self, listing: Listing) -> None:
        for item in listing.items:
            for block in item:
                self.block(block, "ListNumber" if listing.is_numbered else "ListBullet")

    def _quotation(self, quotation: Quotation) -> None:
        for block in quotation.blocks:
            self.block(block, "Quote")
        if quotation.signature:
            self.body(paragraph("Signature", *self._runs(quotation.signature)))

    def _facts(self, facts: Facts) -> None:
        for term, told in facts.rows:
            made = [run(term, strong=True), element("w:r")]
            made[1].append(element("w:tab"))
            for number, each in enumerate(told):
                made += [run("\n"), *self._runs(each.runs)] if number else self._runs(each.runs)
            self.body(paragraph("Fact", *made))

    def _table(self, table: Table) -> None:
        rows = [
            [[paragraph(f"Cell{part.manner}", *self._runs(part.runs)) for part in cell] for cell in row]
            for row in table.rows
        ]
        head = [[paragraph("Celllabel", run(words))] for words in table.head]
        self.body(tables.table(head, rows, tables.columns(table.widths, table.longest, LINE)))
        self.body(paragraph("Cellplain"))
