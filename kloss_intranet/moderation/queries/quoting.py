"""Who has quoted a post: their copies of its words outlive a hiding."""

from sqlalchemy import select

from ...core.db import db
from ...threads.models import Post, Reference, ReferenceKind


def quoting(post_id: int) -> list[tuple[int, str]]:
    """The posts that quote this one and stand, as (post, signature)."""
    query = (
        select(Post.id, Post.signed_name)
        .join(Reference, Reference.post_id == Post.id)
        .where(
            Reference.kind == ReferenceKind.POST,
            Reference.target_id == post_id,
            Reference.is_quote,
            Post.id != post_id,
            Post.stands,
        )
        .order_by(Post.id)
    )
    return [(number, name) for number, name in db.session.execute(query)]
