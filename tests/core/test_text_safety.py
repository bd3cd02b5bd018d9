"""Nothing but the allow-list comes out, whoever reads it, and cleaning what is clean changes nothing."""

import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from kloss_intranet.core.text import ATTRIBUTES, TAGS, clean, gates, to_html
from tests.core.grammar import HTML, TYPED

MANY = settings(deadline=None, max_examples=300)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='\\\\evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='/threads/../../evil'>x</a>",
    "<a href='/threads/%2e%2e/5'>x</a>",
    "<a href='/auth/logout'>x</a>",
    "<a href='https://klossnet.se@evil.example'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href=' https:evil.example'>x</a>",
    "<style>body{display:none}</style>",
    "<svg/onload=alert(1)>",
    "<b onmouseover=alert(1)>x",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "</p></div></main><h1>x",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a title='</title><script>alert(1)</script>'>x</a>",
    "<table><td style=x background='javascript:alert(1)'>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<<script>script>alert(1)<</script>/script>",
    "<b<script>alert(1)</script>>x",
]


class Reader(HTMLParser):
    """A third parser's view of what came out."""

    def __init__(self, html):
        super().__init__()
        self.open, self.deepest = [], 0
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, ()), name
            assert name != "href" or re.match(
                r"https?://[\w.:-]+([/?#]|$)|mailto:|/[a-z]+/[a-z0-9]", value
            ), value
        if tag != "br":
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_markup_is_harmless_whether_typed_or_cleaned(hostile):
    for html in (to_html(hostile), clean(hostile)):
        Reader(html)
        assert not re.search("<[^>]*href", html)
        assert clean(html) == html


@MANY
@given(HTML)
def test_cleaning_twice_changes_nothing(html):
    once = clean(html)
    assert clean(once) == once


@MANY
@given(HTML)
def test_both_gates_agree_on_what_is_clean(html):
    once = clean(html)
    Reader(once)
    assert gates.first(once) == once
    assert gates.second(once) == once


@MANY
@given(TYPED)
def test_both_gates_agree_on_what_was_typed(typed):
    once = to_html(typed)
    Reader(once)
    assert gates.first(once) == gates.second(once) == once


@pytest.mark.parametrize("gate", [gates.first, gates.second], ids=["first", "second"])
def test_each_gate_stands_alone(gate):
    for hostile in HOSTILE:
        html = gate(hostile)
        assert not re.search(
            r"<(script|img|svg|math|style|iframe|template|form)|<[^>]*(\son\w+=|href)", html, re.I
        ), html


def test_only_the_web_gets_a_relation():
    html = clean('<a rel=x href="https://a.se">a</a> <a rel=x href="/posts/7">b</a>')
    assert html == '<p><a href="https://a.se" rel="nofollow ugc noopener">a</a> <a href="/posts/7">b</a></p>'


@pytest.mark.parametrize("sign", ["a", "å", " ", "'", "&amp;"])
def test_an_address_has_a_length(sign):
    for length in (1_970, 1_990, 5_000):
        html = clean(f'<a href="https://a.se/{sign * length}b">x</a>')
        assert clean(html) == html
        assert ("href" in html) == (sign in "aå&amp;" and length < 1_980)


def test_depth_has_a_bound():
    for tag in (
        "blockquote",
        "ul><li",
        "table><tr><td",
        "div",
        "b><p",
        "ol",
        "a href=/posts/1",
        "em><strong",
    ):
        assert Reader(clean(f"<{tag}>" * 900 + "x")).deepest <= 16, tag


def test_threads_do_not_share_a_parser():
    texts = [f"<p>{number}<b>fet</b><table><tr><td>{number}</table>" * 20 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(clean, texts)) == [clean(text) for text in texts]
