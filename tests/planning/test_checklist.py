"""What hosts have to do: days counted back, done and late, handed on without names."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.meetings.models import MeetingState
from kloss_intranet.planning.models import HostTask
from kloss_intranet.planning.services.tasks import FIRST


def lines(make, meeting):
    with make.session() as session:
        found = select(HostTask).where(HostTask.meeting_id == meeting.id).order_by(HostTask.position)
        return session.scalars(found).all()


@pytest.fixture
def at(client, cast):
    client.sign_in(cast.host)
    return f"/meetings/{cast.meeting.slug}"


@pytest.mark.any_database
def test_the_first_list_is_counted_back_from_the_first_day(client, cast, make, at):
    page = client.get(f"{at}/checklist")
    assert "har ingen checklista än" in page.text
    page = client.post(f"{at}/checklists", form_on=f"{at}/checklist")
    assert page.path == f"{at}/checklist"
    tasks = lines(make, cast.meeting)
    assert [(task.days_before, task.title) for task in tasks] == [*FIRST]
    # The meeting is thirty days away: what was to be done before that is late.
    late = sum(days > 30 for days, _title in FIRST)
    assert page.text.count("Försenad") == late
    assert f"{late} uppgifter är försenade" in client.get(at).text
    client.sign_in(cast.coordinator)
    assert f"{late} försenade uppgifter" in client.get("/planning/").text
    assert client.post(f"{at}/checklists").status == 409
    assert len(lines(make, cast.meeting)) == len(FIRST)


def test_a_line_is_done_and_undone(client, cast, make, at):
    client.post(f"{at}/checklists", form_on=f"{at}/checklist")
    first = lines(make, cast.meeting)[0]
    ticks = f"{at}/tasks/{first.id}/ticks"
    page = client.post(ticks, form_on=f"{at}/checklist")
    assert "Klar " in page.text
    done = lines(make, cast.meeting)[0]
    assert done.done_by_id == cast.host.id
    client.sign_in(cast.representative)
    client.post(ticks, {"done": "yes", "csrf_token": client.token()})
    assert lines(make, cast.meeting)[0].done_by_id == cast.host.id
    client.post(ticks, form_on=f"{at}/checklist")
    assert lines(make, cast.meeting)[0].done_at is None


@pytest.mark.any_database
def test_lines_are_added_changed_and_removed(client, cast, make, at):
    day = cast.meeting.starts_on
    to = f"{at}/tasks"
    typed = {"title": "Boka buss", "due": f"{day - timedelta(days=10)}", "responsible": "Frida"}
    client.post(to, typed, form_on=f"{at}/checklist")
    client.post(to, {"title": "Boka sal", "due": f"{day - timedelta(days=20)}"}, form_on=f"{at}/checklist")
    assert [(task.days_before, task.title) for task in lines(make, cast.meeting)] == [
        (20, "Boka sal"),
        (10, "Boka buss"),
    ]
    for wrong, says in (
        ({"title": " "}, "Skriv vad"),
        ({"due": ""}, "Välj en dag"),
        ({"due": "2060-01-01"}, "för långt"),
    ):
        page = client.post(to, {"title": "Något", "due": f"{day}"} | wrong, form_on=f"{at}/checklist")
        assert page.status == 422
        assert says in page.text
    bus = lines(make, cast.meeting)[1]
    edit = f"{to}/{bus.id}/edit"
    client.post(f"{to}/{bus.id}/revisions", {"due": f"{day - timedelta(days=30)}"}, form_on=edit)
    first = lines(make, cast.meeting)[0]
    assert (first.title, first.days_before, first.responsible) == ("Boka buss", 30, "Frida")
    client.post(f"{to}/{bus.id}/removals", form_on=edit)
    assert [task.title for task in lines(make, cast.meeting)] == ["Boka sal"]


@pytest.mark.any_database
def test_two_who_change_a_line_are_shown_each_other(client, cast, make, at):
    day = cast.meeting.starts_on
    client.post(f"{at}/tasks", {"title": "Boka buss", "due": f"{day}"}, form_on=f"{at}/checklist")
    (task,) = lines(make, cast.meeting)
    edit, to, gone = (f"{at}/tasks/{task.id}/{act}" for act in ("edit", "revisions", "removals"))
    early, other = client.get(edit), client.another().sign_in(cast.coordinator)
    # Saying that it is done is no other wording.
    other.post(f"{at}/tasks/{task.id}/ticks", form_on=f"{at}/checklist")
    other.post(to, {"title": "Boka båt", "responsible": "Elin"}, form_on=edit)
    clash = client.post(to, early.form(to) | {"title": "Boka tåg", "responsible": "Frida"})
    assert clash.status == 409
    assert "Boka båt" in clash.text
    assert "Elin" in clash.text
    assert clash.form(to)["title"] == "Boka tåg"
    assert [(line.title, line.responsible) for line in lines(make, cast.meeting)] == [("Boka båt", "Elin")]
    removed = client.post(gone, early.form(gone))
    assert removed.status == 409
    assert removed.form(to)["title"] == "Boka båt"
    client.post(to, clash.form(to))
    assert [(line.title, line.responsible) for line in lines(make, cast.meeting)] == [("Boka tåg", "Frida")]
    late = client.get(edit).form(to)
    other.post(gone, form_on=edit)
    page = client.post(to, late | {"title": "Boka flyg"})
    assert page.status == 409
    assert "har tagit bort det här medan du skrev" in page.text
    assert page.form(f"{at}/tasks")["title"] == "Boka flyg"
    assert lines(make, cast.meeting) == []


@pytest.mark.any_database
def test_the_next_host_takes_over_the_list_without_names(client, cast, make, at):
    past = make.meeting("Den förra", starts_at=datetime(2026, 4, 1, tzinfo=UTC), state=MeetingState.HELD)
    who = {"responsible": "Frida Lund", "done_by_id": cast.host.id, "done_at": clock.now()}
    make.add(HostTask(meeting_id=past.id, position=1, title="Hyr båten", days_before=12, **who))
    page = client.get(f"{at}/checklist")
    assert "Ta efter listan från Den förra, utan namn" in page.text
    client.post(f"{at}/checklists", {"from": "previous", "csrf_token": client.token()})
    (task,) = lines(make, cast.meeting)
    assert (task.title, task.days_before) == ("Hyr båten", 12)
    assert (task.responsible, task.done_at, task.done_by_id) == (None, None, None)


def test_the_list_is_for_those_who_arrange_the_meeting(client, cast, make, at):
    client.post(f"{at}/checklists", form_on=f"{at}/checklist")
    task = lines(make, cast.meeting)[0]
    elsewhere = f"/meetings/{cast.old_meeting.slug}/tasks/{task.id}"
    client.sign_in(cast.coordinator)
    assert client.get(f"{elsewhere}/edit").status == 404
    for who in (cast.steering, cast.other_representative):
        client.sign_in(who)
        assert client.get(f"{at}/checklist").status == 403
        assert client.post(f"{at}/tasks/{task.id}/ticks", {"done": "yes"}).status == 403
    client.sign_in(cast.guest)
    assert client.get(f"{at}/checklist").status == 403
