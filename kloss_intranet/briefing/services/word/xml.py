"""The few elements that the words of a Word file are made of."""

import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# What may not stand in XML at all.
IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, /, **attributes: str | int) -> Any:
    """`element("w:lang", val="sv-SE")`; attributes are of Word's own kind."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def possible(text: str) -> str:
    return IMPOSSIBLE.sub("", text)


def paragraph(style: str | None, *parts: Any) -> Any:
    made = element("w:p")
    if style:
        look = element("w:pPr")
        look.append(element("w:pStyle", val=style))
        made.append(look)
    made.extend(list(parts))
    return made


def run(text: str, *, style: str | None = None, strong: bool = False, em: bool = False) -> Any:
    """Words with the same look; a line's end is a run of its own."""
    made, look = element("w:r"), element("w:rPr")
    if style:
        look.append(element("w:rStyle", val=style))
    look.extend([element(name) for name, wanted in (("w:b", strong), ("w:i", em)) if wanted])
    if len(look):
        made.append(look)
    if text == "\n":
        made.append(element("w:br"))
        return made
    words = element("w:t")
    words.text = possible(text)
    words.set(qn("xml:space"), "preserve")
    made.append(words)
    return made


def link(part: Any, href: str, inside: Any) -> Any:
    """A link around `inside`: to a bookmark for `#name`, else out of the file that `part` belongs to."""
    if href.startswith("#"):
        made = element("w:hyperlink", anchor=bookmark(href[1:]))
    else:
        made = element("w:hyperlink")
        made.set(qn("r:id"), part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    made.append(inside)
    return made


def bookmark(anchor: str) -> str:
    """A name that Word takes: letters, digits and low lines, and not too long."""
    return "b_" + anchor.replace("-", "_")[:38]
