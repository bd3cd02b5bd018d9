"""Typed text becomes HTML of one form, and that form becomes typed text again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kloss_intranet.core.text import clean, excerpt, tidy, to_html, to_text
from tests.core.grammar import TYPED

REL = 'rel="nofollow ugc noopener"'

# What is typed, and its HTML.
SHAPES = {
    "paragraphs and lines": ("Ett\ntvå\n\n\n tre ", "<p>Ett<br>två</p><p>tre</p>"),
    "a list among words": (
        "Först:\n- ett\n* två\nSen.",
        "<p>Först:</p><ul><li>ett</li><li>två</li></ul><p>Sen.</p>",
    ),
    "a list in a list": ("- a\n  - b\n    c\n- d", "<ul><li>a<ul><li>b<br>c</li></ul></li><li>d</li></ul>"),
    "numbers": ("1. a\n2. b\n\n3) c\n\n1. d", "<ol><li>a</li><li>b</li><li>c</li></ol><ol><li>d</li></ol>"),
    "an empty quote is an empty line": ("1. a\n>\n> >\n2. b", "<ol><li>a</li><li>b</li></ol>"),
    "a date is no list": ("3. mars\n2023. Året", "<p>3. mars<br>2023. Året</p>"),
    "quotes in quotes": (
        "> a\n> > b\n> > > > c\nd",
        "<blockquote><p>a</p><blockquote><p>b</p><blockquote><p>c</p></blockquote></blockquote></blockquote><p>d</p>",
    ),
    "a quote and its source": (
        "> - a\n> /posts/88",
        '<blockquote><ul><li>a</li></ul><p><a href="/posts/88">/posts/88</a></p></blockquote>',
    ),
    "addresses": (
        "(www.kth.se, https://å.se/x_(y)?b=1&c=2).",
        f'<p>(<a href="http://www.kth.se" {REL}>www.kth.se</a>, '
        f'<a href="https://å.se/x_(y)?b=1&amp;c=2" {REL}>https://å.se/x_(y)?b=1&amp;c=2</a>).</p>',
    ),
    "own addresses": (
        "Se /threads/5, /meetings/2023-10-26-abo? och /themes/ai#b.",
        '<p>Se <a href="/threads/5">/threads/5</a>, '
        '<a href="/meetings/2023-10-26-abo">/meetings/2023-10-26-abo</a>? '
        'och <a href="/themes/ai#b">/themes/ai#b</a>.</p>',
    ),
    "no addresses": (
        "/threads/5x /threads/../5 //a.se/threads/5 /settings/1 klart.nu http://x:99999/ http://[::x http://a@b.se",
        "<p>/threads/5x /threads/../5 //a.se/threads/5 /settings/1 klart.nu http://x:99999/ http://[::x http://a@b.se</p>",
    ),
    "markup is words": ("<b>a</b> & &amp;", "<p>&lt;b&gt;a&lt;/b&gt; &amp; &amp;amp;</p>"),
}


@pytest.mark.parametrize(("typed", "html"), SHAPES.values(), ids=SHAPES)
def test_typed_text_keeps_its_shape(typed, html):
    assert to_html(typed) == html
    assert to_html(to_text(html)) == html


@settings(deadline=None, max_examples=300)
@given(TYPED)
def test_what_is_typed_is_the_same_after_a_turn_as_html(typed):
    html = to_html(typed)
    assert to_html(to_text(html)) == html
    assert to_html(tidy(typed)) == clean(html) == html


def test_invisible_characters_are_gone():
    assert tidy("a\u202eb\u200bc\x00d\r\ne ") == "abcd\ne"
    assert clean("<p>a&#x202e;b&#8203;c\u00add&#xfeff;</p>") == "<p>abcd</p>"
    family = "\U0001f468\u200d\U0001f469"
    assert tidy(f"{family} a\u200db") == f"{family} ab"


@given(st.text(max_size=50))
def test_tidying_twice_changes_nothing(words):
    assert tidy(tidy(words)) == tidy(words)


def test_an_excerpt_ends_at_a_word():
    assert excerpt("ett två tre", 8) == "ett två …"
    assert excerpt("ett", 8) == "ett"
    assert excerpt("> citat\n> /posts/8\n\neget", 8) == "eget"
    assert excerpt("> citat", 8) == "> citat"


def test_an_excerpt_parts_the_items_of_a_list():
    plain = "Vi undrar:\n\n- Vad gjorde ni?\n- Vad lärde ni er?"
    assert excerpt(plain) == "Vi undrar: • Vad gjorde ni? • Vad lärde ni er?"
    assert excerpt("- Först\n- Sedan") == "Först • Sedan"
    assert excerpt("ett\n- två", 8) == "ett …"
