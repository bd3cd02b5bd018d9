"""A file is what its content says, and its name has to agree."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kloss_intranet.core.words import Refusal
from kloss_intranet.files.services import packages
from kloss_intranet.files.services.kinds import ENDINGS
from kloss_intranet.files.services.recognising import kind_of
from tests import samples

GOOD = {
    "a.pdf": samples.PDF,
    "a.txt": samples.TEXT,
    "a.csv": samples.CSV,
    "a.png": samples.picture("PNG"),
    "a.jpg": samples.picture("JPEG"),
    "a.jpeg": samples.picture("JPEG"),
    "a.webp": samples.picture("WEBP"),
    **{f"a.{ending}": samples.office(ending) for ending in samples.OOXML},
    **{f"a.{ending}": samples.open_document(ending) for ending in samples.ODF},
}
MACRO = "application/vnd.ms-{}.macroEnabled.main+xml"
# Name, content, and words that the refusal must hold.
REFUSED = {
    "a web page": ("a.html", samples.HTML, "HTML"),
    "a web page called text": ("a.txt", b"Hej\n" + samples.HTML, "HTML"),
    "a web page called table": ("a.csv", b'a;b\n1;"<IFRAME src=x>"\n', "HTML"),
    "a web page called picture": ("a.png", samples.HTML, "HTML"),
    "a drawing": ("a.svg", samples.SVG, "SVG"),
    "a drawing called text": ("a.txt", b"<svg onload=alert(1)>", "SVG"),
    "a script called text": ("a.txt", b"#!/bin/sh\nrm -rf /\n", "Shell"),
    "a program": ("a.exe", samples.EXE, "EXE"),
    "a program called PDF": ("a.pdf", samples.EXE, "EXE"),
    "an archive": ("a.zip", samples.archive({"a.txt": "hej"}), "ZIP"),
    "an archive called Word": ("a.docx", samples.archive({"word/document.xml": "hej"}), "ZIP"),
    "a PDF called Word": ("a.docx", samples.PDF, "PDF"),
    "a PDF without an ending": ("a", samples.PDF, ".pdf"),
    "a picture called another": ("a.png", samples.picture("JPEG"), "JPEG"),
    "Word called Excel": ("a.xlsx", samples.office("docx"), "Word"),
    "a film picture": ("a.gif", b"GIF89a" + bytes(40), "GIF"),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc"),
    "a text with nothing in it": ("a.txt", b"hej\0hej", "UTF-8"),
    "a text of another time": ("a.csv", "lärosäte;antal".encode("latin-1"), "UTF-8"),
    "noise": ("a.pdf", bytes(range(256)), "innehåller"),
}


def kind(name, content):
    return kind_of(io.BytesIO(content), name)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_it_says_is_taken(name):
    assert name.partition(".")[2] in kind(name, GOOD[name]).endings
    assert kind(name.upper(), GOOD[name]) == kind(name, GOOD[name])


def test_every_kind_has_been_tried():
    assert {name.partition(".")[2] for name in GOOD} == set(ENDINGS)


@pytest.mark.parametrize(("name", "content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_lies_is_refused_in_words(name, content, said):
    with pytest.raises(Refusal) as refused:
        kind(name, content)
    assert refused.value.values["name"] == name
    assert said in refused.value.sentence % refused.value.values


@pytest.mark.parametrize(
    "content",
    [
        samples.office("docx", **{"word__vbaProject.bin": b"x"}),
        samples.office("docx", **{"word__activeX__activeX1.xml": b"x"}),
        samples.office("docx", main=MACRO.format("word.document")),
    ],
)
def test_macros_are_refused(content):
    for name in ("a.docx", "a.docm"):
        with pytest.raises(Refusal, match="makron"):
            kind(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", samples.office("xlsx", main=MACRO.format("excel.sheet"))),
        ("a.xlsx", samples.office("xlsx", **{"xl__macrosheets__sheet1.xml": b"x"})),
        ("a.pptx", samples.office("pptx", main=MACRO.format("powerpoint.presentation"))),
        ("a.odt", samples.open_document("odt", Basic__Standard__Module1_xml=b"x")),
        ("a.ods", samples.open_document("ods", Scripts__python__a_py=b"x")),
    ],
)
def test_macros_of_every_office_are_refused(name, content):
    with pytest.raises(Refusal, match="makron"):
        kind(name, content)


def test_one_file_that_is_two_is_refused():
    archive = samples.office("docx")
    for name, content in (
        ("a.pdf", samples.PDF + archive),
        ("a.docx", samples.PDF + archive),
        ("a.docx", samples.HTML + archive),
        ("a.txt", samples.TEXT + archive),
        ("a.pdf", samples.HTML + samples.PDF),
        ("a.pdf", samples.PDF[: samples.PDF.index(b"%%EOF")]),
    ):
        with pytest.raises(Refusal):
            kind(name, content)


def test_an_archive_that_swells_or_reaches_out_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "UNPACKED", 10_000)
    swelling = samples.office("docx", word__much=bytes(20_000))
    assert len(swelling) < 2_000
    with pytest.raises(Refusal, match="packas upp"):
        kind("a.docx", swelling)
    monkeypatch.setattr(packages, "MOST_PARTS", 10)
    with pytest.raises(Refusal, match="packas upp"):
        kind("a.docx", samples.office("docx", **{f"part{n}": b"" for n in range(10)}))
    monkeypatch.undo()
    for outside in ("..__..__etc__passwd", "__etc__passwd", "word\\__x"):
        with pytest.raises(Refusal, match="skadad"):
            kind("a.docx", samples.office("docx", **{outside: b"x"}))


def test_an_archive_packed_in_another_way_and_broken_is_refused():
    packed = io.BytesIO(samples.office("docx"))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/more.xml", bytes(range(256)) * 40)
    whole = packed.getvalue()
    start = whole.index(b"word/more.xml") + len("word/more.xml")
    with pytest.raises(Refusal, match="skadad"):
        kind("a.docx", whole[: start + 4] + b"\xff" * 20 + whole[start + 24 :])


def test_a_broken_archive_is_refused():
    whole = samples.office("docx", word__text=bytes(range(256)) * 40)
    for broken in (whole[:-30], whole[:60] + b"\xff\xff\xff" + whole[63:]):
        with pytest.raises(Refusal):
            kind("a.docx", broken)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(list(GOOD)), at=st.floats(0, 1), noise=st.binary(max_size=40), cut=st.integers(0, 80)
)
def test_whatever_comes_is_taken_or_refused(name, at, noise, cut):
    content = GOOD[name]
    place = int(at * len(content))
    try:
        found = kind(name, content[:place] + noise + content[place + cut :])
    except Refusal:
        return
    assert name.partition(".")[2] in found.endings
