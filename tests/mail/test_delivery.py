"""A letter leaves the outbox once, is tried again when it failed, and is a proper message."""

import socket
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from flask import Flask
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.core.config import Settings
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


def settings(app: Flask) -> Settings:
    found: Settings = app.config["SETTINGS"]
    return found


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
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "sv")
    assert message["Message-ID"] == f"<letter-{letter.id}@127.0.0.1>"
    assert message["In-Reply-To"] == message["References"] == "<thread-1@127.0.0.1>"
    assert message["Date"].datetime.tzinfo is not None
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n").rstrip() == letter.plain
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


@pytest.mark.any_database
def test_two_deliverers_never_take_the_same_letter(app: Flask, letter: Letter, make: Make) -> None:
    member = make.member()
    with make.session():
        for number in range(30):
            enqueue(f"bulk:{number}", member, subject="Brev", plain="Hej", html="<p>Hej</p>")
    taken: list[list[int]] = []

    def take() -> None:
        with app.app_context():
            taken.append([row.id for row in queries.claim(clock.now(), timedelta(minutes=5), 8)])
            db.session.commit()

    workers = [Thread(target=take) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ids = [id for batch in taken for id in batch]
    assert len(taken) == 4
    assert len(ids) == len(set(ids)) >= 24


def test_a_letter_goes_by_smtp(app: Flask, letter: Letter) -> None:
    class Keeper:
        def __init__(self) -> None:
            self.kept: list[Envelope] = []

        async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802
            self.kept.append(envelope)
            return "250 kept"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keeper = Keeper()
    server = Controller(keeper, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with app.app_context():
            by_smtp = replace(settings(app), mail=f"smtp://127.0.0.1:{port}")
            assert transport.deliver(by_smtp, clock.now()) == 1
    finally:
        server.stop()
    (envelope,) = keeper.kept
    assert envelope.rcpt_tos == ["agnes@example.org"]
    assert isinstance(envelope.content, bytes)
    assert message_from_bytes(envelope.content, policy=policy.default)["Subject"] == SUBJECT


def test_the_demo_shows_its_letters(app: Flask, letter: Letter) -> None:
    with app.app_context():
        transport.deliver(settings(app), clock.now())
    app.config["SETTINGS"] = replace(settings(app), demo=True)
    page = app.test_client().get("/dev/mail").get_data(as_text=True)
    assert SUBJECT in page
    assert "Hej Agnes!" in page


def test_the_mailbox_is_the_demos_only(app: Flask) -> None:
    assert app.test_client().get("/dev/mail").status_code == 404


@pytest.mark.parametrize(
    "address", ["_:==@,;.å", '.."),"@_.,?<', "=?utf-8?q??=],@\\(.\\;", "å=?utf-8?q?@[.%."]
)
def test_a_letter_that_cannot_be_composed_does_not_stop_the_others(
    app: Flask, make: Make, address: str
) -> None:
    for number, to in enumerate((address, "agnes@example.org")):
        member = make.member(email=to)
        with make.session():
            enqueue(f"to:{number}", member, subject="Hej", plain="Hej", html="<p>Hej</p>")
    with app.app_context():
        assert transport.deliver(settings(app), clock.now()) == 1
        (row,) = db.session.scalars(select(Letter).where(Letter.sent_at.is_(None)))
        assert (row.address, row.attempts) == (address, 1)
        assert row.last_error
