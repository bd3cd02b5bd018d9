"""Settings: each with a default and a range, read from KLOSS_* and the instance folder."""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

WEAK = {"", "secret", "dev", "changeme", "change-me", "password"}


class BadSetting(Exception):
    """A setting is missing or out of range; the message names it and what is allowed."""


@dataclass(frozen=True)
class Settings:
    """Everything the operator can set; see docs/operations.md."""

    instance: Path
    secret_key: str
    database_url: str
    base_url: str
    mail: str
    mail_from: str
    contact: str
    proxy: str
    demo: bool

    @property
    def files(self) -> Path:
        """Where members' files lie; no address leads there."""
        return self.instance / "files"

    @property
    def drawn(self) -> Path:
        """Where files lie that are drawn anew when they are gone."""
        return self.instance / "drawn"

    @property
    def secure(self) -> bool:
        """Whether the site is reached over https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def instance_folder() -> Path:
    """KLOSS_INSTANCE, else `instance/` in the working folder; made if it is not there."""
    folder = Path(os.environ.get("KLOSS_INSTANCE") or "instance").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read_settings(**overrides: object) -> Settings:
    """The settings in force. Raises BadSetting. `overrides` are for the demo and for tests."""
    folder = instance_folder() if "instance" not in overrides else Path(str(overrides["instance"]))
    env = os.environ
    values: dict[str, object] = {
        "instance": folder,
        "secret_key": env.get("KLOSS_SECRET_KEY") or _stored_secret(folder),
        "database_url": env.get("KLOSS_DATABASE_URL") or f"sqlite:///{folder / 'kloss.sqlite'}",
        "base_url": (env.get("KLOSS_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
        "mail": env.get("KLOSS_MAIL") or f"folder:{folder / 'mail'}",
        "mail_from": env.get("KLOSS_MAIL_FROM") or "klossnet@example.org",
        "contact": env.get("KLOSS_CONTACT") or "klossnet@example.org",
        "proxy": env.get("KLOSS_PROXY") or "",
        "demo": False,
    }
    settings = Settings(**(values | overrides))  # type: ignore[arg-type]
    _check(settings)
    return settings


def _stored_secret(folder: Path) -> str:
    path = folder / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _check(settings: Settings) -> None:
    if len(settings.secret_key) < 32 or settings.secret_key.lower() in WEAK:
        raise BadSetting("KLOSS_SECRET_KEY must hold at least 32 characters that nobody can guess.")
    if not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("KLOSS_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.")
    if not settings.base_url.startswith(("http://", "https://")):
        raise BadSetting("KLOSS_BASE_URL must begin with http:// or https://.")
    if not settings.mail.startswith(("folder:", "smtp://")):
        raise BadSetting("KLOSS_MAIL must begin with folder: or smtp://.")
    if settings.proxy and not _is_address(settings.proxy):
        raise BadSetting("KLOSS_PROXY must be the network address of the proxy, such as 127.0.0.1.")
    if os.environ.get("FLASK_DEBUG") and settings.secure:
        raise BadSetting("FLASK_DEBUG must not be set where the site is reached over https.")
