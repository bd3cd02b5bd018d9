"""The text of a post as a quotation, with the link that leads back to it."""

import re

from markupsafe import escape

from ..models import Post

LONGEST_QUOTE = 600
"""Characters of a whole post that is quoted; who wants more marks the words."""


def quotation(post: Post, marked: str = "") -> str:
    """HTML to begin a reply with. The link gets its title when the reply is published.

    Words that were `marked` are quoted alone, if they stand in the post.
    """
    if bare(marked) and bare(marked) in bare(post.body):
        words = marked
    elif len(post.body) <= LONGEST_QUOTE:
        words = post.body
    else:
        words = post.body[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in words.splitlines() if part.strip())
    return (
        f'<blockquote>{paragraphs}<p><a href="/posts/{post.id}">/posts/{post.id}</a></p></blockquote><p></p>'
    )


def bare(words: str) -> str:
    """`words` without the marks of lists and tables, which a browser does not give when words are marked."""
    return " ".join(re.findall(r"\w+", words))
