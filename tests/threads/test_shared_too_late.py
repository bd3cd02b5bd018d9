"""A thread that was empty when somebody chose to share it with guests may not be so any more."""

import pytest
from sqlalchemy import update

from kloss_intranet.core.access import as_member
from kloss_intranet.core.words import Refusal
from kloss_intranet.threads.models import Thread
from kloss_intranet.threads.services import opening


@pytest.mark.any_database
def test_posts_that_came_meanwhile_are_not_shared_with_guests(make, cast):
    empty = make.thread(cast.meeting, cast.theme, title="Än så länge tom")
    terms = opening.Terms(
        title="Än så länge tom", introduction="", theme=cast.theme, write_first=False, for_guests=True
    )
    with make.session() as session:
        thread, editor = session.get(Thread, empty.id), as_member(cast.steering.id)
        came = update(Thread).where(Thread.id == empty.id).values(last_seq=1)
        session.execute(came.execution_options(synchronize_session=False))
        with pytest.raises(Refusal):
            opening.revise(thread, editor, terms, version=thread.version)
        gone = update(Thread).where(Thread.id == empty.id).values(last_seq=0)
        session.execute(gone.execution_options(synchronize_session=False))
        opening.revise(thread, editor, terms, version=thread.version)
        session.refresh(thread)
        assert thread.for_guests
