"""A meeting is closed with what is seen differently now, once, and after that it cannot be moved."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.attendance.models import Answer, Attendance, SignUp
from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.core.words import Refusal
from kloss_intranet.meetings.models import Meeting, MeetingState, ProgrammeItem, ProgrammeKind
from kloss_intranet.meetings.services import move
from kloss_intranet.minutes.models import Closing, Observation
from kloss_intranet.questions.models import Question, QuestionState
from tests.minutes.held import everyone, hold, told

TWO = {"observation1": "Det går att börja litet.", "observation2": "Det går inte att börja litet."}


@pytest.fixture
def held(make, cast):
    with make.session() as session:
        session.merge(cast.question).state = QuestionState.CHOSEN
    return hold(make, cast.meeting)


def close(client, meeting, **data):
    at = f"/meetings/{meeting.slug}"
    return client.post(f"{at}/closings", data, f"{at}/close")


def state(make, meeting):
    with make.session() as session:
        return session.get(Meeting, meeting.id).state


@pytest.mark.any_database
def test_a_meeting_is_closed(client, make, cast, held):
    client.sign_in(cast.coordinator)
    present = {f"present{cast.institution.id}": "3"}
    page = close(client, held, **TWO, **present, carried_on="Salarna tar vi nästa gång.")
    assert (page.status, page.path) == (200, f"/meetings/{held.slug}")
    for said in (*TWO.values(), "Salarna tar vi nästa gång.", "Björkö universitet (3)", "Avslutad"):
        assert said in page.text
    assert state(make, held) is MeetingState.CLOSED
    with make.session() as session:
        assert session.get(Question, cast.question.id).state is QuestionState.TREATED
        rows = session.scalars(select(Attendance)).all()
        assert [(row.institution_id, row.number) for row in rows] == [(cast.institution.id, 3)]
        written = session.scalars(select(Observation.body).order_by(Observation.position)).all()
        acts = set(session.scalars(select(AuditEntry.act)))
        assert "börja" not in str([entry.details for entry in session.scalars(select(AuditEntry))])
    assert written == list(TWO.values())
    assert {"meeting:close", "closing:make", "question:treat", "attendance.note"} <= acts
    letters = told(make, "closing:")
    assert letters.keys() == everyone(cast)
    for said in TWO.values():
        assert said in letters[cast.representative.id].plain
        assert said in letters[cast.representative.id].html
    assert letters[cast.representative.id].path == f"/meetings/{held.slug}"
    assert "Nätverket tar inte ställning" in letters[cast.representative.id].plain


@pytest.mark.any_database
def test_it_is_closed_once(client, make, cast, held):
    client.sign_in(cast.coordinator)
    close(client, held, **TWO)
    again = client.post(f"/meetings/{held.slug}/closings", TWO | {"observation1": "Något annat."})
    assert "redan avslutad" in again.text
    assert client.get(f"/meetings/{held.slug}/close", follow=False).status == 303
    with make.session() as session:
        assert len(session.scalars(select(Closing)).all()) == 1
    assert len(told(make, "closing:")) == len(everyone(cast))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "minst två iakttagelser"),
        ({"observation1": "Bara en."}, "minst två iakttagelser"),
        ({"observation1": "Det går.", "observation4": "det  går."}, "likadana"),
        (TWO | {"only_one_view": "1"}, "Välj det ena"),
        (TWO | {"observation3": "å" * 601}, "högst 600 tecken"),
    ],
)
def test_without_differing_observations_nothing_is_closed(client, make, cast, held, data, said):
    client.sign_in(cast.coordinator)
    refused = close(client, held, **data, carried_on="Det här ska stå kvar.")
    assert (refused.status, said in refused.text) == (422, True)
    filled = refused.form(f"/meetings/{held.slug}/closings")
    assert filled["carried_on"] == "Det här ska stå kvar."
    assert filled["observation1"] == data.get("observation1", "")
    assert state(make, held) is MeetingState.HELD
    with make.session() as session:
        assert session.scalars(select(Attendance)).all() == []
        assert session.get(Question, cast.question.id).state is QuestionState.CHOSEN


@pytest.mark.parametrize("data", [{}, {"observation1": "Alla började litet."}])
def test_or_only_one_view_was_voiced(client, make, cast, held, data):
    page = close(client.sign_in(cast.coordinator), held, only_one_view="1", **data)
    assert "Bara en syn kom fram vid träffen." in page.text
    assert state(make, held) is MeetingState.CLOSED


@pytest.mark.parametrize("number", ["-1", "1000", "tre", "9" * 30])
def test_a_number_that_cannot_be_is_refused_beside_its_field(client, make, cast, held, number):
    client.sign_in(cast.coordinator)
    refused = close(client, held, **TWO, **{f"present{cast.institution.id}": number})
    assert refused.status == 422
    assert f'id="present{cast.institution.id}-error"' in refused.html
    assert state(make, held) is MeetingState.HELD


def test_a_question_that_was_not_reached_stays_as_it_is(client, make, cast, held):
    client.sign_in(cast.coordinator)
    at = f"/meetings/{held.slug}"
    filled = client.get(f"{at}/close").form(f"{at}/closings") | TWO
    assert filled.pop(f"treated{cast.question.id}")
    assert client.post(f"{at}/closings", filled).status == 200
    with make.session() as session:
        assert session.get(Question, cast.question.id).state is QuestionState.CHOSEN


def test_what_somebody_else_noted_meanwhile_is_not_written_over(client, make, cast, held):
    client.sign_in(cast.coordinator)
    at = f"/meetings/{held.slug}"
    filled = client.get(f"{at}/close").form(f"{at}/closings") | TWO
    row = {"meeting_id": held.id, "institution_id": cast.institution.id, "number": 7}
    make.add(Attendance(**row, noted_at=clock.now()))
    refused = client.post(f"{at}/closings", filled)
    assert refused.status == 409
    assert state(make, held) is MeetingState.HELD
    assert client.post(f"{at}/closings", refused.form(f"{at}/closings")).status == 200


def test_before_its_end_and_by_others_it_is_not_closed(client, make, cast):
    client.sign_in(cast.coordinator)
    at = f"/meetings/{cast.meeting.slug}"
    assert "inte slut än" in client.get(f"{at}/close").text
    assert client.post(f"{at}/closings", TWO).status == 409
    held = hold(make, cast.meeting)
    for who, status in ((cast.steering, 403), (cast.host, 403), (cast.guest, 403), (cast.former, 404)):
        client.sign_in(who)
        assert client.post(f"{at}/closings", TWO).status == status
        assert client.get(f"{at}/close").status == status
    assert state(make, held) is MeetingState.HELD


def test_a_cancelled_meeting_is_not_closed(client, make, cast, held):
    with make.session() as session:
        session.merge(held).state = MeetingState.CANCELLED
    client.sign_in(cast.coordinator)
    assert client.post(f"/meetings/{held.slug}/closings", TWO).status == 409


def test_a_closed_meeting_cannot_be_moved(client, make, cast, held):
    close(client.sign_in(cast.coordinator), held, **TWO)
    with make.session() as session:
        kept = session.get(Meeting, held.id)
        with pytest.raises(Refusal):
            move(kept, clock.now() + timedelta(days=1), clock.now() + timedelta(days=2))
        assert (kept.starts_at, kept.ends_at) == (held.starts_at, held.ends_at)


def test_what_came_before_the_meeting_stays_before_it(client, make, cast, held):
    """Holding, closing and correcting move no post from one side of the meeting to the other."""
    edges = [held.starts_at, held.ends_at]
    instants = [*edges, *(edge - timedelta(seconds=1) for edge in edges)]
    before = [held.phase_at(instant) for instant in instants]
    assert len({*before}) == 3
    at = f"/meetings/{held.slug}"
    client.sign_in(cast.coordinator)
    for again in (False, True):
        with make.session() as session:
            kept = session.get(Meeting, held.id)
            with pytest.raises(Refusal, match="kan inte flyttas"):
                move(kept, kept.starts_at + timedelta(days=1), kept.ends_at + timedelta(days=1))
            assert [kept.phase_at(instant) for instant in instants] == before
            assert kept.state is (MeetingState.CLOSED if again else MeetingState.HELD)
        if not again:
            close(client, held, **TWO)
            corrected = TWO | {"observation1": "Annorlunda.", "version": "1"}
            assert client.post(f"{at}/closing/revisions", corrected).status == 200


@pytest.mark.any_database
def test_who_came_is_filled_in_from_the_sign_ups_or_what_the_host_noted(client, make, cast, held):
    client.sign_in(cast.coordinator)
    at, field = f"/meetings/{held.slug}", f"present{cast.institution.id}"
    assert client.get(f"{at}/close").form(f"{at}/closings")[field] == ""
    row = ProgrammeItem(meeting_id=held.id, position=1, kind=ProgrammeKind.FULL_DAY, title="Dagen")
    now, part = clock.now(), make.add(row)
    coming = {"member_id": cast.representative.id, "institution_id": cast.institution.id}
    coming |= {"programme_item_id": part.id, "answer": Answer.COMING}
    make.add(SignUp(**coming, queued_at=now, answered_at=now))
    assert client.get(f"{at}/close").form(f"{at}/closings")[field] == "1"
    noted = {"meeting_id": held.id, "institution_id": cast.institution.id, "number": 4}
    make.add(Attendance(**noted, noted_at=now))
    assert client.get(f"{at}/close").form(f"{at}/closings")[field] == "4"
    page = close(client, held, **TWO, **{field: "5"})
    assert "Björkö universitet (5)" in page.text
    page = client.get(f"{at}/minutes")
    assert "5 personer från 1 lärosäte: Björkö universitet (5)" in page.text


def test_who_reads_how_it_was_closed(client, make, cast, held):
    close(client.sign_in(cast.coordinator), held, **TWO)
    standing = make.member("Ingrid Mo")
    make.admission(held, standing, "stand_in")
    for who, sees in ((cast.representative, True), (standing, True), (cast.guest, False), (cast.host, False)):
        page = client.sign_in(who).get(f"/meetings/{held.slug}")
        assert page.status == 200
        assert (TWO["observation1"] in page.text) is sees, who.name
