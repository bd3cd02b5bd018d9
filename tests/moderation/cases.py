"""What the tests of reports and measures do over and over."""

from sqlalchemy import select

from kloss_intranet.mail.models import Letter
from kloss_intranet.moderation.models import Decision, Report

REASON = "Uppgiften är hemlig hos oss."


def report(client, thing, ground="confidential", words="Här står en uppgift som är hemlig."):
    """Report the thing at `thing`, such as /posts/7, by its form."""
    return client.post(f"{thing}/reports", {"ground": ground, "words": words}, f"{thing}/report")


def act(client, address, reason=REASON, **more):
    """Press the button that leads to `address`, such as /posts/7/hidings."""
    return client.post(address, {"reason": reason} | more)


def rows(make, table):
    with make.session() as session:
        return session.scalars(select(table).order_by(table.id)).all()


def reports(make):
    return rows(make, Report)


def measures(make):
    return rows(make, Decision)


def letters(make, key):
    """The letters whose keys begin with `key`, by their readers."""
    with make.session() as session:
        found = session.scalars(select(Letter).where(Letter.key.startswith(key)).order_by(Letter.id))
        return {letter.member_id: letter for letter in found}
