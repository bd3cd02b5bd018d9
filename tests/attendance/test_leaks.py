"""What is not for a stand-in stands in no answer: every address, with every number there is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.attendance.models import StandIn
from kloss_intranet.core import clock
from kloss_intranet.threads.models import Following, Level, Saved
from tests.architecture.test_leaks import FOLDED, NETWORK, STEERING, WITHDRAWN, places, planted, refer

__all__ = ["planted"]
ELSEWHERE = "Kopparflöjtsort"
"""Stands in a thread of another meeting, which quotes and names all that the stand-in may see."""


@pytest.fixture
def ivar(make, cast):
    """Comes to the meeting in the place of the representative."""
    member = make.member("Ivar Holm")
    make.admission(cast.meeting, member, "stand_in")
    now = clock.now()
    row = {"meeting_id": cast.meeting.id, "absent_id": cast.representative.id, "member_id": member.id}
    make.add(StandIn(**row, institution_id=cast.institution.id, named_at=now))
    return member


@pytest.fixture
def elsewhere(make, cast, ivar):
    """The other meeting's thread, which the stand-in once followed and saved a post of."""
    other = make.meeting(ELSEWHERE, starts_at=clock.now() + timedelta(days=90))
    thread = make.thread(other, cast.theme, title=ELSEWHERE, introduction=ELSEWHERE, for_guests=True)
    post = make.post(thread, cast.convenor, ELSEWHERE, signed_name=f"{ELSEWHERE}sson", context=ELSEWHERE)
    make.attachment(post, ELSEWHERE.encode(), name=f"{ELSEWHERE}.txt")
    refer(make, post, cast)
    now = clock.now()
    make.add(Saved(member_id=ivar.id, post_id=post.id, saved_at=now))
    make.add(Following(member_id=ivar.id, thread_id=thread.id, level=Level.ALL, changed_at=now))
    return thread


def test_a_stand_in_finds_nothing_but_the_meeting(app, make, cast, client, planted, ivar, elsewhere):
    client.sign_in(ivar)
    hidden = (STEERING, WITHDRAWN, FOLDED, ELSEWHERE)
    assert places(app, make, client, hidden) == {marker: [] for marker in hidden}
    assert places(app, make, client, (NETWORK,))[NETWORK]


def test_the_search_would_find_it(app, make, cast, client, elsewhere):
    client.sign_in(cast.steering)
    found = places(app, make, client, (ELSEWHERE,))[ELSEWHERE]
    assert f"/threads/{cast.thread.id}" in found
    with make.session() as session:
        assert session.scalars(select(StandIn)).one()
