"""What several coordinators do at the same moment is done once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.mail.models import Letter
from kloss_intranet.rules.models import RulesVersion
from tests.desk.test_desk import failed, invited
from tests.rules.test_rules import sent

NUMBER = 4


def at_once(client, path, *forms):
    """The answers to `forms`, each sent by a browser of its own with the same session."""
    together, token = threading.Barrier(len(forms)), client.token()

    def send(form):
        raw = client.app.test_client()
        raw.set_cookie("kloss", client.raw.get_cookie("kloss").value)
        together.wait()
        return raw.post(path, data=form | {"csrf_token": token}).status_code

    with ThreadPoolExecutor(len(forms)) as pool:
        return sorted(pool.map(send, forms))


def kept(make, table):
    with make.session() as session:
        return session.scalars(select(table).order_by(table.id)).all()


@pytest.mark.any_database
def test_of_many_wordings_one_holds(client, make, cast):
    client.sign_in(cast.coordinator)
    forms = [sent(body_sv=f"<p>Lydelse {n}.</p>", version="0", tell="y") for n in range(NUMBER)]
    assert at_once(client, "/rules/ground/versions", *forms) == [303, *[409] * (NUMBER - 1)]
    first, published = kept(make, RulesVersion)
    assert (first.number, published.number) == (0, 1)
    keys = [letter.key for letter in kept(make, Letter)]
    assert keys
    assert len(keys) == len(set(keys))
    assert [entry.act for entry in kept(make, AuditEntry)] == ["rules:publish"]


@pytest.mark.any_database
def test_of_many_invitations_one_is_sent(client, make, cast):
    member = invited(make, email="ingrid@example.org")
    make.mandate(member)
    client.sign_in(cast.coordinator)
    assert at_once(client, f"/desk/members/{member.id}/invitations", *[{}] * NUMBER) == [303] * NUMBER
    assert [letter.member_id for letter in kept(make, Letter)] == [member.id]


@pytest.mark.any_database
def test_of_many_retries_one_is_noted(client, make, cast):
    letter = failed(make)
    client.sign_in(cast.coordinator)
    assert at_once(client, f"/desk/letters/{letter.id}/retries", *[{}] * NUMBER) == [303] * NUMBER
    assert [entry.act for entry in kept(make, AuditEntry)] == ["letter:retry"]
