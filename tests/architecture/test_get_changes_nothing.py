"""Looking changes nothing: not one row differs after every page has been fetched."""

import pytest
from sqlalchemy import select

from kloss_intranet.core.db import Base
from tests.architecture.routes import address, rules

# Readers without a screen may be redirected; a page that is not for this reader may be closed.
EXPECTED = {200, 303, 403, 404, 410}


def everything(make):
    with make.session() as session:
        return {
            table.name: session.execute(select(table).order_by(*table.primary_key)).all()
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("who", ["coordinator", "representative"])
def test_get_changes_nothing(app, make, cast, client, who):
    client.sign_in(getattr(cast, who))
    before = everything(make)
    for rule in rules(app, "GET"):
        page = client.get(address(rule, cast), follow=False)
        assert page.status in EXPECTED or page.status == 422, f"{page.path}: {page.status}"
    assert everything(make) == before
