"""Hides what stands in threads, and shows it again, as a coordinator's act does underneath."""

from kloss_intranet.threads.models import Post
from kloss_intranet.threads.queries import attachments
from kloss_intranet.threads.services import hiding


def hide(make, thing):
    """Whether it was there to be hidden: a post, or a file beside one."""
    return _done(make, thing, hiding.hide, hiding.hide_attachment)


def unhide(make, thing):
    return _done(make, thing, hiding.unhide, hiding.unhide_attachment)


def _done(make, thing, of_post, of_file):
    with make.session() as session:
        if isinstance(thing, Post):
            return of_post(session.get(Post, thing.id))
        return of_file(attachments.attachment(thing.id))
