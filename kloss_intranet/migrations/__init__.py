"""The schema, step by step: `upgrade` brings a database to the newest step."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from kloss_intranet.core.db import writing


def config() -> Config:
    """Alembic's settings; a file of settings is not needed."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`, all steps in one transaction."""
    settings = config()
    writing.set(True)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
