"""A letter leaves the outbox once, is tried again when it failed, and is a proper message."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail import queries, transport
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import enqueue
from tests.make import Make

SUBJECT = "Svar på »Åsnes«: hur gick det?"


@pytest.fixture
def letter(app: Flask, make: Make) -> Letter:
    member = make.member("Agnes Björk", email="agnes@example.org")
    with make.session():
        made = enqueue(
            "reply:1",
            member,
            subject=SUBJECT,
            plain="Hej Agnes!\n\n" + "Ö" * 1200,
            html="<p>Hej Agnes!</p>",
            conversation="thread-1",
        )
    assert made is not None
    return made


def settings(app: Flask):  # type: ignore[no-untyped-def]
    return app.config["SETTINGS"]


@pytest.mark.any_database
def test_a_letter_is_written_once(app: Flask, letter: Letter, tmp_path: Path) -> None:
    with app.app_context():
        now = clock.now()
        assert queries.waiting() == 1
        assert transport.deliver(settings(app), now) == 1
        assert transport.deliver(settings(app), now) == 0
        assert queries.waiting() == 0
    (path,) = (tmp_path / "mail").iterdir()
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert path.name == f"{letter.id:06}.eml"
    assert (message["To"], message["Subject"]) == ("agnes@example.org", SUBJECT)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<letter-{letter.id}@127.0.0.1>"
    assert message["In-Reply-To"] == message["References"] == "<thread-1@127.0.0.1>"
    assert message["Date"].datetime.tzinfo is not None
    assert plain is not None
    assert html is not None
    assert plain.get_content().rstrip() == letter.plain
    assert "<p>Hej Agnes!</p>" in html.get_content()
    assert max(map(len, path.read_bytes().split(b"\r\n"))) <= 998


@pytest.mark.any_database
def test_a_claimed_letter_is_left_alone_until_the_lease_is_over(app: Flask, letter: Letter) -> None:
    now, lease = clock.now(), timedelta(minutes=5)
    with app.app_context():
        assert [row.id for row in queries.claim(now, lease, 10)] == [letter.id]
        db.session.commit()
        assert queries.claim(now + lease / 2, lease, 10) == []
        db.session.commit()
        assert [row.id for row in queries.claim(now + lease, lease, 10)] == [letter.id]
        db.session.commit()


def test_a_letter_that_failed_is_tried_later(
    app: Flask, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: transport.Folder, letter: Letter, message: EmailMessage) -> None:
        raise ConnectionRefusedError("nobody there")

    with app.app_context():
        now = clock.now()
        with monkeypatch.context() as patch:
            patch.setattr(transport.Folder, "send", refuse)
            assert transport.deliver(settings(app), now) == 0
        row = db.session.scalars(select(Letter)).one()
        assert (row.attempts, row.sent_at, row.leased_until) == (1, None, None)
        assert row.last_error == "ConnectionRefusedError: nobody there"
        assert row.due_at == now + timedelta(minutes=2)
        assert transport.deliver(settings(app), now) == 0
        assert transport.deliver(settings(app), row.due_at) == 1
        assert queries.waiting() == 0


def test_the_mailbox_is_the_demos_only(app: Flask) -> None:
    assert app.test_client().get("/dev/mail").status_code == 404
