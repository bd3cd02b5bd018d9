"""The PDF as a screen reader, an archive and a printer meet it, and what hostile text does to it: nothing."""

import json
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kloss_intranet.briefing import models as tree
from kloss_intranet.briefing.models import Heading, Listing, Note, Paragraph, Quotation, Run, Table, as_data
from kloss_intranet.briefing.services import typesetting
from kloss_intranet.briefing.services.speech import line, tidied
from tests.briefing.reading import Reading
from tests.briefing.ready import document, here, ready, squeezed

AT = datetime(2027, 3, 3, 12, tzinfo=UTC)
BROKEN = (
    ("raise SystemExit(3)", 60),
    ("print('no PDF')", 60),
    ("import time\ntime.sleep(9)", 0.5),
)
"""Programs in the place of the press, and for how many seconds they are waited for."""
LEVELS = ("Title", "H1", "H2", "H3", "H4", "H5", "H6")
HOSTILE = (
    "#panic(1) *a* _b_ `c` $d$ \\ // e /* f */ <g> @h = i",
    '#import "@preview/x:1.0.0": *',
    '"]}, {"is": "heading", "level": 1}',
    '#{sys.inputs} #read("/etc/passwd") \\u{41} &lt; &#65;',
    "\u202eomvänt\u202c \u200bnollbredd\u200d\ufeff",
    "שלום العربية 中文 😀👩‍👩‍👧 \U0001f1f8\U0001f1ea",
    "e\u0301\u0302\u0303" * 40,
    "- a\n+ b\n/ c: d\n= e",
    "x" * 10_000,
    "Ordet " * 2_000,
)


def read(client, path):
    answer = client.get(path)
    assert answer.response.mimetype == "application/pdf"
    return Reading(answer.response.get_data())


@pytest.fixture
def reading(make, cast, client):
    ready(make, cast)
    return read(client.sign_in(cast.representative), f"{here(cast)}.pdf")


def test_it_says_what_it_is(reading):
    root = reading.pdf.Root
    assert str(root.Lang) == "sv-SE"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with reading.pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "A")
        assert told["dc:title"] == "Träff i Björkö"
    assert len(root.Outlines.First.keys()) > 0


def test_in_english_it_is_english(make, cast, client):
    ready(make, cast)
    reading = read(client.sign_in(cast.other_representative), f"{here(cast)}.pdf")
    assert str(reading.pdf.Root.Lang) == "en-GB"
    assert "Åsnes högskola (en)" in reading.root.words


def test_headings_go_down_one_level_at_a_time(reading):
    levels = [LEVELS.index(tag.kind) for tag in reading.root.all(*LEVELS)]
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {1, 2, 3, 4} <= set(levels)


def test_every_table_has_heads_for_its_columns(reading):
    tables = reading.root.all("Table")
    assert len(tables) >= 3
    for table in tables:
        heads = table.all("TH")
        assert heads
        assert all(str(head.attributes["/Scope"]) == "/Column" and head.words for head in heads)
        for row in table.all("TBody")[0].all("TR"):
            assert len(row.all("TD")) == len(heads)


def test_the_contents_lead_to_the_headings(reading):
    entries = reading.root.all("TOCI")
    assert [squeezed(entry.words).rstrip("0123456789") for entry in entries][:3] == [
        "Närochvar",
        "Program",
        "Dagordning",
    ]
    assert all(entry.all("Link")[0].links == ["inside"] for entry in entries)


def test_each_note_leads_to_the_exact_post(make, cast, client):
    made = ready(make, cast)
    reading = read(client.sign_in(cast.representative), f"{here(cast)}.pdf")
    notes = reading.root.all("Note", "FENote")
    assert len(notes) == 2
    for note, post in zip(notes, (made.first, made.second), strict=True):
        targets = [target for link in note.all("Link") for target in link.links]
        assert any(target.endswith(f"/posts/{post.id}") for target in targets)


def test_there_is_no_picture_without_words(reading):
    assert all(figure.attributes.get("/Alt") for figure in reading.root.all("Figure"))


def test_its_fonts_are_in_it_and_none_is_the_machines(reading):
    fonts = {str(font.BaseFont) for page in reading.pdf.pages for font in page.resources.Font.values()}
    assert all(re.fullmatch(r"/[A-Z]{6}\+(Libertinus|NewCM|DejaVuSansMono).*", name) for name in fonts), fonts


def test_swedish_words_are_parted_by_swedish_rules():
    words = "förvaltningsorganisationens verksamhetsutveckling " * 60
    drawn = Reading(typesetting.pdf(document(line(words)), AT)).root.words
    parted = set(re.findall(r"(\w+)\u00ad", drawn))
    assert "verksamhets" in parted or "förvaltnings" in parted
    assert squeezed(words) in squeezed(drawn)


def test_the_head_of_a_long_table_is_said_once():
    rows = tuple(((line(f"rad {number}"),), (line("x"),)) for number in range(120))
    long = Reading(typesetting.pdf(document(Table("Rader", ("Nummer", "Annat"), (1, 1), rows)), AT))
    assert len(long.pdf.pages) > 3
    assert len(long.root.all("THead")) == 1


def everywhere(words: str) -> tree.Document:
    """`words` in each place where members' words can stand; forms keep titles and headings short."""
    short = words[:300] or "x"
    one = Paragraph((Run(words), Run(words, strong=True), Run(words, em=True, note=1)))
    return document(
        Heading(short, 1, "a"),
        one,
        Listing(((line(words or "x"),),)),
        Quotation((one,), (Run(words),)),
        tree.Facts(((short, (one,)),)),
        Table(words, (short,), (1,), (((one,),),)),
        notes=tuple(Note(number, (Run(words),)) for number in range(1, 2)),
        title=short,
    )


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_drawn_as_it_is(words):
    said = squeezed(tidied(words))
    drawn = squeezed(Reading(typesetting.pdf(everywhere(tidied(words)), AT)).root.words)
    if all(char in "\u00a0" or ord(char) < 0x300 for char in said):
        assert drawn.count(said) >= 6
    assert drawn.startswith("KLOSSnet·Mötesbok")


@given(st.text(st.characters(codec="utf-8"), max_size=300))
@example("#")
@example("\\")
@example("\u00ad\u2060")
@example("\ue000\U000f0000")
@settings(max_examples=30, deadline=None)
def test_any_text_at_all_is_drawn(words):
    assert typesetting.pdf(everywhere(tidied(words)), AT).startswith(b"%PDF-")


def test_what_no_font_has_is_shown_as_a_box_and_the_rest_stays():
    drawn = Reading(typesetting.pdf(document(line("Före 😀 中 efter")), AT)).root.words
    assert f"Före {typesetting.MISSING} {typesetting.MISSING} efter" in drawn


def test_nothing_is_fetched_and_no_file_is_read():
    press = typesetting.PRESS.read_text("utf-8")
    assert "ignore_system_fonts=True" in press
    source = typesetting.LOOK.read_text("utf-8")
    assert not re.search(r"#?\b(import|include|read|plugin|eval|image)\b *[(\"]", source)
    assert source.count("json(") == 1


@pytest.mark.parametrize(
    ("bounds", "end"),
    [
        ({"seconds": 1, "bytes": 2 << 30}, signal.SIGXCPU),
        ({"seconds": 60, "bytes": 100 << 20}, signal.SIGABRT),
    ],
)
def test_the_press_ends_when_it_has_used_what_it_may(bounds, end):
    words = as_data(document(*[line("Ord och ord. " * 60)] * 2000)) | {"loose": False}
    asked = {"look": str(typesetting.LOOK), "at": 0, "document": words, "bounds": bounds}
    done = subprocess.run(
        [sys.executable, "-I", str(typesetting.PRESS)],
        input=json.dumps(asked).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -end


def test_a_press_that_breaks_or_takes_too_long_is_told_of(monkeypatch, tmp_path):
    for broken, longest in BROKEN:
        press = tmp_path / "press.py"
        press.write_text(broken)
        monkeypatch.setattr(typesetting, "PRESS", press)
        monkeypatch.setattr(typesetting, "LONGEST", longest)
        with pytest.raises(typesetting.NotDrawn):
            typesetting.pdf(document(), AT)
