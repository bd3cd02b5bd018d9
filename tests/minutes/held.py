"""A meeting that has been, what is written about it, and who is told."""

from datetime import timedelta

from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting, MeetingState


def hold(make, meeting: Meeting) -> Meeting:
    """Move `meeting` into the past, and say that it was held."""
    with make.session() as session:
        kept = session.merge(meeting)
        kept.starts_at, kept.ends_at = clock.now() - timedelta(days=3), clock.now() - timedelta(days=1)
        kept.state = MeetingState.HELD
    return kept


def page_of(meeting):
    return f"/meetings/{meeting.slug}/minutes"


def write(client, item, body, **data):
    here = f"/agenda-items/{item.id}/minutes"
    return client.post(f"{here}/revisions", {"body": body} | data, f"{here}/edit")


def told(make, begins="minutes:"):
    with make.session() as session:
        letters = session.scalars(select(Letter).where(Letter.key.startswith(begins)).order_by(Letter.id))
        return {letter.member_id: letter for letter in letters}


def everyone(cast):
    """Those who serve in the network, but for the coordinator who publishes."""
    return {cast.representative.id, cast.other_representative.id, cast.steering.id, cast.convenor.id}
