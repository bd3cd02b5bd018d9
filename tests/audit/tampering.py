"""Ways of meddling with the log, as somebody who holds the database could."""

import random
from copy import deepcopy
from datetime import timedelta

from sqlalchemy import delete, insert, select, text

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.audit.services import digest

TABLE = AuditEntry.__table__
FIELDS = ("at", "member_id", "act", "subject", "details", "whence", "previous", "hash")


def disarm(session):
    """Take away what lets the database itself refuse, as its owner can."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        return
    names = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'")
    for name in session.scalars(names).all():
        session.execute(text(f"DROP TRIGGER {name}"))


def rows(session):
    return [dict(row) for row in session.execute(select(TABLE).order_by(TABLE.c.id)).mappings()]


def put(session, changed):
    """Let the table hold these rows in this order, and nothing else."""
    session.execute(delete(AuditEntry))
    session.execute(insert(TABLE), [row | {"id": number} for number, row in enumerate(changed, 1)])


def sealed(row):
    """The hash that the row should have."""
    return digest(AuditEntry(**{name: row[name] for name in FIELDS}))


def chained(changed):
    """The rows as a chain that is right in itself."""
    before = ""
    for row in changed:
        row["previous"] = before
        row["hash"] = before = sealed(row)
    return changed


def other(row, field, dice):
    """Another value for a field."""
    number = dice.randrange(10**6)
    return {
        "at": row["at"] + timedelta(seconds=number + 1),
        "member_id": None if row["member_id"] else 7,
        "act": f"{row['act']}.{number}",
        "subject": f"post:{number + 1000}",
        "details": row["details"] | {"reason": f"annat {number}"},
        "whence": None if row["whence"] else "192.0.2.99",
        "previous": f"{number:064x}",
        "hash": f"{number:064x}",
    }[field]


def edit(kept, dice):
    """One field of one entry, as it is, with the entry's own hash made to fit, or with all that follow."""
    place, way = dice.randrange(len(kept)), dice.choice(("plain", "sealed", "chained"))
    # Where all is chained anew, another `previous` or `hash` would be written over.
    field = dice.choice(FIELDS[:6] if way == "chained" else FIELDS)
    kept[place][field] = other(kept[place], field, dice)
    if way == "sealed" and field != "hash":
        kept[place]["hash"] = sealed(kept[place])
    if way == "chained":
        return chained(kept), True
    return kept, place == len(kept) - 1


def remove(kept, dice):
    """One entry or several in a row: the first, the last, or any between."""
    number = dice.randint(1, 5)
    place = dice.choice((0, len(kept) - number, dice.randrange(len(kept) - number)))
    del kept[place : place + number]
    if dice.random() < 0.3:
        return chained(kept), True
    return kept, place == len(kept)


def add(kept, dice):
    """An entry that never was: anywhere, or after the last with a time before the last head."""
    place = dice.choice((dice.randrange(len(kept)), len(kept)))
    new = deepcopy(kept[min(place, len(kept) - 1)])
    new["details"] = {"reason": f"påhittat {dice.randrange(10**9)}"}
    new["at"] -= timedelta(hours=1)
    new["previous"] = kept[place - 1]["hash"] if place else ""
    new["hash"] = sealed(new)
    at_end = place == len(kept)
    kept.insert(place, new)
    way = dice.choice(("sealed", "plain", "chained"))
    if way == "plain":
        new["hash"] = f"{dice.randrange(10**9):064x}"
    return (chained(kept), True) if way == "chained" else (kept, at_end)


def reorder(kept, dice):
    """Two entries change places, or one moves."""
    one, two = dice.sample(range(len(kept)), 2)
    if dice.random() < 0.5:
        kept[one], kept[two] = kept[two], kept[one]
    else:
        kept.insert(two, kept.pop(one))
    return (chained(kept), True) if dice.random() < 0.3 else (kept, False)


WAYS = (edit, remove, add, reorder)


def tampered(kept, number):
    """The rows meddled with in way `number`, and whether only heads kept elsewhere may tell."""
    dice = random.Random(number)
    return WAYS[number % len(WAYS)](deepcopy(kept), dice)
