"""The steps lead to the models' schema, on both kinds of database."""

import importlib.util
import pkgutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

import kloss_intranet
from kloss_intranet.core.db import Base
from kloss_intranet.migrations import upgrade


@pytest.fixture(autouse=True, scope="module")
def every_model():
    """All tables are known, whichever areas the other tests have met."""
    for area in pkgutil.iter_modules(kloss_intranet.__path__, "kloss_intranet."):
        if area.ispkg and importlib.util.find_spec(f"{area.name}.models"):
            importlib.import_module(f"{area.name}.models")


@pytest.mark.any_database
def test_the_steps_make_what_the_models_say(database_url):
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.any_database
def test_upgrading_again_changes_nothing(database_url):
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        before = connection.execute(text("SELECT version_num FROM alembic_version")).all()
    upgrade(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).all() == before
        assert set(inspect(connection).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_foreign_keys_are_kept_by_sqlite(database_url):
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
