"""What the tests of edits ask for: changing a post by its form, and how it is stored."""

from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.threads.models import Post, Revision

OLD = "Vi började i det lilla."
NEW = "Vi började i det stora."


def stored(make, post):
    with make.session() as session:
        return session.get(Post, post.id)


def kept(make, post):
    with make.session() as session:
        query = select(Revision).where(Revision.post_id == post.id).order_by(Revision.number)
        return session.scalars(query).all()


def acts(make):
    with make.session() as session:
        return session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()


def change(client, post, **fields):
    """Open the form of `post`, fill in `fields` and save."""
    return client.post(f"/posts/{post.id}/revisions", fields, form_on=f"/posts/{post.id}/edit")
