"""Posts as a page shows them: words, addresses and order, for everyone who may read them alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from ...core.language import gettext, language, moment
from ...core.text import excerpt, shown
from ...meetings.models import Meeting, Phase
from ..queries import PostRow, Voice


@dataclass(frozen=True)
class Answered:
    """What a reply answers; the excerpt is empty when that stands right above."""

    label: str
    url: str
    excerpt: str


def voice_name(voice: Voice) -> str:
    if voice.slug is None:
        return gettext("Nätverkets kansli")
    return voice.name_en if language() == "en" else voice.name_sv


def voice_url(voice: Voice) -> str | None:
    return url_for("members.institution", slug=voice.slug) if voice.slug else None


@dataclass(frozen=True)
class ShownPost:
    """The fields that templates/components/post.html draws."""

    id: int
    seq: int
    phase: str
    kind: str
    aspect: str | None
    factor: str | None
    relation: str | None
    context: str | None
    body: Markup
    institution_name: str
    institution_url: str | None
    institution_invented: bool
    author_name: str
    author_title: str | None
    author_url: str
    posted_label: str
    posted_iso: str
    url: str
    reply_url: str | None
    in_reply_to: Answered | None
    nested: bool
    edited: bool = False


def show(row: PostRow, meeting: Meeting, *, can_reply: bool = False, above: int | None = None) -> ShownPost:
    """`above` is the `root_seq` of the post drawn just before, on the same side."""
    nested = row.parent_id is not None and above == row.root_seq
    answered = None
    if row.parent_id is not None:
        name = voice_name(row.parent_voice)
        answered = Answered(
            name,
            url_for("threads.locate", post_id=row.parent_id),
            "" if nested else excerpt(row.parent_body or ""),
        )
    return ShownPost(
        id=row.id,
        seq=row.seq,
        phase=meeting.phase_at(row.posted_at).value,
        kind=row.kind,
        aspect=row.aspect,
        factor=row.factor,
        relation=row.relation,
        context=row.context,
        body=shown(row.body_html),
        institution_name=voice_name(row.voice),
        institution_url=voice_url(row.voice),
        institution_invented=row.voice.is_invented,
        author_name=row.signed_name,
        author_title=row.signed_title,
        author_url=url_for("members.show", member_id=row.member_id),
        posted_label=moment(row.posted_at, meeting.time_zone),
        posted_iso=row.posted_at.isoformat("T", "seconds"),
        url=url_for("threads.locate", post_id=row.id),
        reply_url=url_for("threads.show", thread_id=row.thread_id, reply_to=row.id, _anchor="composer")
        if can_reply
        else None,
        in_reply_to=answered,
        nested=nested,
    )


def by_conversation(rows: Iterable[PostRow], meeting: Meeting) -> list[PostRow]:
    """A page in reading order: side by side of the meeting, and replies under what they answer."""
    order = list(Phase)
    return sorted(rows, key=lambda row: (order.index(meeting.phase_at(row.posted_at)), row.root_seq, row.seq))


def articles(rows: list[PostRow], meeting: Meeting, *, can_reply: bool) -> list[tuple[PostRow, str, Markup]]:
    """Each post with its phase and its drawn article."""
    drawn = []
    before: tuple[Any, int] | None = None
    for row in by_conversation(rows, meeting):
        phase = meeting.phase_at(row.posted_at)
        above = before[1] if before and before[0] is phase else None
        post = show(row, meeting, can_reply=can_reply, above=above)
        drawn.append((row, phase.value, Markup(render_template("threads/_post.html", p=post))))  # noqa: S704
        before = (phase, row.root_seq)
    return drawn


@lru_cache(maxsize=256)
def _kept(key: tuple[Any, ...]) -> list[Any]:
    """A place for drawn pages; the key names all that changes them, but for the name of an institution."""
    return []


def remembered(key: tuple[Any, ...], draw: Any) -> Any:
    """What `draw` gave the first time for `key`."""
    place = _kept(key)
    if not place:
        place.append(draw())
    return place[0]
