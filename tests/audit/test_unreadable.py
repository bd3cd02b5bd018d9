"""An entry made unreadable is told of, and stops nobody from looking at the rest."""

import pytest
from sqlalchemy import text

from kloss_intranet.audit.services import record, verifying
from tests.audit.tampering import disarm

SPOILT = {
    "half a character": """details = '{"a": "\\ud800"}'""",
    "nested too deep": f"details = '{'[' * 100_000}'",
    "a number without end": f"""details = '{{"a": {"9" * 5000}}}'""",
    "no text in the act": "act = CAST(X'ff41' AS TEXT)",
    "no text in the hash": "hash = CAST(X'ff41' AS TEXT)",
    "bytes": "act = X'ff41', subject = X'41', previous = X'42'",
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_cannot_be_read_is_found(make, how):
    with make.session() as session:
        entries = [record("post.publish", f"post:{number}").id for number in range(3)]
        assert verifying.verify().faults == []
        disarm(session)
        spoil = f"UPDATE audit_entries SET {SPOILT[how]} WHERE id = {entries[1]}"
        session.connection().exec_driver_sql(spoil)
        verdict = verifying.verify()
        assert verdict.number >= len(entries)
        assert entries[1] in [fault.entry for fault in verdict.faults]
        session.execute(text("SELECT 1"))
