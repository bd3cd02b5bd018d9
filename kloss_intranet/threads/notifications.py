"""Who is told about a post, and in which words."""

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ..core import clock
from ..core.language import LOCALES
from ..core.text import shown
from ..mail.services import enqueue
from . import queries
from .models import Post, Thread


def tell_of_reply(post: Post, parent: Post, thread: Thread) -> None:
    """A letter to the author of `parent`, unless they answered themselves or may not read the thread."""
    if parent.member_id == post.member_id:
        return
    reader = queries.told(parent.member_id, thread.audience, clock.today())
    if reader is None:
        return
    link = f"{current_app.config['SETTINGS'].base_url}/posts/{post.id}"
    with force_locale(LOCALES[reader.language]):
        said = {
            "reader": reader,
            "post": post,
            "thread": thread,
            "link": link,
            "shown_html": shown(post.body_html),
        }
        enqueue(
            f"reply:{post.id}:{reader.id}",
            reader,
            subject=gettext("Svar till dig: %(title)s", title=thread.title),
            plain=render_template("threads/mail/reply.txt", **said),
            html=render_template("threads/mail/reply.html", **said),
            conversation=f"thread-{thread.id}",
        )
