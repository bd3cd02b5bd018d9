"""The record: append-only in both databases, read by the steering group, counted without names."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from kloss_intranet.core import clock
from kloss_intranet.core.access import as_member
from kloss_intranet.core.db import db
from kloss_intranet.core.words import Refusal
from kloss_intranet.moderation.models import Act, Decision, SubjectKind
from kloss_intranet.moderation.queries.halves import Half
from kloss_intranet.moderation.queries.record import PAGE
from kloss_intranet.moderation.services.deciding import Subject, decide
from tests.moderation.measures import REASON, reply, report, take, way

RECORD, FIGURES = "/moderation/record", "/moderation/figures"


def put(make, cast, act="hide", kind="post", **columns):
    """A measure as it would have been put on record at another time."""
    row = {
        "subject_id": cast.post.id,
        "author_id": cast.representative.id,
        "reason": REASON,
        "decided_at": clock.now(),
        "decided_by_id": cast.coordinator.id,
        "role": "coordinator",
    }
    return make.add(Decision(act=Act(act), subject_kind=SubjectKind(kind), **row | columns))


@pytest.mark.any_database
@pytest.mark.parametrize("table", ["decisions", "audit_entries"])
def test_the_database_itself_refuses_to_change_or_remove_what_is_on_record(app, make, cast, table):
    take(app, cast.coordinator, "hide", cast.post, cast.representative)
    column = {"decisions": "reason", "audit_entries": "act"}[table]
    with make.session() as session:
        is_postgresql = session.get_bind().dialect.name == "postgresql"
        kept = session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()
    attempts = [f"UPDATE {table} SET {column} = 'annat'", f"DELETE FROM {table}"]
    attempts += [f"TRUNCATE {table} CASCADE"] if is_postgresql else []
    for attempt in attempts:
        with app.app_context(), pytest.raises(DBAPIError, match=r"append-only|never changed"):
            db.session.execute(text(attempt))
    with make.session() as session:
        assert session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() == kept != []


def test_nothing_is_put_on_record_without_a_reason(app, make, cast):
    subject = Subject(SubjectKind.POST, cast.post.id, cast.representative.id)
    with app.test_request_context(), pytest.raises(Refusal) as refused:
        decide(Act.HIDE, subject, as_member(cast.coordinator.id), " \n ")
    assert refused.value.field == "reason"
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_the_record_is_read_by_the_steering_group_and_coordinators(app, client, make, cast):
    number = take(app, cast.coordinator, "ask", cast.steering_post, cast.steering, to_author="Kortare.")
    for member in (cast.representative, cast.host, cast.guest, cast.former):
        assert client.sign_in(member).get(RECORD).status == 403
    for member in (cast.steering, cast.convenor, cast.coordinator):
        page = client.sign_in(member).get(RECORD)
        for said in (REASON, "Kortare.", cast.steering.name, cast.coordinator.name, "Ändring begärd"):
            assert said in page.text
        assert cast.steering_thread.title in page.text
        assert cast.steering_post.body not in page.text
        assert way(number) in page.links
    assert RECORD in client.get("/steering/").links
    reply(client.sign_in(cast.steering), number)
    page = client.sign_in(cast.convenor).get(RECORD)
    assert "Den det gäller har svarat" in page.text
    assert "sagt ja" in client.get(way(number)).text


def test_the_record_is_chosen_by_act_thing_and_half_year(client, make, cast):
    put(make, cast, "hide", reason="Ett.", decided_at=datetime(2024, 6, 30, 21, 59, tzinfo=UTC))
    put(make, cast, "lock", "thread", subject_id=cast.thread.id, reason="Två.", author_id=None)
    # Half past midnight in Stockholm: the second half has begun.
    put(make, cast, "restore", reason="Tre.", decided_at=datetime(2024, 6, 30, 22, 30, tzinfo=UTC))
    client.sign_in(cast.steering)

    def said(query):
        page = client.get(f"{RECORD}?{query}")
        return [word for word in ("Ett.", "Två.", "Tre.") if word in page.text]

    assert said("") == ["Ett.", "Två.", "Tre."]
    assert said("act=lock") == ["Två."]
    assert said("thing=post") == ["Ett.", "Tre."]
    assert said("period=2024-1") == ["Ett."]
    assert said("period=2024-2") == ["Tre."]
    assert said("thing=post&period=2024-2&act=hide") == []
    assert said("act=nonsense&period=2999-3&before=x") == ["Ett.", "Två.", "Tre."]


def test_the_record_turns_pages_by_number_in_as_few_statements_for_many(client, make, cast, statements):
    client.sign_in(cast.steering)
    put(make, cast, "hide", decided_at=clock.now(), reason="Skäl 0.")
    with statements() as few:
        client.get(RECORD)
    with make.session() as session:
        session.add_all(
            Decision(
                act=Act.HIDE,
                subject_kind=SubjectKind.POST,
                subject_id=cast.post.id,
                author_id=cast.representative.id,
                reason=f"Skäl {number}.",
                decided_at=clock.now(),
                decided_by_id=cast.coordinator.id,
                role="coordinator",
            )
            for number in range(1, 2 * PAGE + 10)
        )
    seen, path = [], RECORD
    while path:
        with statements() as many:
            page = client.get(path)
        assert len(many) <= len(few)
        seen += [
            each.attrs["id"]
            for each in page.root.all("li")
            if each.attrs.get("id", "").startswith("measure-")
        ]
        older = [each for each in page.root.all("a") if each.attrs.get("rel") == "next"]
        path = older[0].attrs["href"] if older else None
    assert len(seen) == len(set(seen)) == 2 * PAGE + 10
    assert seen == sorted(seen, key=lambda name: -int(name.removeprefix("measure-")))


def test_the_figures_count_each_half_year_and_name_nobody(app, client, make, cast):
    begun = datetime(2024, 2, 1, 8, tzinfo=UTC)
    soon = put(make, cast, "hide", decided_at=begun + timedelta(days=1))
    late = put(make, cast, "dismiss", decided_at=begun + timedelta(days=9))
    report(make, cast.steering, cast.post, reported_at=begun, settled_by_id=soon.id)
    report(make, cast.convenor, cast.post, reported_at=begun, settled_by_id=late.id)
    report(make, cast.convenor, cast.old_post, reported_at=begun)
    page = client.sign_in(cast.representative).get(FIGURES)
    assert page.status == 200
    halves = {each.attrs["aria-labelledby"]: each.text for each in page.root.all("section")}
    first = halves["half-2024-1"]
    for said in ("Anmälningar 3", "prövade inom två dagar 1", "väntar ännu 1", "Dolt 1"):
        assert said in first
    assert halves["half-2024-2"].endswith("Inget anmältes och inget modererades.")
    for name in (cast.representative.name, cast.coordinator.name, cast.institution.short_name, REASON):
        assert name not in page.text
    assert RECORD not in page.links
    assert RECORD in client.sign_in(cast.steering).get(FIGURES).links
    for member in (cast.guest, cast.former):
        assert client.sign_in(member).get(FIGURES).status == 403


def test_half_years_turn_at_midnight_in_stockholm():
    assert Half.of(datetime(2024, 6, 30, 22, tzinfo=UTC)) == Half(2024, 2)
    assert Half.of(datetime(2024, 12, 31, 22, 59, tzinfo=UTC)).next == Half(2025, 1)
    assert Half.named("2024-2") == Half(2024, 2)
    assert {Half.named(name) for name in ("", "2024", "2024-3", "99999-1", "0000-1", "²⁰²⁴-1")} == {None}
