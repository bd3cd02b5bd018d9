"""The log as a file: whole, harmless in a spreadsheet, sent bit by bit, and itself on record."""

import csv
import io
import json

import pytest

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.audit.services import digest, record
from kloss_intranet.core.db import db
from kloss_intranet.records import queries
from kloss_intranet.records.services import COLUMNS, cell

PATH = "/records/audit.csv"


def table(page):
    text = page.response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


@pytest.mark.any_database
def test_the_file_holds_everything_and_leaves_an_entry(make, cast, client, monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 3)  # so that there are several
    with make.session():
        for number in range(8):
            record("post.publish", f"post:{number}", cast.representative.id, reason="Ett «skäl»;\nvidare")
    client.sign_in(cast.coordinator)
    page = client.get(PATH)
    assert page.status == 200
    assert page.response.mimetype == "text/csv"
    assert "attachment; filename=klossnet-logg-" in page.response.headers["Content-Disposition"]
    head, *rows = table(page)
    assert head == [*COLUMNS]
    assert [row[4] for row in rows] == ["post.publish"] * 8 + ["export.audit"]
    assert (rows[0][3], json.loads(rows[0][7])) == ("Agnes Björk", {"reason": "Ett «skäl»;\nvidare"})
    with make.session() as session:
        kept = session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [row[9] for row in rows] == [digest(entry) for entry in kept]
        assert (kept[-1].member_id, kept[-1].whence) == (cast.coordinator.id, "127.0.0.1")
        assert kept[-1].details == {"rows": 8, "asked": {}}
    head, *rows = table(client.get(f"{PATH}?subject=post:4"))
    assert [row[5] for row in rows] == ["post:4"]
    with make.session() as session:
        last = session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert last.details == {"rows": 1, "asked": {"subject": "post:4"}}


def test_what_others_or_errors_get_leaves_no_entry(make, cast, client):
    for who in (cast.steering, cast.representative):
        assert client.another().sign_in(who).get(PATH).status == 403
    client.sign_in(cast.coordinator)
    assert client.get(f"{PATH}?first=nyss").status == 422
    assert client.raw.post(PATH).status_code in (403, 405)
    with make.session() as session:
        assert session.scalars(db.select(AuditEntry)).all() == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+46", "'+46"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("Agnes = Björk", "Agnes = Björk"),
        (-1, -1),
        (None, None),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(value, written):
    assert cell(value) == written


def test_it_is_sent_bit_by_bit_and_holds_nothing_meanwhile(make, cast, client, app):
    with make.session():
        for number in range(queries.BATCH + 10):
            record("post.publish", f"post:{number}")
    client.sign_in(cast.coordinator)
    parts = iter(client.raw.get(PATH).response)
    first = [next(parts), next(parts)]
    with make.session():
        record("post.publish", "post:late")  # somebody else writes while the reader is slow
    rest = "".join(part if isinstance(part, str) else part.decode() for part in parts)
    assert sum(len(part.splitlines()) for part in first) == queries.BATCH + 1
    assert len(rest.splitlines()) == 11
    assert "post:late" not in rest
