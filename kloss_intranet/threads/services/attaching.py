"""Files beside posts: held while a form is written, bound when it is sent, replaced, described, withdrawn."""

from pathlib import Path
from typing import IO

from sqlalchemy import ColumnElement, func, select, update

from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.text import tidy
from ...core.words import Refusal, text
from ...files.services.keeping import store
from ...files.services.names import tidy_name
from ..models import Attachment, AttachmentVersion, Post, Thread
from .turns import wait_for_turn

MOST_FILES = 10
"""Files beside a post."""
LONGEST_ALT = 300

TOO_MANY = text("Ett inlägg kan ha högst %(most)d filer.")
ALT_TOO_LONG = text("Beskrivningen får ha högst %(most)d tecken, och den har %(length)d.")


def hold(member_id: int, submission: str, given: str | None, stream: IO[bytes], folder: Path) -> None:
    """Keep a file for the form with the key `submission`. Raises Refusal.

    The same file sent again with the same form is kept once; a form that has made its post takes no more.
    """
    name = tidy_name(given)
    wait_for_turn(member_id)
    sent = select(Post.id).where(Post.member_id == member_id, Post.submission == submission)
    if db.session.scalar(sent) is not None:
        return
    waiting = (*_waiting(member_id, submission), Attachment.withdrawn_at.is_(None))
    _check_room(*waiting)
    file = store(stream, name, folder)
    again = (
        select(Attachment.id)
        .join(Attachment.versions)
        .where(*waiting, AttachmentVersion.file_id == file.id, AttachmentVersion.name == name)
    )
    if db.session.scalar(again) is None:
        _begin(member_id, file.id, name, submission=submission)


def bind(post: Post, submission: str | None) -> None:
    """Put the files that wait in the form beside the post that it made."""
    if not submission:
        return
    waiting = select(Attachment).where(
        *_waiting(post.member_id, submission), Attachment.withdrawn_at.is_(None)
    )
    for attachment in db.session.scalars(waiting.order_by(Attachment.id)).all():
        attachment.post_id = post.id
        record("attachment.add", f"attachment:{attachment.id}", post.member_id, post=post.id)


def add(post: Post, given: str | None, stream: IO[bytes], alt: str | None, folder: Path) -> Attachment:
    """One more file beside a post that stands. Raises Refusal."""
    name, alt = tidy_name(given), _checked(alt)
    wait_for_turn(post.member_id)
    _check_room(Attachment.post_id == post.id, Attachment.withdrawn_at.is_(None))
    file = store(stream, name, folder)
    attachment = _begin(post.member_id, file.id, name, post_id=post.id, alt=alt)
    record("attachment.add", f"attachment:{attachment.id}", post.member_id, post=post.id)
    _show(post)
    return attachment


def replace(attachment: Attachment, given: str | None, stream: IO[bytes], folder: Path) -> None:
    """A new version of the file; the earlier ones stay. Raises Refusal."""
    name = tidy_name(given)
    wait_for_turn(attachment.member_id)
    file = store(stream, name, folder)
    numbers = select(func.max(AttachmentVersion.number)).where(
        AttachmentVersion.attachment_id == attachment.id
    )
    number = (db.session.scalar(numbers) or 0) + 1
    _version(attachment, number, file.id, name)
    record("attachment.replace", f"attachment:{attachment.id}", attachment.member_id, number=number)
    _show(attachment.post)


def describe(attachment: Attachment, alt: str | None) -> None:
    """Say what the picture shows. Raises Refusal."""
    attachment.alt = _checked(alt)
    if attachment.post is not None:
        record("attachment.describe", f"attachment:{attachment.id}", attachment.member_id)
        _show(attachment.post)


def describe_held(member_id: int, submission: str, alts: dict[int, str]) -> None:
    """What the pictures of a form show, by the files' ids; others' files stay as they are. Raises Refusal."""
    waiting = select(Attachment).where(*_waiting(member_id, submission), Attachment.id.in_(sorted(alts)))
    for attachment in db.session.scalars(waiting).all():
        attachment.alt = _checked(alts[attachment.id])


def withdraw(attachment: Attachment) -> None:
    """Take the file away from its post or its form; its rows stay."""
    if attachment.withdrawn_at is None:
        attachment.withdrawn_at = clock.now()
        if attachment.post is not None:
            record("attachment.withdraw", f"attachment:{attachment.id}", attachment.member_id)
            _show(attachment.post)


def drop(member_id: int, submission: str, attachment_ids: list[int]) -> None:
    """Take files away from the form with the key `submission`."""
    db.session.execute(
        update(Attachment)
        .where(*_waiting(member_id, submission), Attachment.id.in_(attachment_ids))
        .values(withdrawn_at=clock.now())
    )


def _waiting(member_id: int, submission: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Attachment.member_id == member_id,
        Attachment.submission == submission,
        Attachment.post_id.is_(None),
    )


def _check_room(*among: ColumnElement[bool]) -> None:
    number = db.session.scalar(select(func.count()).select_from(Attachment).where(*among))
    if (number or 0) >= MOST_FILES:
        raise Refusal(TOO_MANY, field="files", most=MOST_FILES)


def _checked(alt: str | None) -> str | None:
    alt = " ".join(tidy(alt or "").split())
    if len(alt) > LONGEST_ALT:
        raise Refusal(ALT_TOO_LONG, field="alt", most=LONGEST_ALT, length=len(alt))
    return alt or None


def _begin(member_id: int, file_id: int, name: str, **columns: object) -> Attachment:
    attachment = Attachment(member_id=member_id, added_at=clock.now(), **columns)
    db.session.add(attachment)
    db.session.flush()
    _version(attachment, 1, file_id, name)
    return attachment


def _version(attachment: Attachment, number: int, file_id: int, name: str) -> None:
    db.session.add(
        AttachmentVersion(
            attachment_id=attachment.id,
            number=number,
            file_id=file_id,
            name=name,
            member_id=attachment.member_id,
            added_at=clock.now(),
        )
    )
    db.session.flush()


def _show(post: Post | None) -> None:
    """Have the thread's pages drawn anew."""
    if post is not None:
        mine = update(Thread).where(Thread.id == post.thread_id)
        db.session.execute(mine.values(changes=Thread.changes + 1))
