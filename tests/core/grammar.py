"""Nasty texts for property tests: markup that parsers read in different ways, and typing with every mark."""

from hypothesis import strategies as st

NAMES = [
    *(
        "p",
        "div",
        "b",
        "i",
        "strong",
        "em",
        "a",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h1",
        "h3",
        "h5",
        "br",
        "hr",
    ),
    *("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "dl", "dd", "pre"),
    *(
        "svg",
        "math",
        "mtext",
        "mglyph",
        "annotation-xml",
        "desc",
        "foreignObject",
        "image",
        "style",
        "script",
    ),
    *("noscript", "template", "title", "textarea", "select", "option", "form", "button", "xmp", "plaintext"),
    *("iframe", "span", "o:p", "font", "u", "nobr", "frameset", "html", "head", "body"),
]
ATTRIBUTES = [
    "",
    "",
    ' href="javascript:alert(1)"',
    ' href="&#1;java&Tab;script:alert(1)"',
    ' href="data:text/html,x"',
    ' href="https://a.se/x?a=1&amp;lt;b&c=å"',
    ' href="HTTPS://[::1]:99/x"',
    ' href="https://a@b.se"',
    ' href="https:\\\\b.se"',
    ' href="//evil.example"',
    ' href="/threads/5"',
    ' href="/threads/../5"',
    ' href="mailto:a@b.se?x"',
    ' colspan=2 rowspan="900"',
    ' scope=col onclick="x"',
    ' style="x:y" class="</p>"',
    " id='\"<'",
    ' title="--><img src=x onerror=1>"',
]
WORDS = st.sampled_from(
    [
        *("x", "a b", "  ", "\n", "\r", "\0", "\f", "\xa0", "\u2003", "\u2028", "\u200b", "\u202e", "\ufffe"),
        *(
            "\u0338",
            "e\u200b\u0301",
            "\u212a",
            "\u037e",
            "\U0001f468\u200d\U0001f469",
            "'",
            '"',
            "-",
            "- ",
            "1. ",
        ),
        *("&", "&am", "&nbsp;", "&amp;lt;", "&lt;b&gt;", "&#x202e;", "&#8203;", "&notit;", "·\xa0\xa0 Ett"),
        *("<", "</", "<!", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "> ", "1.\xa0\xa0 a"),
        *(
            "/threads/5",
            "(/posts/7).",
            "/meetings/2023-10-26-abo",
            "https://",
            "https://a.se",
            "https://a.se/x",
        ),
        *("https://a.se/\u2003\u0338", "www.x.se", "a@b.se", "http://1.2.3.999/", "http://xn--zzz-/"),
    ]
)
_TAGS = st.builds(
    lambda name, attribute, end: f"<{name}{attribute}{end}>",
    st.sampled_from(NAMES),
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(["", "", " /"]),
)
_ENDS = st.sampled_from([f"</{name}>" for name in NAMES])
_MARKS = st.sampled_from(
    [
        *(
            "\n",
            "\n",
            "\n\n",
            "\n  ",
            "    ",
            "\n- ",
            "\n  - ",
            "1. ",
            "\n2. ",
            "7) ",
            "\n> ",
            ">",
            "\n> - a",
        ),
        *("/posts/88", "/posts/88#x", "\n> /posts/3\n"),
    ]
)

HTML = st.lists(st.one_of(_TAGS, _TAGS, _ENDS, WORDS, st.text(max_size=4)), max_size=30).map("".join)
"""Markup, closed or not, allowed or not."""

TYPED = st.lists(st.one_of(_MARKS, _MARKS, WORDS, st.text(max_size=5)), max_size=40).map("".join)
"""What somebody may type into a plain field."""
