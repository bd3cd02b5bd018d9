"""HTML from an editor, a page or Word gets one form, and that form becomes words."""

import pytest

from kloss_intranet.core.text import clean, recleaned, shown, to_text

REL = 'rel="nofollow ugc noopener"'

# What is sent, its one form and its words.
SENT = {
    "levels and names of tags": (
        "<h1>A</h1><h6>B</h6><div>c<div><b>d</b><i>e</i></div></div><section>f</section>",
        "<h3>A</h3><h4>B</h4><p>c</p><p><strong>d</strong><em>e</em></p><p>f</p>",
        "A\n\nB\n\nc\n\nde\n\nf",
    ),
    "what is empty": (
        "<p> &nbsp;</p><ul><li></li></ul><p><br></p><a href=/threads/1> </a><table><tr><td></table>",
        "",
        "",
    ),
    "empty lines": ("a<br><br><br>b<br>c<br>", "<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
    "marks that cross": (
        "<strong>a<em>b</strong>c</em><b><b>d</b></b>",
        "<p><strong>a<em>b</em></strong><em>c</em><strong>d</strong></p>",
        "abcd",
    ),
    "a table": (
        "<table><caption>T</caption><tr><td>x<p>y<tfoot><tr><td rowspan=999>z"
        "<thead><tr><th scope=col colspan=2>A</table>",
        '<p>T</p><table><thead><tr><th colspan="2" scope="col">A</th></tr></thead><tbody>'
        "<tr><td><p>x</p><p>y</p></td></tr><tr><td>z</td></tr></tbody></table>",
        "T\n\nA\nx y\nz",
    ),
    "cells beside each other": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td></td><td><ul><li>c</li></ul></td></tr></table>",
        "<table><tbody><tr><th>a</th><th>b</th></tr><tr><td></td><td><ul><li>c</li></ul></td></tr></tbody></table>",
        "a | b\n | - c",
    ),
    "a table in a table": (
        "<table><tr><td>a<table><tr><td>b</table></table>",
        "<table><tbody><tr><td><p>a</p><p>b</p></td></tr></tbody></table>",
        "a b",
    ),
    "lists without order": (
        "<ul>x<li>a</li><ul><li>b</li></ul></ul><ol><li><p>c</p><p>d</p></li></ol><li>e</li><li>f</li>",
        "<ul><li>x</li><li>a<ul><li>b</li></ul></li></ul><ol><li><p>c</p><p>d</p></li></ol>"
        "<ul><li>e</li><li>f</li></ul>",
        "- x\n- a\n  - b\n\n1. c\n  d\n\n- e\n- f",
    ),
    "a quote with its source": (
        '<blockquote><p>a</p><p><a href="/posts/88">Anna, KTH</a></p></blockquote>',
        '<blockquote><p>a</p><p><a href="/posts/88">Anna, KTH</a></p></blockquote>',
        "> a\n> /posts/88",
    ),
    "links that say something else": (
        '<a href="HTTPS://x.se/å ä">h<b>är</b></a> <a href="mailto:a@b.se?bcc=c">a@b.se</a> '
        '<a href="/members/4">@Eva Ek</a>',
        f'<p><a href="https://x.se/å%20ä" {REL}>h<strong>är</strong></a> '
        f'<a href="mailto:a@b.se" {REL}>a@b.se</a> <a href="/members/4">@Eva Ek</a></p>',
        "här (https://x.se/å%20ä) a@b.se @Eva Ek",
    ),
    "space between links": (
        "<b>/threads/5 /threads/6</b>",
        '<p><a href="/threads/5"><strong>/threads/5</strong></a> '
        '<a href="/threads/6"><strong>/threads/6</strong></a></p>',
        "/threads/5 /threads/6",
    ),
    "Word without scripts": (
        "<!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]--><style>p{}</style>"
        "<p class=MsoNormal style='x'>Först<o:p></o:p></p><p class=MsoListParagraph><![if !supportLists]>"
        "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Ett</p>"
        "<p>·&nbsp;&nbsp;<b>Två</b></p><p>1.&nbsp;&nbsp; Tre</p><p>&nbsp;</p>",
        "<p>Först</p><ul><li>Ett</li><li><strong>Två</strong></li></ul><ol><li>Tre</li></ol>",
        "Först\n\n- Ett\n- Två\n\n1. Tre",
    ),
    "bold as Word writes it": (
        "<b style='mso-bidi-font-weight:normal'>a</b>",
        "<p><strong>a</strong></p>",
        "a",
    ),
    "a wrapper that makes nothing bold": ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>", "a"),
}


@pytest.mark.parametrize(("sent", "html", "words"), SENT.values(), ids=SENT)
def test_html_has_one_form(sent, html, words):
    assert clean(sent) == html
    assert clean(html) == html
    assert to_text(html) == words


def test_what_an_older_policy_let_by_is_cleaned_when_shown():
    older = '<p>a<img src="x"></p>'
    assert recleaned(older, 1) == shown(older, 1) == "<p>a</p>"
    assert recleaned(older, 2) == shown(older) == older


def test_a_long_stored_text_is_cleaned_again_whatever_its_length():
    older = "<p>a<br>b</p>" * 6_000
    assert shown(older, 1) == older
