"""Letting nobody else change threads while posts pass between them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from ...core.db import db
from ...core.words import Refusal, text
from ..models import Audience, Post, Thread

GONE = text("Den tråden har gått upp i en annan. Välj den i stället.")


@dataclass(frozen=True)
class Held:
    """How a thread stands while it is being held."""

    id: int
    meeting_id: int
    audience: Audience
    for_guests: bool
    write_first: bool
    last_seq: int
    merged_into_id: int | None


def hold(*thread_ids: int) -> dict[int, Held]:
    """Let nobody else write in the threads until the transaction ends; always taken in one order.

    Whoever changes a post holds its thread first, so that no two wait for each other.
    """
    rows = db.session.execute(
        select(
            Thread.id,
            Thread.meeting_id,
            Thread.audience,
            Thread.for_guests,
            Thread.write_first,
            Thread.last_seq,
            Thread.merged_into_id,
        )
        .where(Thread.id.in_(thread_ids))
        .order_by(Thread.id)
        .with_for_update(key_share=True)
    )
    return {row.id: Held(*row) for row in rows}


def hold_home(post: Post) -> None:
    """Hold the thread where `post` stands now, should it have been moved since it was read."""
    home = select(Post.thread_id).where(Post.id == post.id)
    while post.thread_id in hold(post.thread_id):
        now = db.session.scalar(home)
        if now is None or now == post.thread_id:
            return
        set_committed_value(post, "thread_id", now)


def check_alike(source: Held, into: Held) -> None:
    """Posts pass only between threads with the same audience, guests among them. Raises Refusal."""
    if into.merged_into_id is not None:
        raise Refusal(GONE, field="into")
    if source.write_first and not into.write_first:
        raise Refusal(
            text("I den här tråden skriver man innan man läser. Välj en där man också gör det."), field="into"
        )
    if source.audience is not into.audience:
        raise Refusal(
            text("Trådarna läses inte av samma personer. Välj en tråd för samma läsare."), field="into"
        )
    if source.for_guests != into.for_guests:
        raise Refusal(
            text("Bara den ena tråden delas med träffens gäster. Välj en tråd för samma läsare."),
            field="into",
        )
    if source.for_guests and source.meeting_id != into.meeting_id:
        raise Refusal(text("Tråden delas med en träffs gäster. Välj en tråd till samma träff."), field="into")
