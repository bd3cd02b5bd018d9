"""The Word file opened again: real headings, heads of tables, language, and notes that lead to the posts."""

import io
import zipfile
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from docx.api import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from kloss_intranet.briefing.services.word import docx
from tests.briefing.ready import document, here, ready
from tests.briefing.test_pdf import AT, HOSTILE, everywhere


@pytest.fixture
def content(make, cast, client):
    ready(make, cast)
    return client.sign_in(cast.representative).get(f"{here(cast)}.docx").response.get_data()


@pytest.fixture
def file(content):
    return WordFile(io.BytesIO(content))


def footnotes(file):
    part = next(part for part in file.part.package.iter_parts() if part.partname == "/word/footnotes.xml")
    return part, parse_xml(part.blob)


def test_it_says_what_it_is(file):
    assert file.core_properties.title == "Träff i Björkö"
    assert file.core_properties.language == "sv"
    assert [tag.get(qn("w:val")) for tag in file.styles.element.iter(qn("w:lang"))][:1] == ["sv-SE"]
    assert file.paragraphs[1].style.name == "Title"
    assert file.paragraphs[3].text.startswith("Nätverket tar inte ställning.")


def test_its_headings_are_headings(file):
    levels = [int(p.style.name[-1]) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert {1, 2, 3, 4} == set(levels)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_contents_lead_to_bookmarks_that_are_there(file):
    marks = {mark.get(qn("w:name")) for mark in file.element.iter(qn("w:bookmarkStart"))}
    inside = {link.get(qn("w:anchor")) for link in file.element.iter(qn("w:hyperlink"))} - {None}
    assert inside
    assert inside <= marks


def test_tables_have_a_head_that_stands_again(file):
    assert len(file.tables) >= 3
    for table in file.tables:
        first = table.rows[0]._tr
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(cell.text for cell in table.rows[0].cells)


def test_each_note_is_a_footnote_that_leads_to_its_post(make, cast, client):
    made = ready(make, cast)
    client.sign_in(cast.representative)
    file = WordFile(io.BytesIO(client.get(f"{here(cast)}.docx").response.get_data()))
    part, notes = footnotes(file)
    called = [mark.get(qn("w:id")) for mark in file.element.iter(qn("w:footnoteReference"))]
    assert called == ["1", "2"]
    for number, post in zip(called, (made.first, made.second), strict=True):
        (note,) = [each for each in notes if each.get(qn("w:id")) == number]
        (link,) = note.iter(qn("w:hyperlink"))
        assert part.rels[link.get(qn("r:id"))].target_ref.endswith(f"/posts/{post.id}")


def test_it_holds_no_macro_and_fetches_nothing(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower() or "embed" in name.lower()]
        outside = [
            line
            for name in package.namelist()
            if name.endswith(".rels")
            for line in package.read(name).decode().split("<Relationship ")
            if 'TargetMode="External"' in line
        ]
    assert outside
    assert all("/hyperlink" in line for line in outside)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stands_as_it_is(words):
    file = WordFile(io.BytesIO(docx(everywhere(words), AT)))
    kept = words.replace("\n", "")
    said = ["".join(text.text or "" for text in p._p.iter(qn("w:t"))) for p in file.paragraphs]
    assert any(kept in each.replace("\n", "") for each in said)


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_at_all_can_be_opened_again(words):
    assert WordFile(io.BytesIO(docx(everywhere(words), datetime.now(UTC)))).paragraphs


def test_one_without_notes_opens_too():
    assert WordFile(io.BytesIO(docx(document(), AT))).paragraphs
