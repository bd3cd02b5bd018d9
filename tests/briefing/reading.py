"""Reads a PDF as a screen reader does: its tree of tags with the words and links under each."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

import pikepdf


@dataclass
class Tag:
    """A node of the structure tree; `words` is all text below it in the order of the tree."""

    kind: str
    attributes: dict[str, Any] = field(default_factory=dict)
    parts: "list[Tag | str]" = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(part if isinstance(part, str) else part.words for part in self.parts)

    def all(self, *kinds: str) -> "list[Tag]":
        found = []
        for part in self.parts:
            if isinstance(part, Tag):
                found += [part] if part.kind in kinds or not kinds else []
                found += part.all(*kinds)
        return found


class Reading:
    """`root` is the tree; `pdf` the file itself."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.marked = {page.objgen: _marked(page) for page in self.pdf.pages}
        self.root = Tag("Root")
        self._read(self.pdf.Root.StructTreeRoot.K, self.root, None)

    def _read(self, kids: Any, above: Tag, page: Any) -> None:
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                above.parts.append(self.marked[page.objgen].get(kid, ""))
            elif kid.get("/Type") == "/MCR":
                above.parts.append(self.marked[(kid.get("/Pg") or page).objgen].get(int(kid.MCID), ""))
            elif kid.get("/Type") == "/OBJR":
                above.links.append(_target(kid.Obj))
            else:
                self._tag(kid, above, page)

    def _tag(self, kid: Any, above: Tag, page: Any) -> None:
        told = kid.get("/A", pikepdf.Array())
        attributes = {name: kid[name] for name in ("/Alt", "/ActualText", "/Lang", "/T") if name in kid}
        for each in told if isinstance(told, pikepdf.Array) else (told,):
            attributes |= {name: each[name] for name in set(each)}
        tag = Tag(str(kid.S)[1:], attributes)
        above.parts.append(tag)
        if "/ActualText" in kid:
            tag.parts.append(str(kid.ActualText))
        elif "/K" in kid:
            self._read(kid.K, tag, kid.get("/Pg", page))


def _target(annotation: Any) -> str:
    action = annotation.get("/A", {})
    return str(action.get("/URI", "")) or "inside"


def _marked(page: Any) -> dict[int, str]:
    """The words of a page by the number they are marked with."""
    fonts = {str(name): _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[tuple[int | None, str | None]] = [(None, None)]
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            told = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            number = int(told["/MCID"]) if "/MCID" in told else stack[-1][0]
            actual = str(told["/ActualText"]) if "/ActualText" in told else stack[-1][1]
            if "/ActualText" in told and number is not None:
                found[number] = found.get(number, "") + actual
            stack.append((number, actual))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and stack[-1][0] is not None and stack[-1][1] is None:
            words = _shown(operands[0], font)
            found[stack[-1][0]] = found.get(stack[-1][0], "") + words
    return found


def _shown(said: Any, letters: dict[int, str]) -> str:
    pieces = said if isinstance(said, pikepdf.Array) else [said]
    words = ""
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            raw = bytes(piece)
            words += "".join(
                letters.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2)
            )
    return words


def _letters(font: Any) -> dict[int, str]:
    """What each glyph of a font stands for, as its ToUnicode table tells."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letters in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(letters), "big")
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(start + step)
    return found


def unpacked(content: bytes) -> bytes:
    """What can be searched for words: those of a PDF, the parts of a Word file, anything else as it is."""
    if content.startswith(b"%PDF-"):
        return Reading(content).root.words.replace("\u00ad", "").encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return b"\n".join(package.read(name) for name in package.namelist())
    return content
