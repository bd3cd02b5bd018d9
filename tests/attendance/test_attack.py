"""attack scratch"""
import logging, threading, time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
import pytest
from sqlalchemy import select, text
from kloss_intranet.attendance.models import SignUp, Needs
from kloss_intranet.attendance.services import seats, needs
from kloss_intranet.calendars.services import feeds
from kloss_intranet.core import clock
from kloss_intranet.core.db import db
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting, ProgrammeItem
from kloss_intranet.planning.services import agenda, facts, parts, turns
from tests.attendance.helpers import answers, part, sign_up


def test_log(client, make, cast, caplog):
    dinner = part(make, cast.meeting)
    with make.session() as session:
        session.execute(text("CREATE TRIGGER full BEFORE INSERT ON participant_needs BEGIN SELECT RAISE(ABORT, 'disk full'); END"))
    page = sign_up(client, cast.representative, cast.meeting, **{f"part_{dinner.id}": "yes", "diet": "Celiaki"})
    assert page.status == 503
    assert "Celiaki" not in caplog.text


def test_strangers(client, make, cast):
    dinner = part(make, cast.meeting)
    other = make.meeting("Annan")
    stranger = make.member("Okänd Gäst")
    make.admission(other, stranger, "guest")
    client.sign_in(cast.host)
    at = f"/meetings/{cast.meeting.slug}/participants/"
    assert client.get(f"{at}{stranger.id}").status == 404
    assert client.get(f"{at}{cast.former.id}").status == 404


@pytest.mark.any_database
def test_former_in_queue(client, make, cast):
    dinner = part(make, cast.meeting, capacity=1)
    yes, no = {f"part_{dinner.id}": "yes"}, {f"part_{dinner.id}": "no"}
    for who in (cast.representative, cast.other_representative, cast.steering):
        sign_up(client, who, cast.meeting, **yes)
    with make.session() as session:
        session.merge(cast.other_mandate).ends_on = clock.today() - timedelta(days=1)
    sign_up(client, cast.representative, cast.meeting, **no)
    assert dict(answers(make, dinner))[cast.steering.id] == "coming"


@pytest.mark.any_database
def test_doubled_hosts(client, make, cast):
    client.sign_in(cast.coordinator)
    at = f"/meetings/{cast.meeting.slug}/edit"
    form = client.get(at).form(f"/meetings/{cast.meeting.slug}/revisions")
    r = client.post(f"/meetings/{cast.meeting.slug}/revisions", form | {"hosts": ["asnes", "asnes", "steering-group", "steering-group"], "themes": ["digitala-prov"]*2}, follow=False)
    assert r.status in (303, 422), r.text


def meet(app, *acts):
    """Each act is f(pause); run at once, each pausing in the middle."""
    def run(act):
        with app.app_context():
            try:
                act()
                db.session.commit()
                return None
            except Exception as e:
                db.session.rollback()
                return repr(e)[:300]
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def whole(cast):
    from kloss_intranet.meetings import queries
    return queries.meeting(cast.meeting.slug)


@pytest.mark.any_database
def test_move_while_sign_up(app, make, cast, monkeypatch):
    dinner = part(make, cast.meeting)
    m = cast.meeting
    locked = threading.Event()
    def sign():
        from kloss_intranet.attendance.services import seats as s
        meeting = whole(cast)
        s.locked(m.id)
        locked.set()
        time.sleep(0.5)
        s.answer(meeting, cast.steering.id, None, {dinner.id: True}, by=cast.steering.id, late="x")
        needs.write(meeting, cast.steering.id, "nötter", None)
    def move():
        locked.wait(5) if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres") else None
        meeting = whole(cast)
        w = facts.Facts(title=meeting.title, starts_at=meeting.starts_at + timedelta(days=1), ends_at=meeting.ends_at + timedelta(days=1))
        facts.revise(meeting, w, version=meeting.version, by=cast.coordinator.id, shift_parts=True)
    assert meet(app, sign, move) == [None, None]


@pytest.mark.any_database
def test_edit_while_sign_up(app, make, cast):
    dinner = part(make, cast.meeting)
    pg = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres")
    answered, turned = threading.Event(), threading.Event()
    def sign():
        meeting = whole(cast)
        seats.answer(meeting, cast.steering.id, None, {dinner.id: True}, by=cast.steering.id, late="x")
        answered.set()
        if pg: turned.wait(5); time.sleep(.3)
        needs.write(meeting, cast.steering.id, "nötter", None)
        db.session.flush()
    def edit():
        meeting = whole(cast)
        if pg: answered.wait(5)
        turns.wait_for_turn(meeting)
        turned.set()
        agenda.add(meeting, agenda.Item("Ny punkt"), cast.coordinator.id)
    assert meet(app, sign, edit) == [None, None]


@pytest.mark.any_database
def test_stand_in_while_part_edit(app, make, cast):
    dinner = part(make, cast.meeting)
    pg = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres")
    one, two = threading.Event(), threading.Event()
    def name():
        meeting = whole(cast)
        db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
        one.set()
        time.sleep(.5)
        seats.answer(meeting, cast.steering.id, None, {dinner.id: True}, by=cast.steering.id, late="x")
    def edit():
        meeting = whole(cast)
        row = meeting.programme[0]
        seen = turns.mark(row)
        if pg: one.wait(5)
        parts.revise(meeting, row, parts.Part(kind=row.kind, title="Ny", starts_at=row.starts_at, takes_sign_ups=True), seen=seen, by=cast.coordinator.id)
    assert meet(app, name, edit) == [None, None]


@pytest.mark.any_database
def test_feed_while_letter(app, make, cast):
    dinner = part(make, cast.meeting)
    pg = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres")
    one, two = threading.Event(), threading.Event()
    def sign():
        from kloss_intranet.audit.services import record
        record("x", "y")
        one.set()
        if pg: time.sleep(.5)
        db.session.add(SignUp(programme_item_id=dinner.id, member_id=cast.steering.id, answer="coming", queued_at=clock.now(), answered_at=clock.now()))
        db.session.flush()
    def feed():
        if pg: one.wait(5)
        feeds.make(cast.steering.id)
    assert meet(app, sign, feed) == [None, None]


@pytest.mark.any_database
def test_remove_while_move(app, make, cast):
    for n in range(3): make.agenda_item(cast.meeting, f"p{n}", position=5+n)
    one = threading.Event()
    pg = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres")
    def remove():
        meeting = whole(cast)
        agenda.remove(meeting, meeting.agenda[1], cast.coordinator.id)
        if pg: one.set(); time.sleep(.5)
    def move():
        meeting = whole(cast)
        if pg: one.wait(5)
        agenda.place(meeting, meeting.agenda[1], 1, cast.coordinator.id)
    got = meet(app, remove, move)
    if pg: assert got[0] is None and "Gone" in (got[1] or ""), got


@pytest.mark.any_database
def test_remove_part_while_sign_up(app, make, cast):
    dinner = part(make, cast.meeting)
    pg = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres")
    one = threading.Event()
    def sign():
        meeting = whole(cast)
        seats.locked(meeting.id)
        one.set()
        db.session.add(SignUp(programme_item_id=dinner.id, member_id=cast.steering.id, answer="coming", queued_at=clock.now(), answered_at=clock.now()))
        db.session.flush()
        time.sleep(.5)
    def remove():
        meeting = whole(cast)
        if pg: one.wait(5)
        parts.remove(meeting, meeting.programme[0], cast.coordinator.id)
    got = meet(app, sign, remove)
    if pg: assert got[0] is None and "Refusal" in (got[1] or ""), got
