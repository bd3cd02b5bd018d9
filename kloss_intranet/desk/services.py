"""Letters that have failed are tried at once or left alone, and one invitation is made again at a time."""

from sqlalchemy import ColumnElement, or_, select, update

from ..audit.services import record
from ..core import clock
from ..core.db import db
from ..mail.models import Letter
from ..members.models import Member
from . import queries


def try_again(letter: Letter, by: int) -> int:
    """Let what waits for the letter's address be sent at once; how many letters that is."""
    now = clock.now()
    idle = or_(Letter.leased_until.is_(None), Letter.leased_until <= now)
    return _change(letter, "letter:retry", by, idle, Letter.due_at > now, due_at=now)


def set_aside(letter: Letter, by: int) -> int:
    """Say no more of the address until a letter to it fails again; how many letters had failed."""
    return _change(letter, "letter:set-aside", by, last_error=None)


def _change(letter: Letter, act: str, by: int, *which: ColumnElement[bool], **columns: object) -> int:
    changed = db.session.scalars(
        update(Letter)
        .where(Letter.address == letter.address, *queries.HAVE_FAILED, *which)
        .values(**columns)
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    ).all()
    if changed:
        record(
            act,
            f"member:{letter.member_id}" if letter.member_id else f"letter:{letter.id}",
            by,
            letters=len(changed),
        )
    return len(changed)


def may_be_invited_again(member: Member) -> bool:
    """Whether the member's invitation waits unanswered; of two who ask at once the second is told no."""
    db.session.execute(select(Member.id).where(Member.id == member.id).with_for_update(key_share=True))
    return bool(queries.unanswered(clock.now(), clock.today(), member.id))
