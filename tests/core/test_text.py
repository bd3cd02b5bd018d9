"""Text becomes safe HTML, and cleaning what is clean changes nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kloss_intranet.core.text import TAGS, clean, excerpt, tidy, to_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<style>body{display:none}</style>",
    "<svg/onload=alert(1)>",
    "<b onmouseover=alert(1)>x",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "</p></div></main><h1>x",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_markup_is_harmless_whether_typed_or_cleaned(hostile):
    for html in (to_html(hostile), clean(hostile)):
        tags = {tag.lower() for tag in re.findall(r"</?([a-zA-Z0-9]+)", html)}
        assert tags <= TAGS
        assert not re.search(r"<[^>]*(javascript:|\son\w+=|href=\"//)", html, re.I)


def test_plain_text_keeps_its_shape():
    html = to_html("Först.\n\n- ett\n- två\n\nSe https://example.org/a?b=1&c=2")
    assert "<p>Först.</p><ul><li>ett</li><li>två</li></ul>" in html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert "ugc" in html


def test_invisible_characters_are_gone():
    assert tidy("a\u202eb\u200bc\x00d\r\ne ") == "abcd\ne"


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(words):
    once = to_html(words)
    assert clean(once) == once


@given(st.text(alphabet="<>&\"'/ abp=href:javscript\n-", max_size=200))
def test_what_comes_out_holds_only_what_is_allowed(words):
    tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", clean(words))}
    assert tags <= TAGS


def test_an_excerpt_ends_at_a_word():
    assert excerpt("ett två tre", 8) == "ett två …"
    assert excerpt("ett", 8) == "ett"
