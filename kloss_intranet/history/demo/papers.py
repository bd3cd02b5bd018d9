"""The folders of the invented meetings, with papers and a picture made here from the words of their file."""

import io
import textwrap
from typing import Any

from flask import current_app
from PIL import Image, ImageDraw, ImageFont

from ...core.db import db
from ...materials.models import Readers
from ...materials.services import files, folders
from .season import Season

PAGE = (595, 842)  # points, A4
INK, LINE, PAPER = (28, 39, 51), (150, 160, 170), (252, 252, 250)


def folder(season: Season, line: dict[str, Any]) -> None:
    """A folder with its files, laid in through materials' own door."""
    place = current_app.config["SETTINGS"].files
    meeting, by = season.meeting[line["meeting"]], season.member[line["by"]].id
    made = folders.make_folder(meeting, line["name"], Readers(line["readers"]), by)
    for paper in line["paper"]:
        content = plan(paper["tables"]) if "tables" in paper else page(paper["heading"], paper["body"])
        since = paper.get("not_before")
        material = files.add(
            made,
            paper["name"],
            io.BytesIO(content),
            place,
            by,
            title=paper["title"],
            not_before=season.moment(since, meeting.time_zone) if since else None,
        )
        laid_in = season.moment({"days": paper["days"], "clock": "16:00"}, meeting.time_zone)
        material.added_at = laid_in
        db.session.refresh(material, ["versions"])
        for version in material.versions:
            version.added_at = laid_in


def page(heading: str, body: str) -> bytes:
    """One A4 page as a PDF."""
    lines = [each for part in body.strip().splitlines() for each in textwrap.wrap(part, 74) or [""]]
    drawn = ["BT /B 22 Tf 72 750 Td", f"{_shown(heading)} Tj /R 12 Tf 18 TL 0 -36 Td"]
    drawn += [f"{_shown(each)} Tj T*" for each in lines]
    drawn += ["ET BT /R 9 Tf 72 60 Td", f"{_shown('Påhittat innehåll i KLOSSnets demo.')} Tj ET"]
    stream = "\n".join(drawn).encode("cp1252", "replace")
    font = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"
    fonts = f"/B {font.format('Helvetica-Bold')}/R {font.format('Helvetica')}"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(sv)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE[0]} {PAGE[1]}]/Contents 4 0 R"
        f"/Resources<</Font<<{fonts}>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    ends = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + ends % (size, table, size, len(out))


def plan(tables: int) -> bytes:
    """A room with so many round tables, seen from above, as a PNG."""
    image = Image.new("RGB", (1200, 760), PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(28)
    draw.rectangle((40, 40, 1160, 720), outline=INK, width=4)
    draw.rectangle((440, 60, 760, 110), outline=LINE, width=3)
    draw.text((600, 85), "Tavla", INK, font, anchor="mm")
    for number in range(tables):
        x, y = 240 + 360 * (number % 3), 260 + 240 * (number // 3)
        draw.ellipse((x - 80, y - 80, x + 80, y + 80), outline=INK, width=3)
        draw.text((x, y), f"Bord {number + 1}", INK, font, anchor="mm")
    draw.line((1160, 600, 1160, 690), fill=PAPER, width=8)
    draw.text((1140, 645), "In", INK, font, anchor="rm")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _shown(words: str) -> str:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})"
