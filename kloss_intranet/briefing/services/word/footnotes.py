"""Real footnotes of a Word file: a part of its own, which python-docx does not write."""

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ...models import Document, Note
from .xml import element, link, run

NAME = PackURI("/word/footnotes.xml")
# Word wants the lines above footnotes as the first two of them.
LINES = (("-1", "separator", "w:separator"), ("0", "continuationSeparator", "w:continuationSeparator"))


def add_footnotes(file: Any, document: Document) -> None:
    """Write the notes into `file`; each is called for from the text by `reference`."""
    root: Any = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
    part = XmlPart(NAME, CONTENT_TYPE.WML_FOOTNOTES, root, file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for number, kind, name in LINES:
        note = element("w:footnote", type=kind, id=number)
        paragraph, held = element("w:p"), element("w:r")
        held.append(element(name))
        paragraph.append(held)
        note.append(paragraph)
        root.append(note)
    for each in document.notes:
        root.append(_note(part, each))


def _note(part: Any, note: Note) -> Any:
    made = element("w:footnote", id=note.number)
    paragraph, look = element("w:p"), element("w:pPr")
    look.append(element("w:pStyle", val="FootnoteText"))
    paragraph.append(look)
    paragraph.append(_mark(element("w:footnoteRef")))
    paragraph.append(run(" "))
    for each in note.runs:
        said = run(each.text, style="Hyperlink" if each.href else None)
        paragraph.append(link(part, each.href, said) if each.href else said)
    made.append(paragraph)
    return made


def reference(number: int) -> Any:
    """The raised number in the text."""
    return _mark(element("w:footnoteReference", id=number))


def _mark(inside: Any) -> Any:
    made, look = element("w:r"), element("w:rPr")
    look.append(element("w:rStyle", val="FootnoteReference"))
    made.append(look)
    made.append(inside)
    return made
