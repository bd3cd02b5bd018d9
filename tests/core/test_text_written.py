"""What a member sent is stored, or refused at once with the reason; links to own pages are known."""

import contextlib
import time

import pytest

from kloss_intranet.core.text import absolute, clean, own_links, tidy, titled, to_text, written
from kloss_intranet.core.words import Refusal

BASE = "https://kloss.example"
LONGEST = 20_000


@pytest.mark.parametrize("format", ["text", "html"])
def test_both_formats_are_stored_as_words_and_html(format):
    body = (
        "Se https://kloss.example/threads/5"
        if format == "text"
        else f'<p>Se <a href="{BASE}/threads/5">Tråd</a>'
    )
    plain, html = written(body, format, LONGEST, BASE)
    label, words = ("/threads/5", "Se /threads/5") if format == "text" else ("Tråd", "Se Tråd (/threads/5)")
    assert html == f'<p>Se <a href="/threads/5">{label}</a></p>'
    assert plain == words
    assert 'href="https' in written(body, format, LONGEST, "https://other.example").html


def test_an_address_that_only_holds_ours_stays_as_it_is():
    body = f"https://other.example/?to={BASE}/threads/5 {BASE}.evil/threads/5 {BASE}/settings/"
    assert written(body, "text", LONGEST, BASE).plain == body


@pytest.mark.parametrize(
    ("body", "format"),
    [
        *(
            ("", "text"),
            (" \n\u200b", "text"),
            (">\n> ", "text"),
            ("", "html"),
            ("<p>&nbsp;<br></p>", "html"),
        ),
        *(("<script>x</script>", "html"), ("<ul><li></li></ul>", "html"), ("<!-- a -->", "html")),
    ],
)
def test_nothing_is_refused(body, format):
    with pytest.raises(Refusal, match="Det finns ingen text") as refused:
        written(body, format, LONGEST)
    assert refused.value.field == "body"


def test_length_is_counted_in_words_not_in_markup():
    assert written("a" * 30, "text", 30).plain == "a" * 30
    marked = "<p style='x'>" + "<b>a</b>" * 30
    assert written(marked, "html", 30).plain == "a" * 30
    for body, format in (("a" * 31, "text"), (marked + "a", "html")):
        with pytest.raises(Refusal, match="får ha högst") as refused:
            written(body, format, 30)
        assert refused.value.values == {"most": 30, "length": 31}


MEGABYTES = 5_000_000
# Each would take a parser minutes, or fill its memory, if it were read as it is.
HEAVY = {
    **{
        f"5 MB of {part}": part * (MEGABYTES // len(part))
        for part in ("<div>", "<p>x", "a", "&nbsp;", "<b x=1>")
    },
    "10,000 quotes": "<blockquote>" * 10_000 + "x" + "</blockquote>" * 10_000,
    "10,000 parts": "<div>" * 10_000 + "x" + "</div>" * 10_000,
    "10,000 open quotes": "<blockquote>" * 10_000 + "x",
    "10,000 open lists": "<ul><li>" * 7_900 + "x",
    "ends of nothing": "<div>" * 7_900 + "</p>" * 7_900,
    "marks in every paragraph": "".join(f"<b a={n}><i a={n}>" for n in range(50)) + "<p>x" * 15_000,
    "rows": "<table>" + "<tr><td>x" * 7_000,
    "signs": "&" * 390_000,
    "hard spaces": "<p>·" + "&nbsp; " * 15_000,
    "addresses": "https://a.se/() " * 20_000,
    "brackets": "https://a.se/" + ")" * 300_000,
    "typed quotes": "> " * 9_900 + "x",
    "typed signs": ">" * 10_000 + "\n" + ">" * 9_000,
    "typed steps": "".join(" " * step + "- a\n" for step in range(190)),
    "typed lists": "- a\n" * 4_900,
    "typed space": "a" + " \t" * 9_000 + "b",
    "slugs": "/meetings/" + "a-" * 9_000,
    "invisible": "\u200b" * 390_000 + "x",
}


@pytest.mark.parametrize("format", ["text", "html"])
@pytest.mark.parametrize("body", HEAVY.values(), ids=HEAVY)
def test_nothing_takes_long(body, format):
    start = time.process_time()
    with contextlib.suppress(Refusal):
        plain, html = written(body, format, LONGEST, BASE)
        assert len(plain) <= LONGEST
        assert html.count("<blockquote>") <= 3
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "body",
    [
        "<b " * 16_000 + "x" * 340_000,
        "<p>" + "<b>a</b> /posts/1 " * 7_900,
        "<p>a" + "\u0300\u0316" * 180_000,
        "<p>a" + "\u0f73" * 380_000,
    ],
)
def test_what_costs_the_square_of_its_length_is_bounded(body):
    start = time.process_time()
    for read in (to_text, tidy):
        with contextlib.suppress(Refusal):
            read(body)
    assert time.process_time() - start < 2


def test_a_letter_keeps_as_many_accents_as_anyone_writes():
    assert tidy("Y\u0301\u0323 e\u0301") == "\u1ef4\u0301 \u00e9"
    for accents in ("\u0300\u0316" * 50, "\u0344" * 99, "\u0f73" * 99):
        once = tidy(f"a{accents}b")
        assert len(once) < 40
        assert once.endswith("b")
        assert tidy(once) == once


@pytest.mark.parametrize("read", [clean, to_text])
def test_too_much_markup_is_refused_wherever_it_is_read(read):
    for body in ("<div>" * 16_001, "&" * 16_001, "a" * 400_001):
        with pytest.raises(Refusal, match="för mycket formatering"):
            read(body)


def test_links_to_own_pages_are_known_and_get_titles():
    html = clean(
        '<p><a href="/threads/5#post-9">/threads/5#post-9</a> <a href="/members/4"><b>@Eva</b> &amp; Bo</a> '
        '<a href="https://a.se/threads/5">x</a></p><blockquote>a<blockquote>b</blockquote>'
        '<p><a href="/posts/88">/posts/88</a></p></blockquote>/meetings/abo'
    )
    assert own_links(html) == [
        ("/threads/5", "/threads/5#post-9", False),
        ("/members/4", "@Eva & Bo", False),
        ("/posts/88", "/posts/88", True),
        ("/meetings/abo", "/meetings/abo", False),
    ]
    named = titled(html, {"/threads/5": "Lön <b>& \u202etid ", "/members/4": "Nej", "/posts/88": "Eva, KTH"})
    assert '<a href="/threads/5#post-9">Lön &lt;b&gt;&amp; tid</a>' in named
    assert "Nej" not in named
    assert ">/meetings/abo</a>" in named
    assert to_text(named).count("> /posts/88") == 1
    assert clean(named) == named


def test_links_in_a_letter_carry_the_address_of_the_site():
    html = absolute(clean('<a href="/posts/7">a</a> <a href="https://b.se/">b</a>'), BASE)
    assert 'href="https://kloss.example/posts/7"' in html
    assert 'href="https://b.se/"' in html
