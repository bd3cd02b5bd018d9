"""Files as members have them, made from nothing: documents, pictures, texts, and some that lie."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
TEXT = "Vi började i det lilla.\n".encode()
CSV = "\ufefflärosäte;antal\nBjörkö;3\n".encode()
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>x</title><script>alert(1)</script>"
EXE = b"MZ\x90\x00\x03" + bytes(200)
OOXML = {
    "docx": ("word", "wordprocessingml.document"),
    "xlsx": ("xl", "spreadsheetml.sheet"),
    "pptx": ("ppt", "presentationml.presentation"),
}
ODF = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
PLACE = b"59 deg 20 min"
"""Words that `photo` hides in every note a picture can carry."""


def archive(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def office(ending: str, main: str | None = None, **more: bytes) -> bytes:
    """A document of Office; `more` are further parts, `/` written as `__`."""
    folder, kind = OOXML[ending]
    main = main or f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    listed = f'<Types><Override PartName="/{folder}/document.xml" ContentType="{main}"/></Types>'
    parts = {"[Content_Types].xml": listed, f"{folder}/document.xml": "<document/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def open_document(ending: str, **more: bytes) -> bytes:
    said = f"application/vnd.oasis.opendocument.{ODF[ending]}"
    parts = {"mimetype": said, "content.xml": "<content/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def picture(way: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    colour = {"RGB": "olive", "RGBA": (90, 90, 0, 120), "CMYK": (0, 90, 90, 9), "LA": (90, 120)}.get(mode, 1)
    Image.new(mode, size, colour).save(out, way, **options)
    return out.getvalue()


def photo(way: str = "JPEG", orientation: int = 6) -> bytes:
    """A picture of 40 by 30 lying on its side, whose red corner and every note tell where it was taken."""
    image = Image.new("RGB", (40, 30), "white")
    image.paste((255, 0, 0), (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (59.0, 20.0, 5.0), 3: "E", 4: (18.0, 3.0, 1.0), 29: PLACE.decode()}
    )
    options: dict[str, Any] = {"exif": exif, "icc_profile": b"icc " + PLACE}
    if way in ("JPEG", "WEBP"):
        options["xmp"] = b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>"
    if way == "JPEG":
        options["comment"] = PLACE
    out = io.BytesIO()
    image.save(out, way, **options)
    if way == "PNG":
        return _with_note(out.getvalue())
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A small PNG that says it is a very large picture."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b""))
        + _chunk(b"IEND", b"")
    )


def _with_note(png: bytes) -> bytes:
    """The PNG with a text between its head and its points."""
    return png[:33] + _chunk(b"tEXt", b"Comment\0" + PLACE) + png[33:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
