"""A post as a page shows it: its words and addresses, for everyone who may read it alike."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from ...core import clock
from ...core.access import me
from ...core.language import gettext, language, moment
from ...core.policy import Permission, may
from ...core.text import excerpt, shown
from ...meetings.models import Meeting
from ..queries import PostRow, Voice


@dataclass(frozen=True)
class Answered:
    """What a reply answers; the excerpt is empty when that stands right above."""

    label: str
    url: str
    excerpt: str


@dataclass(frozen=True)
class Edited:
    """That the wording was changed, and where the earlier ones are; `late` when after the meeting."""

    label: str
    url: str
    late: bool


@dataclass(frozen=True)
class Around:
    """What other rows say about a post: where it was quoted, and the files beside it."""

    quoted: tuple[tuple[str, str], ...] = ()
    """Of each post that quotes it, (label, address)."""
    attachments: tuple[Any, ...] = ()
    time_zone: str = clock.STOCKHOLM
    """That of the meeting, which the times around the post are told in."""


def voice_name(voice: Voice) -> str:
    if voice.is_guest:
        return gettext("Träffens gäst")
    if voice.slug is None:
        return gettext("Nätverkets kansli")
    return voice.name_en if language() == "en" else voice.name_sv


def voice_url(voice: Voice) -> str | None:
    if not voice.slug or not may(me(), Permission.MEMBER_READ):
        return None
    return url_for("members.institution", slug=voice.slug)


def author_url(row: PostRow) -> str | None:
    return url_for("members.show", member_id=row.member_id) if may(me(), Permission.MEMBER_READ) else None


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
    author_url: str | None
    posted_label: str
    posted_iso: str
    url: str
    reply_url: str | None
    quote_url: str | None
    in_reply_to: Answered | None
    nested: bool
    edited: Edited | None
    withdrawn: str | None
    """Since when it is withdrawn; the wording is then not shown."""
    hidden: str | None
    """Since when a coordinator has hidden it; the wording is then not shown either."""
    milestone: str | None
    around: Around
    has_acts: bool
    not_for_quoting: bool


def show(
    row: PostRow,
    meeting: Meeting,
    *,
    can_reply: bool = False,
    above: int | None = None,
    around: Around | None = None,
    has_acts: bool = False,
) -> ShownPost:
    """`above` is the `root_seq` of the post drawn just before, on the same side."""
    nested = row.parent_id is not None and above == row.root_seq
    stands = row.stands
    answerable = can_reply and stands
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
        aspect=row.aspect if stands else None,
        factor=row.factor if stands else None,
        relation=row.relation if stands else None,
        context=row.context if stands else None,
        body=shown(row.body_html, row.policy) if stands else Markup(),
        institution_name=voice_name(row.voice),
        institution_url=voice_url(row.voice),
        institution_invented=row.voice.is_invented,
        author_name=row.signed_name,
        author_title=row.signed_title,
        author_url=author_url(row),
        posted_label=moment(row.posted_at, meeting.time_zone),
        posted_iso=row.posted_at.isoformat("T", "seconds"),
        url=url_for("threads.locate", post_id=row.id),
        reply_url=_composer(row, reply_to=row.id) if answerable else None,
        quote_url=_composer(row, reply_to=row.id, quote=row.id) if answerable else None,
        in_reply_to=answered,
        nested=nested,
        edited=_edited(row, meeting) if row.edited_at and stands else None,
        withdrawn=moment(row.withdrawn_at, meeting.time_zone) if row.withdrawn_at else None,
        hidden=moment(row.hidden_at, meeting.time_zone) if row.hidden_at else None,
        milestone=row.milestone if stands else None,
        around=around if around and stands else Around(),
        has_acts=has_acts,
        not_for_quoting=row.not_for_quoting and stands,
    )


def _composer(row: PostRow, **chosen: Any) -> str:
    return url_for("threads.show", thread_id=row.thread_id, _anchor="composer", **chosen)


def _edited(row: PostRow, meeting: Meeting) -> Edited:
    at = row.edited_at or row.posted_at
    late = row.posted_at < meeting.ends_at <= at
    return Edited(moment(at, meeting.time_zone), url_for("threads.history", post_id=row.id), late)
