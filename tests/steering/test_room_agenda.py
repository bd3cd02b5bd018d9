"""The steering group puts a question on the coming agenda, which the coordinator otherwise plans."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.meetings.models import AgendaItem, MeetingState, ProgrammeItem, ProgrammeKind
from kloss_intranet.questions.models import Question, QuestionState, Treatment
from tests.questions.asking import told
from tests.steering.desk import change
from tests.steering.room import ROOM, items_of, noted, place, question


def items(make, asked):
    with make.session() as session:
        treated = select(Treatment.agenda_item_id).where(Treatment.question_id == asked.id)
        return list(session.scalars(select(AgendaItem).where(AgendaItem.id.in_(treated))))


def state(make, asked):
    with make.session() as session:
        return session.get(Question, asked.id).state


@pytest.fixture
def day(make, cast):
    """A part of two hours."""
    start = cast.meeting.starts_at
    row = {"meeting_id": cast.meeting.id, "position": 1, "kind": ProgrammeKind.FULL_DAY, "title": "Heldag"}
    return make.add(ProgrammeItem(starts_at=start, ends_at=start + timedelta(hours=2), **row))


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["steering", "coordinator"])
def test_a_question_is_put_on_the_agenda_and_becomes_chosen(client, make, cast, day, who):
    asked = question(make, "in_preparation", "Vem äger provet?", raised_by_id=cast.representative.id)
    noted(make, asked, cast.convenor, owner_id=cast.convenor.id)
    client.sign_in(getattr(cast, who))
    here = items_of(cast.meeting)
    filled = client.get(f"{here}/new?question={asked.id}").form(here)
    begun = {"question": str(asked.id), "part": str(day.id), "responsible": "David Öhrn", "minutes": ""}
    assert filled.items() >= begun.items()
    page = place(client, cast.meeting, asked, minutes="45")
    assert (page.status, page.path) == (200, ROOM)
    (item,) = items(make, asked)
    assert (item.title, item.minutes, item.responsible) == (asked.title, 45, "David Öhrn")
    assert item.programme_item_id == day.id
    assert item.position == 2
    assert "75 minuter lediga" in page.text
    assert state(make, asked) is QuestionState.CHOSEN
    assert set(told(make, "question-change:")) == {cast.representative.id}
    assert (
        asked.title
        in client.another().sign_in(cast.representative).get(f"/meetings/{cast.meeting.slug}").text
    )


def test_it_comes_last_in_its_part(client, make, cast, day):
    later = day.ends_at + timedelta(hours=1)
    row = {"meeting_id": cast.meeting.id, "position": 2, "kind": ProgrammeKind.FULL_DAY, "title": "Kväll"}
    evening = make.add(ProgrammeItem(starts_at=later, ends_at=later + timedelta(hours=1), **row))
    for place_at, (title, part) in enumerate((("Först", day), ("Andra", day), ("Kvällens", evening)), 90):
        make.agenda_item(cast.meeting, title, position=place_at, minutes=5, programme_item_id=part.id)
    client.sign_in(cast.steering)
    morning, night = question(make, "chosen", "Morgonens"), question(make, "chosen", "Nattens")
    place(client, cast.meeting, morning, minutes="5")
    place(client, cast.meeting, night, minutes="5", part=str(evening.id))
    with make.session() as session:
        rows = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == cast.meeting.id))
        titles = [each.title for each in sorted(rows, key=lambda each: each.position)]
    assert titles == [cast.item.title, "Först", "Andra", "Morgonens", "Kvällens", "Nattens"]


def test_one_that_rests_comes_back_and_one_chosen_stays(client, make, cast):
    resting, chosen = question(make, "resting", "Vilar"), question(make, "chosen", "Vald")
    client.sign_in(cast.steering)
    for asked in (resting, chosen):
        assert place(client, cast.meeting, asked).status == 200
        assert state(make, asked) is QuestionState.CHOSEN
        assert len(items(make, asked)) == 1


@pytest.mark.any_database
def test_it_stands_there_once(client, make, cast):
    asked = question(make, "chosen")
    client.sign_in(cast.steering)
    here = items_of(cast.meeting)
    filled = client.get(f"{here}/new?question={asked.id}").form(here)
    assert client.post(here, filled).status == 200
    again = client.post(here, filled)
    assert again.status in (409, 422)
    assert len(items(make, asked)) == 1


def test_what_does_not_fit_is_refused_and_kept(client, make, cast, day):
    asked = question(make, "in_preparation")
    client.sign_in(cast.steering)
    refused = place(client, cast.meeting, asked, minutes="121")
    assert refused.status == 422
    assert "blir det 1 för mycket" in refused.text
    assert refused.form(items_of(cast.meeting))["minutes"] == "121"
    assert (items(make, asked), state(make, asked)) == ([], QuestionState.IN_PREPARATION)
    for sent in ({"minutes": "0"}, {"minutes": "två"}, {"question": ""}, {"part": "999"}):
        assert place(client, cast.meeting, asked, **sent).status == 422, sent
    assert items(make, asked) == []


@pytest.mark.parametrize("kind", ["raised", "treated", "followed_up"])
def test_only_what_is_prepared_or_rests_can_be_put_there(client, make, cast, kind):
    asked, other = question(make, kind), question(make, "chosen", "En annan")
    client.sign_in(cast.steering)
    here = items_of(cast.meeting)
    assert client.get(f"{here}/new?question={asked.id}").form(here)["question"] == ""
    assert place(client, cast.meeting, other, question=str(asked.id)).status == 422
    assert items(make, asked) == []


def test_a_meeting_that_is_over_or_cancelled_takes_no_more(client, make, cast):
    asked = question(make, "chosen")
    client.sign_in(cast.steering)
    assert place(client, cast.old_meeting, asked).status == 409
    change(make, cast.meeting, state=MeetingState.CANCELLED)
    refused = place(client, cast.meeting, asked)
    assert (refused.status, "inställd" in refused.text) == (409, True)
    assert items(make, asked) == []


def test_with_nothing_to_put_there_the_page_says_so(client, cast):
    page = client.sign_in(cast.steering).get(f"{items_of(cast.meeting)}/new")
    assert "Ingen fråga väntar" in page.text
    assert ROOM in page.links


def test_the_rest_of_the_agenda_is_the_coordinators(client, cast):
    client.sign_in(cast.steering)
    assert client.get(f"/meetings/{cast.meeting.slug}/agenda").status == 403
