"""Coordinators are reminded of what nobody has touched for two days: once, and again every two days."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.moderation.cli import send_reminders
from kloss_intranet.moderation.models import Report
from tests.moderation.cases import act, letters, report


def run(app):
    result = app.test_cli_runner().invoke(send_reminders)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def later(make, days):
    """As if so many days had gone."""
    with make.session() as session:
        for made in session.query(Report):
            made.reported_at -= timedelta(days=days)
            made.reminded_at = made.reminded_at and made.reminded_at - timedelta(days=days)


@pytest.mark.any_database
def test_they_are_reminded_once_in_two_days(app, client, make, cast):
    other = make.member("Filippa Kansli", language="en")
    make.role(other, "coordinator")
    client.sign_in(cast.steering)
    report(client, f"/posts/{cast.post.id}")
    report(client, f"/members/{cast.representative.id}")
    assert run(app) == "reminders: 0 in the outbox"
    later(make, 2)
    assert run(app) == "reminders: 2 in the outbox"
    told = letters(make, "reports-wait:")
    assert told.keys() == {cast.coordinator.id, other.id}
    assert "2 anmälda saker har väntat" in told[cast.coordinator.id].plain
    assert {letter.path for letter in told.values()} == {"/moderation/"}
    assert run(app) == "reminders: 0 in the outbox"
    client.sign_in(cast.coordinator)
    act(client, f"/moderation/posts/{cast.post.id}/dismissals")
    later(make, 2)
    assert run(app) == "reminders: 2 in the outbox"
    assert "1 anmälan har väntat" in letters(make, "reports-wait:")[cast.coordinator.id].plain
    act(client, f"/moderation/members/{cast.representative.id}/dismissals")
    later(make, 20)
    assert run(app) == "reminders: 0 in the outbox"


def test_of_their_own_they_are_reminded_only_when_alone(app, client, make, cast):
    own = make.post(cast.thread, cast.coordinator, "Kansliets ord.")
    client.sign_in(cast.steering)
    report(client, f"/posts/{own.id}")
    later(make, 3)
    assert run(app) == "reminders: 1 in the outbox"
    other = make.member("Filippa Kansli")
    make.role(other, "coordinator", ends_on=clock.today() + timedelta(days=9))
    later(make, 3)
    assert run(app) == "reminders: 1 in the outbox"
    assert letters(make, "reports-wait:").keys() >= {other.id}
