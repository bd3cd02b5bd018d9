"""The text of a post as a quotation, with the link that leads back to it."""

from markupsafe import escape

from ..models import Post

LONGEST_QUOTE = 600
"""Characters of a whole post that is quoted; who wants more marks the words."""


def quotation(post: Post) -> str:
    """HTML to begin a reply with. The link gets its title when the reply is published."""
    words = (
        post.body if len(post.body) <= LONGEST_QUOTE else post.body[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    )
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in words.splitlines() if part.strip())
    return (
        f'<blockquote>{paragraphs}<p><a href="/posts/{post.id}">/posts/{post.id}</a></p></blockquote><p></p>'
    )
