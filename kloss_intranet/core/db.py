"""The database: base class, column types, and what each kind of database must be told."""

import enum
import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, registry, relationship
from sqlalchemy.types import TypeDecorator

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# SQLite before this version can corrupt a WAL database when a checkpoint meets a commit (decision 0003).
SAFE_WAL = (3, 51, 3)

writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether transactions begun here will write; SQLite then takes its write lock at once."""


def write_now() -> None:
    """Let a request that only read leave an entry: what it read is let go first, so that no two get stuck."""
    db.session.rollback()
    writing.set(True)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database, whatever the database does with zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if value.tzinfo is None
            else value.astimezone(UTC)
        )


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=CONVENTION),
        type_annotation_map={datetime: UtcDateTime(), str: String()},
    )


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def choice(kind: type[enum.StrEnum]) -> Enum:
    """A column for the values of `kind`, kept as text with a check."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def link(**options: Any) -> Any:
    """A relationship that is loaded only where a query says so."""
    return relationship(lazy="raise", **options)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(dbapi_connection: Any, connection_record: Any) -> None:
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    dbapi_connection.isolation_level = None  # the driver must not begin transactions behind our back
    journal = "WAL" if sqlite3.sqlite_version_info >= SAFE_WAL else "TRUNCATE"
    for pragma in (
        "foreign_keys=ON",
        "busy_timeout=10000",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "secure_delete=ON",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}").close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def engine_options(url: str) -> dict[str, Any]:
    """What the engine for `url` is told; short queries gain nothing from PostgreSQL's JIT.

    An error that is logged must not carry what somebody wrote: it may be what they need at a meeting.
    """
    if url.startswith("postgresql"):
        return {
            "hide_parameters": True,
            "pool_pre_ping": True,
            "connect_args": {
                "options": "-c jit=off -c max_parallel_workers_per_gather=0",
                "connect_timeout": 4,
            },
        }
    return {"hide_parameters": True}


Finder = Callable[..., Any]
