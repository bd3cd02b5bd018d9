"""An act settles what it is an answer to, and leaves the rest waiting."""

import pytest

from kloss_intranet.moderation.queries import answers, queue
from tests.moderation.arranging import move
from tests.moderation.cases import letters as letters_like
from tests.moderation.cases import report
from tests.moderation.measures import reply, take


@pytest.mark.any_database
def test_an_act_that_is_undone_waits_no_more_for_its_answer(app, client, make, cast):
    author = client.sign_in(cast.representative)
    locked = take(app, cast.coordinator, "lock", cast.thread, cast.representative)
    reply(author, locked)
    pinned = take(app, cast.coordinator, "pin", cast.thread, cast.representative)
    reply(author, pinned)
    take(app, cast.coordinator, "unlock", cast.thread, cast.representative)
    with app.app_context():
        assert [each.decision_id for each in answers.waiting()] == [pinned]
    take(app, cast.coordinator, "unpin", cast.thread, cast.representative)
    with app.app_context():
        assert answers.waiting() == []


@pytest.mark.any_database
def test_a_place_that_loses_its_name_leaves_the_reports_open(app, client, cast):
    report(client.sign_in(cast.steering), f"/posts/{cast.post.id}")
    take(app, cast.coordinator, "unmark", cast.post, cast.representative)
    with app.app_context():
        assert len(queue.open_reports()) == 1


@pytest.mark.any_database
def test_when_a_reported_post_is_moved_nobody_is_told_of_the_report_any_more(app, client, make, cast):
    other = make.member("Filippa Kansli")
    make.role(other, "coordinator")
    into = make.thread(cast.meeting, cast.theme, title="Där det hör hemma")
    report(client.sign_in(cast.steering), f"/posts/{cast.post.id}")
    assert letters_like(make, "report:").keys() == {cast.coordinator.id, other.id}
    move(client.sign_in(cast.coordinator), cast.thread, [cast.post], into)
    with app.app_context():
        assert queue.open_reports() == []
    assert letters_like(make, "report:") == {}
    assert letters_like(make, "report-settled:").keys() == {cast.steering.id}
