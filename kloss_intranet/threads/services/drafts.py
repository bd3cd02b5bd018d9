"""Keeping what a member has begun to write: one text for each place, never overwritten unseen."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from ...core import clock
from ...core import text as texts
from ...core.db import db
from ...core.policy import TABLE, Actor, Permission, may
from ...core.words import Refusal, text
from .. import queries
from ..models import Draft, Place, Post
from .turns import wait_for_turn

SHORT = 2_000
TEXTS = {"body": 400_000, "introduction": 40_000, "title": SHORT, "context": SHORT}
"""What makes a draft worth keeping, with the characters it may have; more than a post may, so that
a text that has grown too long can still be kept and shortened."""
CHOICES = ("format", "version", "aspect", "factor", "relation", "theme", "question", "audience", "for_guests")
FIELDS = TEXTS | dict.fromkeys((*CHOICES, "write_first", "not_for_quoting", "submission"), SHORT)
"""The fields that are kept, by name; nothing else is, whatever a form sends."""
LONGEST = max(FIELDS.values())
NEEDS = {
    Place.EXPERIENCE: Permission.POST_WRITE,
    Place.REPLY: Permission.POST_WRITE,
    Place.EDIT: Permission.POST_EDIT,
    Place.THREAD: Permission.THREAD_OPEN,
}
SEES = {place: TABLE[needed].sees or needed for place, needed in NEEDS.items()}


class NewerDraft(Refusal):
    """The draft was saved elsewhere since this form was opened; both texts are to be shown."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(text("Utkastet har ändrats i en annan flik eller på en annan enhet."), status=409)
        self.draft = draft


def save(author: Actor, place: Place, subject_id: int, sent: Mapping[str, str]) -> Draft | None:
    """Keep what a form sent as the author's draft of this place; None when there is nothing to keep.

    `sent` may hold `draft_version`, the saving that the form goes on from, and `draft_page` and
    `draft_turn`, a name for the page and the number of this saving from it. Raises NewerDraft when the
    draft was saved by somebody else than this page since then, and Refusal when a field is too long.
    """
    fields = chosen(sent)
    wait_for_turn(author.member_id)
    draft = queries.draft_at(author.member_id, place, subject_id)
    page, turn, version = sent.get("draft_page", "")[:64], _number(sent, "draft_turn"), _version(sent)
    if draft is not None and version != draft.version and not _continues(draft, page, turn):
        if draft_fields(draft) == fields:
            return draft
        raise NewerDraft(draft)
    if (made := _made(author, fields)) is not None:
        if says_all(made, fields):
            # Sent off before the post was published, and arrived after it.
            return None
        fields["submission"] = ""  # what is written on now is another post
    if not any(words(fields, name) for name in TEXTS):
        if draft is not None:
            db.session.delete(draft)
            db.session.flush()
        return None
    if draft is None:
        draft = Draft(member_id=author.member_id, place=place, subject_id=subject_id, version=version)
        db.session.add(draft)
    draft.version = max(draft.version, version) + 1
    draft.fields, draft.saved_at = {**fields, "draft_page": page, "draft_turn": turn}, clock.now()
    db.session.flush()
    return draft


def save_at(author: Actor, spot: str, sent: Mapping[str, str]) -> Draft | None:
    """The same for a place written as `spot` has it. Raises Refusal (403) where the author may not write."""
    place, subject_id = read_spot(spot)
    if place is None or not may_write(author, place, subject_id):
        raise Refusal(text("Du får inte skriva där texten skulle stå."), status=403)
    return save(author, place, subject_id, sent)


def may_write(author: Actor, place: Place, subject_id: int) -> bool:
    """Whether the place is there and the author may publish in it."""
    subject = queries.subject(place, subject_id)
    return subject is not None and all(may(author, needed[place], subject) for needed in (SEES, NEEDS))


def spot(place: Place, subject_id: int) -> str:
    """A place as one word, for a hidden field: `reply:7`."""
    return f"{place.value}:{subject_id}"


def read_spot(spot: str) -> tuple[Place | None, int]:
    """The place and its subject; None for the place when the word names none."""
    place, _, subject = spot.partition(":")
    is_number = subject.isdecimal() and subject.isascii() and len(subject) < 10
    return (Place(place), int(subject)) if place in list(Place) and is_number else (None, 0)


def discard(draft: Draft) -> None:
    """Throw the draft away for good."""
    db.session.execute(delete(Draft).where(Draft.id == draft.id))


def spend(author: Actor, place: Place, subject_id: int, sent: Mapping[str, str]) -> None:
    """What `sent` holds is published now: its draft goes, in the same transaction.

    What was written on since then on another device stays as a draft of its own, to be published as another.
    """
    draft = queries.draft_at(author.member_id, place, subject_id)
    if draft is None or draft.fields.get("submission", "") != sent.get("submission", ""):
        return
    page = sent.get("draft_page", "")
    if draft.version <= _version(sent) or (page and page == draft.fields.get("draft_page")):
        db.session.delete(draft)
    else:
        draft.fields = {**draft.fields, "submission": ""}
    db.session.flush()


def set_aside(author: Actor, place: Place, subject_id: int, sent: Mapping[str, str], body: str) -> bool:
    """Keep a text that came with the key of a post published before, saying `body`, and says more than it.

    The flag tells whether there was anything to keep.
    """
    if says_all(body, chosen(sent)):
        return False
    return save(author, place, subject_id, sent) is not None


def chosen(sent: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that a draft keeps. Raises Refusal for one that is too long."""
    fields = {name: _plain(sent[name]) for name in FIELDS if sent.get(name)}
    for name, value in fields.items():
        if len(value) > FIELDS[name]:
            raise Refusal(
                text("Texten är för lång för att sparas: högst %(most)d tecken, och den har %(length)d."),
                field=name,
                most=FIELDS[name],
                length=len(value),
            )
    return fields


def _plain(value: str) -> str:
    """One kind of line ends, and nothing that a database refuses."""
    return value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def draft_fields(draft: Draft) -> dict[str, str]:
    """The fields of a draft as the form sent them."""
    return {name: str(value) for name, value in draft.fields.items() if name in FIELDS}


def words(fields: Mapping[str, Any], name: str = "body") -> str:
    """One of the texts as plain words; the body may be HTML."""
    value = str(fields.get(name, ""))
    if name == "body" and fields.get("format") == "html":
        try:
            return texts.to_text(value).strip()
        except Refusal:
            return value  # too much markup to be read, and still somebody's text
    return value.strip()


def beginning(draft: Draft) -> str:
    """The words of the first text in the draft that has any."""
    return next(filter(None, (words(draft.fields, name) for name in TEXTS)), "")


def says_all(body: str, fields: Mapping[str, str]) -> bool:
    """Whether a published wording holds every word of a form; addresses get other words when published."""
    said = {word for word in words(fields).split() if "/" not in word}
    return said <= set(body.split())


def _made(author: Actor, fields: Mapping[str, str]) -> str | None:
    """The wording of the post that this form has made, if it has made one."""
    if not fields.get("submission"):
        return None
    made = select(Post.body).where(
        Post.member_id == author.member_id, Post.submission == fields["submission"]
    )
    return db.session.scalar(made)


def _continues(draft: Draft, page: str, turn: int) -> bool:
    """Whether the page that saved the draft last saves again, and not in the wrong order."""
    return bool(page) and draft.fields.get("draft_page") == page and turn > draft.fields["draft_turn"]


def beside(draft: Draft, sent: Mapping[str, str]) -> dict[str, Any]:
    """What a page shows when a text meets a newer draft: both, and the fields to send once more."""
    return {"draft": draft, "stored": words(draft.fields), "mine": words(sent), "fields": chosen(sent)}


def _version(sent: Mapping[str, str]) -> int:
    return _number(sent, "draft_version")


def _number(sent: Mapping[str, str], name: str) -> int:
    given = sent.get(name, "")
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 9 else 0
