"""Parts that take sign-ups, and looks at who has answered what."""

from datetime import timedelta

from sqlalchemy import select

from kloss_intranet.attendance.models import SignUp
from kloss_intranet.core import clock
from kloss_intranet.meetings.models import ProgrammeItem, ProgrammeKind


def part(make, meeting, title="Middag", position=1, **columns):
    """A dinner that takes sign-ups until the day before the meeting."""
    row = {
        "meeting_id": meeting.id,
        "position": position,
        "kind": ProgrammeKind.DINNER,
        "title": title,
        "takes_sign_ups": True,
        "starts_at": meeting.starts_at,
        "sign_up_by": clock.now().replace(microsecond=0) + timedelta(days=20),
    }
    return make.add(ProgrammeItem(**row | columns))


def answers(make, item):
    """(member, answer) in the order of the queue."""
    with make.session() as session:
        rows = session.scalars(
            select(SignUp).where(SignUp.programme_item_id == item.id).order_by(SignUp.queued_at, SignUp.id)
        )
        return [(row.member_id, row.answer.value) for row in rows]


def sign_up(client, who, meeting, **data):
    """Fill in the form on the meeting's page."""
    at = f"/meetings/{meeting.slug}"
    client.sign_in(who)
    return client.post(f"{at}/sign-ups", data, form_on=at)
