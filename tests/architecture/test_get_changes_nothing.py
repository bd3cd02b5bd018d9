"""Looking changes nothing: not one row differs after every page has been fetched, but the log of files."""

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core.db import Base
from tests.architecture.routes import address, rules

# Readers without a screen may be redirected; a page that is not for this reader may be closed.
EXPECTED = {200, 303, 403, 404, 410}


def everything(make):
    with make.session() as session:
        return {table.name: session.execute(rows(table)).all() for table in Base.metadata.sorted_tables}


def rows(table):
    """All rows of the table; of the log, those that do not tell of a file that was taken out."""
    found = select(table).order_by(*table.primary_key)
    return found.where(AuditEntry.act.not_like("export.%")) if table.name == "audit_entries" else found


@pytest.mark.parametrize("who", ["coordinator", "representative"])
def test_get_changes_nothing(app, make, cast, client, who):
    client.sign_in(getattr(cast, who))
    before = everything(make)
    for rule in rules(app, "GET"):
        page = client.get(address(rule, cast), follow=False)
        assert page.status in EXPECTED or page.status == 422, f"{page.path}: {page.status}"
    assert everything(make) == before
