"""Whoever meddles with the log is found out."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kloss_intranet.audit.cli import audit
from kloss_intranet.audit.queries import BATCH
from kloss_intranet.audit.services import record, verifying
from kloss_intranet.core import clock
from kloss_intranet.core.whence import whence
from tests.audit.tampering import chained, disarm, put, rows, tampered

pytestmark = pytest.mark.any_database
TIMES, LENGTH = 1000, 36


@pytest.fixture
def heads(make, monkeypatch):
    """The heads of a log of thirty-six entries, one taken after every twelfth."""
    began, taken = clock.now() - timedelta(days=3), []
    for number in range(LENGTH):
        monkeypatch.setattr(clock, "now", lambda at=began + timedelta(hours=number): at)
        with make.session():
            token = whence.set(f"192.0.2.{number}" if number % 3 else None)
            said = {"reason": "Ett «skäl» ✓", "before": {"1": number}, "after": {"1": number + 0.5}}
            record(f"post.act{number % 7}", f"post:{number}", number % 4 or None, **said)
            whence.reset(token)
            if number % 12 == 11:
                taken.append(verifying.head())
    return taken


def test_a_log_left_alone_is_whole(make, heads):
    with make.session() as session:
        verdict = verifying.verify(heads)
        assert (verdict.number, verdict.faults) == (LENGTH, [])
        assert verdict.hash == heads[-1].hash
        # Entries from before it was kept whence they came hold beside those from after.
        assert {row["whence"] for row in rows(session)} > {None, "192.0.2.1"}


def test_a_thousand_of_a_thousand_are_found(make, heads):
    with make.session() as session:
        disarm(session)
        session.commit()
        kept = rows(session)
        unseen, only_by_heads = [], 0
        for number in range(TIMES):
            changed, needs_heads = tampered(kept, number)
            put(session, changed)
            if not verifying.verify(heads).faults:
                unseen.append(number)
            if not verifying.verify().faults:
                only_by_heads += 1
                assert needs_heads, f"{number} should show in the chain itself"
            session.rollback()
        assert unseen == []
        assert 0 < only_by_heads < TIMES / 2
        assert rows(session) == kept


def test_what_is_added_after_the_last_head_is_not_seen(make, heads):
    """The limit, as the documents say it: what is rightly chained onto the end looks like any other entry."""
    with make.session() as session:
        disarm(session)
        kept = rows(session)
        late = kept[-1] | {"at": heads[-1].at + timedelta(hours=1), "subject": "post:1"}
        put(session, chained([*kept, late]))
        assert verifying.verify(heads).faults == []
        put(session, chained([*kept, late | {"at": heads[-1].at - timedelta(hours=1)}]))
        assert [fault.place for fault in verifying.verify(heads).faults] == [LENGTH + 1]
        session.rollback()


def test_an_entry_that_cannot_be_read_is_told(make, heads):
    with make.session() as session:
        disarm(session)
        session.execute(text("UPDATE audit_entries SET details = '[]' WHERE id = 5"))
        if session.get_bind().dialect.name == "sqlite":  # PostgreSQL keeps neither such times nor such JSON
            session.execute(text("UPDATE audit_entries SET details = 'torn' WHERE id = 7"))
            session.execute(text("UPDATE audit_entries SET at = 'torn' WHERE id = 9"))
        found = {fault.place: fault.sentence for fault in verifying.verify(heads).faults}
        assert found.pop(5) == "does not say what was written"
        assert set(found.values()) <= {"cannot be read"}
        assert sorted(found) in ([], [7, 9])
        session.rollback()


def test_the_commands(app, make, heads, tmp_path: Path):
    file, runner = tmp_path / "heads", app.test_cli_runner()
    lines = [runner.invoke(audit, ["head"]).output for _ in range(2)]
    assert lines[0].split()[:2] == [str(LENGTH), heads[-1].hash]
    file.write_text("\n".join([str(heads[0]), *lines]))
    answer = runner.invoke(audit, ["verify", "--heads", str(file)])
    assert (answer.exit_code, f"{LENGTH} entries, 0 faults" in answer.output) == (0, True)
    with make.session() as session:
        disarm(session)
        session.execute(text("DELETE FROM audit_entries WHERE id = 36"))
    answer = runner.invoke(audit, ["verify"])
    assert (answer.exit_code, f"{LENGTH - 1} entries, 0 faults" in answer.output) == (0, True)
    assert "without --heads" in answer.output
    answer = runner.invoke(audit, ["verify", "--heads", str(file)])
    assert answer.exit_code == 1
    assert f"entry {LENGTH} is missing, and the head of" in answer.output
    file.write_text("60 abc 2026-01-01T00:00:00\n")
    assert "line 1 is no head" in runner.invoke(audit, ["verify", "--heads", str(file)]).output


def test_a_log_longer_than_a_batch(make):
    with make.session() as session:
        for number in range(BATCH + 3):
            record("post.publish", f"post:{number}")
        verdict = verifying.verify([verifying.head()])
        assert (verdict.number, verdict.faults) == (BATCH + 3, [])
        session.rollback()
        assert verifying.verify([verifying.Head(0, "", clock.now())]).faults == []
        assert verifying.verify([verifying.Head(0, "ab", clock.now())]).faults
