"""A question is taken up and given an owner, who is told; what others have noted is never written over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.questions.models import Change, Question, QuestionState
from kloss_intranet.steering.services.preparations import LONGEST_STEP
from tests.steering.room import (
    ROOM,
    dismiss,
    letters,
    preparation_of,
    prepare,
    question,
    stored,
    take_up,
    uptake_of,
)

SOON = str(clock.today() + timedelta(days=5))


def acts(make):
    with make.session() as session:
        return [(one.act, one.details) for one in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


@pytest.mark.any_database
def test_the_owner_is_noted_and_told_once(client, make, cast):
    client.sign_in(cast.convenor)
    plan = {"owner": str(cast.steering.id), "next_step": "Ring  prefekten", "next_step_on": SOON}
    page = prepare(client, cast.question, **plan)
    assert (page.status, page.path) == (200, ROOM)
    row = stored(make, cast.question)
    assert (row.owner_id, row.next_step, str(row.next_step_on)) == (cast.steering.id, "Ring prefekten", SOON)
    (letter,) = letters(make)
    assert (letter.member_id, letter.path) == (cast.steering.id, ROOM)
    for said in (cast.question.title, "Ring prefekten", ROOM):
        assert said in letter.plain
        assert said in letter.html
    assert "Inget var ändrat." in prepare(client, cast.question).text
    prepare(client, cast.question, next_step="Ring rektorn")
    assert len(letters(make)) == 1
    written = [details for act, details in acts(make) if act == "question:prepare"]
    changed = ["owner_id", "next_step", "next_step_on"]
    assert written == [{"version": 1, "changed": changed}, {"version": 2, "changed": ["next_step"]}]
    assert "prefekten" not in str(acts(make))
    assert (
        "Ring rektorn"
        in client.get(preparation_of(cast.question)).form(preparation_of(cast.question))["next_step"]
    )


def test_who_takes_it_upon_themselves_gets_no_letter(client, make, cast):
    prepare(client.sign_in(cast.steering), cast.question, owner=str(cast.steering.id))
    assert letters(make) == []
    prepare(client, cast.question, owner=str(cast.coordinator.id))
    prepare(client, cast.question, owner="")
    assert [letter.member_id for letter in letters(make)] == [cast.coordinator.id]
    assert stored(make, cast.question).owner_id is None


@pytest.mark.any_database
def test_of_two_who_note_something_the_second_sees_both(client, make, cast):
    here = preparation_of(cast.question)
    first, second = client.sign_in(cast.convenor), client.another().sign_in(cast.coordinator)
    opened = second.get(here).form(here)
    prepare(first, cast.question, next_step="Det första", owner=str(cast.steering.id))
    clash = second.post(here, opened | {"next_step": "Det andra"})
    assert clash.status == 409
    for said in ("har ändrats sedan du öppnade", "Det första", "Cecilia Älv", "David Öhrn"):
        assert said in clash.text
    assert clash.form(here)["next_step"] == "Det andra"
    assert stored(make, cast.question).next_step == "Det första"
    assert second.post(here, clash.form(here)).status == 200
    assert stored(make, cast.question).next_step == "Det andra"
    opened |= {"csrf_token": client.token()}
    late = client.post(here, opened | {"next_step": "Det tredje", "version": "1"})
    assert late.status == 409
    # What says the same as what is there is no clash, as when a form is sent twice.
    same = client.post(here, opened | {"next_step": "Det andra", "owner": "", "version": "0"})
    assert same.status == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"next_step": "å" * (LONGEST_STEP + 1)}, "högst 300 tecken"),
        ({"next_step_on": SOON}, "Skriv vad som ska göras den dagen."),
        ({"next_step": "Ring", "next_step_on": "i morgon"}, "går inte att läsa"),
        ({"next_step": "Ring", "next_step_on": "0207-01-01"}, "Året går inte att läsa."),
        ({"owner": "999"}, "Välj ett av alternativen."),
    ],
)
def test_what_cannot_be_noted_is_refused(client, make, cast, sent, said):
    page = prepare(client.sign_in(cast.steering), cast.question, **sent)
    assert page.status == 422
    assert page.title.startswith("Fel:")
    assert said in page.text
    assert stored(make, cast.question) is None


def test_only_the_steering_group_can_be_the_owner(client, make, cast):
    client.sign_in(cast.steering)
    assert prepare(client, cast.question, owner=str(cast.representative.id)).status == 422
    options = {one.text for one in client.get(preparation_of(cast.question)).root.all("option")}
    assert options == {"Ingen ännu", "Cecilia Älv", "David Öhrn", "Elin Kvist"}


@pytest.mark.any_database
def test_a_proposal_is_taken_up_with_a_reason_and_an_owner(client, make, cast):
    asked = question(make, "raised", "Vem äger provet?", raised_by_id=cast.representative.id)
    client.sign_in(cast.convenor)
    page = client.get(f"{uptake_of(asked)}/new")
    assert page.form(uptake_of(asked))["owner"] == str(cast.convenor.id)
    refused = client.post(uptake_of(asked), {"next_step": "Kvar"}, f"{uptake_of(asked)}/new")
    assert refused.status == 422
    assert refused.form(uptake_of(asked))["next_step"] == "Kvar"
    plan = {"owner": str(cast.steering.id), "next_step": "Samla exempel", "next_step_on": SOON}
    page = take_up(client, asked, **plan)
    assert (page.status, page.path) == (200, ROOM)
    with make.session() as session:
        kept = session.get(Question, asked.id)
        (made,) = session.scalars(select(Change).where(Change.question_id == asked.id))
    assert (kept.state, made.reason) == (QuestionState.IN_PREPARATION, "Flera undrar.")
    assert stored(make, asked).next_step == "Samla exempel"
    assert [one.member_id for one in letters(make)] == [cast.steering.id]
    assert [one.member_id for one in letters(make, "question-change:")] == [cast.representative.id]
    told = "".join(one.plain + one.html for one in letters(make, "question-change:"))
    assert "Samla exempel" not in told
    member = client.another().sign_in(cast.representative)
    seen = member.get(f"/questions/{asked.id}").text
    assert "Flera undrar." in seen
    assert "Samla exempel" not in seen


@pytest.mark.any_database
def test_sent_twice_it_is_taken_up_once_and_of_two_the_second_is_told(client, make, cast):
    asked = question(make, "raised")
    client.sign_in(cast.convenor)
    filled = client.get(f"{uptake_of(asked)}/new").form(uptake_of(asked)) | {"reason": "Det passar nu."}
    for _ in range(2):
        assert client.post(uptake_of(asked), filled).path == ROOM
    other = client.another().sign_in(cast.coordinator)
    late = other.post(uptake_of(asked), filled | {"csrf_token": other.token(), "reason": "Jag också."})
    assert late.status == 409
    for said in ("har ändrats sedan du öppnade", "Det passar nu.", "David Öhrn"):
        assert said in late.text
    assert late.form(uptake_of(asked))["reason"] == "Jag också."
    with make.session() as session:
        assert [one.reason for one in session.scalars(select(Change))] == ["Det passar nu."]


def test_what_cannot_be_noted_is_not_taken_up_either(client, make, cast):
    asked = question(make, "raised")
    refused = take_up(client.sign_in(cast.steering), asked, next_step_on=SOON, owner=str(cast.steering.id))
    assert (refused.status, "Skriv vad som ska göras den dagen." in refused.text) == (422, True)
    assert refused.form(uptake_of(asked))["reason"] == "Flera undrar."
    with make.session() as session:
        assert session.get(Question, asked.id).state is QuestionState.RAISED
    assert letters(make, "question-change:") == []


def test_what_was_noted_meanwhile_is_not_written_over(client, make, cast):
    asked = question(make, "raised")
    client.sign_in(cast.convenor)
    filled = client.get(f"{uptake_of(asked)}/new").form(uptake_of(asked)) | {"reason": "Det passar nu."}
    other = client.another().sign_in(cast.coordinator)
    prepare(other, asked, owner=str(cast.steering.id), next_step="Redan igång")
    clash = client.post(uptake_of(asked), filled)
    assert (clash.status, "Redan igång" in clash.text) == (409, True)
    with make.session() as session:
        assert session.get(Question, asked.id).state is QuestionState.RAISED
        assert session.scalars(select(Change)).all() == []
    assert client.post(uptake_of(asked), clash.form(uptake_of(asked))).path == ROOM
    assert stored(make, asked).owner_id == cast.convenor.id


def test_one_that_rests_is_taken_up_again_and_one_merged_is_not(client, make, cast):
    resting, merged = question(make, "resting"), question(make, "raised", "Sammanslagen")
    client.sign_in(cast.steering)
    assert take_up(client, resting).path == ROOM
    with make.session() as session:
        session.get(Question, merged.id).merged_into_id = cast.question.id
    sent = {"reason": "Ändå", "version": "1", "owner": ""}
    assert client.post(uptake_of(merged), sent).status == 409
    refused = client.post(preparation_of(merged), {"next_step": "Ändå", "version": "0", "owner": ""})
    assert (refused.status, stored(make, merged)) == (409, None)


def test_a_letter_that_waits_is_stopped_when_the_role_ends(client, make, cast):
    prepare(client.sign_in(cast.convenor), cast.question, owner=str(cast.steering.id))
    ids = [letter.id for letter in letters(make)]
    with make.session():
        assert drop_stopped(ids) == set()
    dismiss(make, cast.steering)
    with make.session():
        assert drop_stopped(ids) == set(ids)
    assert letters(make) == []
