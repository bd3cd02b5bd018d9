"""The console command `kloss-intranet`: migrate, fill, serve and show."""

import logging
import re
import signal
import sys
import threading
import time
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

from . import create_app
from .attendance.cli import erase_needs
from .audit.cli import audit
from .core.config import BadSetting, Settings, read_settings
from .core.security import LARGEST_UPLOAD
from .core.whence import whence
from .files.cli import sweep_files
from .history.cli import import_history
from .mail.cli import deliver_mail
from .moderation.cli import send_reminders
from .questions.cli import send_echoes
from .threads.cli import reclean_texts

log = logging.getLogger(__name__)

THREADS = 4
MAIL_PAUSE = 2.0  # seconds between two looks into the demo's outbox
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

host_option = click.option("--host", default="127.0.0.1", show_default=True)
port_option = click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT", show_envvar=True
)


@click.group()
@click.pass_context
def cli(context: click.Context) -> None:
    """Run and look after KLOSSnet's intranet. Settings: docs/operations.md."""
    whence.set(f"command {context.invoked_subcommand}")


cli.add_command(import_history)
cli.add_command(deliver_mail)
cli.add_command(send_echoes)
cli.add_command(send_reminders)
cli.add_command(sweep_files)
cli.add_command(erase_needs)
cli.add_command(audit)
cli.add_command(reclean_texts)


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from .migrations import upgrade

    upgrade(read_settings().database_url)
    click.echo("database: newest schema")


@cli.command("invite-coordinator")
@click.argument("email")
@click.argument("name")
def invite_coordinator(email: str, name: str) -> None:
    """Put an invitation for a coordinator into the outbox; the first one of an empty service comes so."""
    from .auth import notifications
    from .auth.services import invite
    from .core.db import db

    if not ADDRESS.fullmatch(email):
        raise click.BadParameter("should look like name@example.org", param_hint="EMAIL")
    settings = read_settings()
    # Letters are written by templates, which expect the surroundings of a request.
    with create_app(settings).test_request_context(base_url=settings.base_url):
        member = _coordinator(email.lower(), name)
        notifications.invitation(member, invite(member, by=None))
        db.session.commit()
    click.echo(f"{email}: the invitation waits in the outbox; deliver-mail sends it")


@cli.command()
@host_option
@port_option
def serve(host: str, port: int) -> None:
    """Run the web service; put a proxy that ends TLS in front of it."""
    _serve(create_app(), host, port)


@cli.command()
@host_option
@port_option
def demo(host: str, port: int) -> None:
    """Make and serve an instance with invented members; never on the real database."""
    from .core import clock
    from .history.demo import PASSWORD, is_real, people, plant
    from .history.importer import import_history as bring_in
    from .history.reader import DATA, read
    from .migrations import upgrade

    settings = read_settings(demo=True, base_url=f"http://{host}:{port}")
    upgrade(settings.database_url)
    click.echo("database: newest schema")
    app = create_app(settings)
    with app.app_context():
        if is_real():
            raise click.ClickException("this database has real members; the demo needs one of its own")
        click.echo(f"history: {bring_in(read(DATA))}")
        click.echo("season: planted" if plant(clock.today()) else "season: already there")
    for person in people():
        former = person.get("mandate_to_days", 0) < 0
        own = "former" if former else "representative" if "institution" in person else "guest"
        own = "stand-in" if "stands_in_for" in person else own
        part = ", ".join(person["roles"]) or own
        click.echo(f"  {person['email']:<28}{person['name']}, {part}")
    click.echo(f"password for all of them: {PASSWORD}")
    threading.Thread(target=_deliver_now_and_then, args=(app, settings), daemon=True).start()
    _serve(app, host, port)


def _coordinator(email: str, name: str) -> Any:
    """The member with this address, made if there is none, with the role of coordinator from today."""
    from sqlalchemy import select

    from .audit.services import record
    from .core import clock
    from .core.db import db
    from .core.swedish import sort_key
    from .members.models import Member, Role, RoleKind

    member = db.session.scalar(select(Member).where(Member.email == email))
    if member is None:
        member = Member(email=email, name=name, sort_key=sort_key(name), created_at=clock.now())
        db.session.add(member)
        db.session.flush()
    held = select(Role.id).where(Role.member_id == member.id, Role.kind == RoleKind.COORDINATOR)
    if db.session.scalar(held.where(Role.ends_on.is_(None))) is None:
        db.session.add(Role(member_id=member.id, kind=RoleKind.COORDINATOR, starts_on=clock.today()))
        record("role.begin", f"member:{member.id}", after={"kind": RoleKind.COORDINATOR})
    return member


def behind(proxy: str) -> dict[str, Any]:
    """What the server is told of the proxy before it: it alone is believed about who asks."""
    if not proxy:
        return {}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}}


def _serve(app: Flask, host: str, port: int) -> None:
    from waitress.server import create_server

    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=LARGEST_UPLOAD,
            **behind(app.config["SETTINGS"].proxy),
        )
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None
    # Waitress ends in good order when it meets SystemExit.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    click.echo(f"serving: http://{host}:{port}")
    sys.stdout.flush()
    server.run()


def _deliver_now_and_then(app: Flask, settings: Settings) -> None:
    from .core import clock
    from .mail.transport import deliver

    while True:
        try:
            with app.app_context():
                deliver(settings, clock.now())
        except Exception:
            log.exception("letters could not be delivered; trying again")
        time.sleep(MAIL_PAUSE)


def main() -> None:
    """Run the command; a setting that is wrong is told in one line."""
    try:
        cli.main(prog_name="kloss-intranet", obj=ScriptInfo(create_app=create_app, set_debug_flag=False))
    except BadSetting as error:
        click.echo(f"kloss-intranet: {error}", err=True)
        sys.exit(1)
