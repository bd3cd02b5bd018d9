"""Threads are opened by publishing a meeting or by a member who has seen what is alike, and changed."""

import pytest
from sqlalchemy import func, select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core.alike import ENOUGH, nearness, stems
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting, MeetingState, MeetingTheme
from kloss_intranet.threads.models import Audience, Following, Level, Thread


@pytest.fixture
def planned(make, cast):
    """A planned meeting with a theme and a question on its agenda."""
    meeting = make.meeting("Träff i Åsnes igen", slug="asnes-igen", state=MeetingState.PLANNED)
    make.add(MeetingTheme(meeting_id=meeting.id, theme_id=cast.theme.id))
    make.question("Hur rättar vi tillsammans?", items=(make.agenda_item(meeting, "Rättning"),))
    return meeting


def threads_of(make, meeting):
    with make.session() as session:
        return session.scalars(
            select(Thread).where(Thread.meeting_id == meeting.id).order_by(Thread.id)
        ).all()


def numbers(make, *kinds):
    with make.session() as session:
        return [session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def fill(client, meeting, **changes):
    page = client.get(f"/meetings/{meeting.slug}/publish")
    return page.form(f"/meetings/{meeting.slug}/publications") | changes


@pytest.mark.any_database
def test_publishing_a_meeting_opens_the_chosen_threads_once(client, cast, make, planned):
    with make.session() as session:
        session.add(
            Following(
                member_id=cast.convenor.id,
                meeting_id=planned.id,
                level=Level.NONE,
                changed_at=planned.starts_at,
            )
        )
    client.sign_in(cast.coordinator)
    assert f"/meetings/{planned.slug}/publish" in client.get(f"/meetings/{planned.slug}").links
    filled = fill(client, planned)
    asked = next(name.removeprefix("title_") for name, value in filled.items() if "rättar" in value)
    filled |= {f"title_{asked}": "Rätta tillsammans", f"first_{asked}": "y"}
    page = client.post(f"/meetings/{planned.slug}/publications", filled)
    assert page.path == f"/meetings/{planned.slug}"
    assert "Rätta tillsammans" in page.text
    question, theme = threads_of(make, planned)
    assert (question.title, question.write_first, question.theme_id) == (
        "Rätta tillsammans",
        True,
        cast.theme.id,
    )
    assert (theme.title, theme.write_first, theme.question_id) == (cast.theme.name_sv, False, None)
    with make.session() as session:
        told = {letter.member_id: letter for letter in session.scalars(select(Letter))}
        acts = session.scalars(select(AuditEntry.act)).all()
        assert session.get(Meeting, planned.id).state is MeetingState.OPEN
    assert {*told} == {cast.representative.id, cast.other_representative.id, cast.steering.id}
    letter = told[cast.representative.id]
    assert f"/threads/{question.id}" in letter.plain
    assert f"/threads/{theme.id}" in letter.html
    assert letter.path == f"/meetings/{planned.slug}"
    assert (acts.count("meeting:publish"), acts.count("thread.open")) == (1, 2)
    before = numbers(make, Thread, Letter, AuditEntry)
    again = client.post(f"/meetings/{planned.slug}/publications", filled)
    assert (again.status, again.path) == (200, f"/meetings/{planned.slug}")
    assert numbers(make, Thread, Letter, AuditEntry) == before


def test_publishing_keeps_what_was_typed_and_leaves_out_what_is_not_ticked(client, cast, make, planned):
    client.sign_in(cast.coordinator)
    filled = fill(client, planned)
    (of_theme,) = (name.removeprefix("open_") for name in filled if name.startswith("open_theme"))
    page = client.post(f"/meetings/{planned.slug}/publications", filled | {f"title_{of_theme}": ""})
    assert page.status == 422
    assert "Ge tråden en rubrik." in page.text
    assert threads_of(make, planned) == []
    del filled[f"open_{of_theme}"]
    client.post(f"/meetings/{planned.slug}/publications", filled | {f"title_{of_theme}": ""})
    assert [thread.title for thread in threads_of(make, planned)] == ["Hur rättar vi tillsammans?"]


def test_only_the_coordinator_publishes_and_only_what_is_planned(client, cast, make, planned):
    client.sign_in(cast.steering)
    assert client.get(f"/meetings/{planned.slug}/publish").status == 403
    assert client.post(f"/meetings/{planned.slug}/publications").status == 403
    assert f"/meetings/{planned.slug}/publish" not in client.get(f"/meetings/{planned.slug}").links
    client.sign_in(cast.coordinator)
    with make.session() as session:
        session.get(Meeting, planned.id).state = MeetingState.HELD
    assert client.get(f"/meetings/{planned.slug}/publish").path == f"/meetings/{planned.slug}"
    assert client.post(f"/meetings/{planned.slug}/publications").status == 409
    assert numbers(make, Letter) == [0]


def test_a_thread_takes_a_question_of_its_meeting(client, cast, make):
    client.sign_in(cast.representative)
    new, to = f"/meetings/{cast.meeting.slug}/threads/new", f"/meetings/{cast.meeting.slug}/threads"
    typed = {"title": "Tentamensvakter", "theme": cast.theme.slug, "write_first": "y"}
    elsewhere = make.question("Någon annanstans")
    assert client.post(to, typed | {"question": elsewhere.id}, form_on=new).status == 422
    client.post(to, typed | {"question": cast.question.id}, form_on=new)
    thread = threads_of(make, cast.meeting)[-1]
    assert (thread.title, thread.question_id, thread.write_first) == (
        "Tentamensvakter",
        cast.question.id,
        True,
    )
    shared = client.post(to, typed | {"title": "Med gäster", "for_guests": "y"}, form_on=new)
    assert shared.status == 422
    assert "Bara styrgruppen kan dela" in shared.text
    client.sign_in(cast.steering)
    hidden = {"title": "Hemlig", "for_guests": "y", "audience": "steering"}
    assert "delas inte med gäster" in client.post(to, typed | hidden, form_on=new).text
    client.post(to, typed | {"title": "Med gäster", "for_guests": "y"}, form_on=new)
    assert threads_of(make, cast.meeting)[-1].for_guests


@pytest.mark.any_database
def test_a_title_much_like_another_is_shown_before_it_is_opened(client, cast, make):
    make.thread(cast.old_meeting, cast.theme, title="Meriteringsmodellen i praktiken")
    make.thread(cast.meeting, cast.theme, title="Meriteringsmodell, hemligt", audience=Audience.STEERING)
    client.sign_in(cast.representative)
    new, to = f"/meetings/{cast.meeting.slug}/threads/new", f"/meetings/{cast.meeting.slug}/threads"
    typed = {"title": "En meriteringsmodell", "introduction": "Hur gör ni?", "theme": cast.theme.slug}
    before = numbers(make, Thread)
    page = client.post(to, typed, form_on=new)
    assert page.status == 422
    assert "Detta har diskuterats" in page.text
    assert "Meriteringsmodellen i praktiken" in page.text
    assert "hemligt" not in page.html
    assert numbers(make, Thread) == before
    kept = page.form(to)
    assert {name: kept[name] for name in typed} == typed
    assert client.post(to, kept).path.startswith("/threads/")
    assert threads_of(make, cast.meeting)[-1].title == typed["title"]


def test_while_typing_the_answer_is_a_piece_of_a_page(client, cast, make):
    make.thread(cast.old_meeting, cast.theme, title="Meriteringsmodellen i praktiken")
    client.sign_in(cast.representative)

    def asked(title):
        return client.get(f"/threads/similar?title={title}").response.json["html"]

    assert "Meriteringsmodellen i praktiken" in asked("meriteringsmodeller")
    assert cast.question.title in asked("Ordna digitala prov")
    assert asked("") == asked("%25") == asked("_______") == asked("Bibliotekens lokaler") == ""
    client.sign_in(cast.guest)
    assert client.get("/threads/similar?title=meriteringsmodeller").status == 403


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("meriteringsmodell", "Meriteringsmodellen", True),
        ("Karriärvägar för lärare", "Lärarnas karriärväg", True),
        ("PEDAGOGISKA MERITER", "Pedagogisk meritering vid anställning", True),
        ("Drivkrafter för undervisning", "Undervisningens drivkraft", True),
        ("Öppna frågor om årshjulet", "Årshjul", True),
        ("Salarna", "Prov på egen dator", False),
        ("Hur gör vi?", "Hur gör ni?", False),
        ("Karriärvägar i praktiken", "Mentorskap i praktiken", False),
        ("Prov", "Lön", False),
    ],
)
def test_swedish_endings_do_not_hide_what_is_alike(one, other, is_near):
    near = nearness(stems(one), stems(other)) >= ENOUGH
    assert near is is_near


@pytest.mark.any_database
def test_letters_beyond_ascii_are_found_in_any_case(app, make, cast, client):
    make.thread(cast.meeting, cast.theme, title="ÅRSHJULEN")
    client.sign_in(cast.representative)
    assert "ÅRSHJULEN" in client.get("/threads/similar?title=årshjul").response.json["html"]


def test_a_title_is_one_line_and_an_introduction_may_be_more(client, cast, make):
    client.sign_in(cast.representative)
    to = f"/meetings/{cast.meeting.slug}/threads"
    title = "Skrivtid\r\nBcc: alla@example.org\u2028slut"
    typed = {"title": title, "introduction": "Ett\r\n\r\ntvå", "theme": cast.theme.slug}
    client.post(to, typed, form_on=f"{to}/new")
    thread = threads_of(make, cast.meeting)[-1]
    assert (thread.title, thread.introduction) == ("Skrivtid Bcc: alla@example.org slut", "Ett\n\ntvå")


def test_the_terms_are_changed_by_who_opened_it_and_the_coordinator(client, cast, make):
    theme = make.theme("Ett annat tema")
    own = make.thread(cast.meeting, theme, title="Rubrik", opened_by_id=cast.representative.id)
    edit, to = f"/threads/{own.id}/edit", f"/threads/{own.id}/revisions"
    client.sign_in(cast.other_representative)
    assert client.get(edit).status == 403
    client.sign_in(cast.representative)
    assert edit in client.get(f"/threads/{own.id}").links
    page = client.post(to, {"title": "Bättre rubrik", "introduction": "Ny", "write_first": "y"}, form_on=edit)
    assert page.path == f"/threads/{own.id}"
    assert "Bättre rubrik" in page.title
    (changed,) = [thread for thread in threads_of(make, cast.meeting) if thread.id == own.id]
    assert (changed.introduction, changed.write_first, changed.theme_id) == ("Ny", True, theme.id)
    assert (changed.version, changed.changes) == (2, 1)
    with make.session() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "thread.edit")).one()
    assert entry.details["before"] == {"title": "Rubrik", "introduction": None, "write_first": False}
    assert client.post(to, {"title": ""}, form_on=edit).status == 422
    client.post(to, {"for_guests": "y"}, form_on=edit)
    assert not threads_of(make, cast.meeting)[-1].for_guests


@pytest.mark.any_database
def test_two_who_change_a_thread_are_shown_each_other(client, cast, make):
    edit, to = f"/threads/{cast.thread.id}/edit", f"/threads/{cast.thread.id}/revisions"
    client.sign_in(cast.coordinator)
    early = client.get(edit).form(to)
    client.post(to, {"title": "Den förstas rubrik"}, form_on=edit)
    clash = client.post(to, early | {"title": "Den andras rubrik"})
    assert clash.status == 409
    assert "Den förstas rubrik" in clash.text
    assert clash.form(to)["title"] == "Den andras rubrik"
    assert threads_of(make, cast.meeting)[0].title == "Den förstas rubrik"
    client.post(to, clash.form(to))
    assert threads_of(make, cast.meeting)[0].title == "Den andras rubrik"


def test_what_was_written_for_the_network_is_not_shared_afterwards(client, cast, make):
    empty = make.thread(cast.meeting, cast.theme, title="Tom")
    client.sign_in(cast.coordinator)
    for thread, is_shared in ((cast.thread, False), (empty, True)):
        edit, to = f"/threads/{thread.id}/edit", f"/threads/{thread.id}/revisions"
        page = client.post(to, {"for_guests": "y"}, form_on=edit)
        assert ("kan inte delas i efterhand" in page.text) is not is_shared
        with make.session() as session:
            assert session.get(Thread, thread.id).for_guests is is_shared
