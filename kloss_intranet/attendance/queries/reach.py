"""Who may come to a meeting: the network, and whoever has been let in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, literal, or_, select

from ...core.db import db
from ...mail.models import Letter
from ...meetings.models import Admission, Meeting
from ...members.models import Member
from ...members.queries import serves

ABOUT = ("seat:", "sign-up:", "stand-in:")
"""How the keys of the letters about coming to a meeting begin."""


def reaches(meeting_id: Any, member_id: Any, day: date) -> ColumnElement[bool]:
    """Whether the member, whose account is open, may come to the meeting; as policy.SIGN_UP_WRITE has it."""
    let_in = exists().where(
        Admission.member_id == member_id, Admission.meeting_id == meeting_id, Admission.ends_on >= day
    )
    is_open = exists().where(Member.id == member_id, Member.closed_at.is_(None))
    return is_open & or_(serves(day, member_id), let_in)


def out_of_reach(letter_ids: Collection[int], day: date) -> set[int]:
    """Of these letters, those about coming to a meeting whose readers may not come on `day`."""
    return set(
        db.session.scalars(
            select(Letter.id)
            .join(Meeting, literal("/meetings/") + Meeting.slug == Letter.path)
            .where(
                Letter.id.in_(letter_ids),
                or_(*(Letter.key.startswith(words) for words in ABOUT)),
                ~reaches(Meeting.id, Letter.member_id, day),
            )
        )
    )
