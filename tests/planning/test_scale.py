"""Pages about meetings cost the same few statements however much there is to show."""

from datetime import timedelta

import pytest

from kloss_intranet.attendance.models import Answer, Needs, SignUp, StandIn
from kloss_intranet.core import clock
from kloss_intranet.meetings.models import ProgrammeItem, ProgrammeKind
from kloss_intranet.planning.models import HostOffer, HostTask, Term

PAGES = {
    "/planning/": 11,
    "/meetings/": 5,
    "/meetings/bjorko": 25,
    "/meetings/bjorko/sign-ups": 10,
    "/meetings/bjorko/participants": 11,
    "/meetings/bjorko/counts": 7,
    "/meetings/bjorko/attendance": 10,
    "/meetings/bjorko/edit": 8,
    "/meetings/bjorko/parts": 6,
    "/meetings/bjorko/agenda": 9,
    "/meetings/bjorko/checklist": 7,
    "/meetings/bjorko/helpers": 7,
}
"""The most that each page may take."""


def grow(make, cast, meeting):
    """Parts with people who come, wait and stand in, agenda items, tasks, offers, and further meetings."""
    now = clock.now()
    people = [make.member() for _ in range(4)]
    for n in range(3):
        row = {"kind": ProgrammeKind.DINNER, "title": "Middag", "takes_sign_ups": True, "capacity": 2}
        part = make.add(ProgrammeItem(meeting_id=meeting.id, position=next(make.numbers), **row))
        make.agenda_item(meeting, programme_item_id=part.id, minutes=20)
        task = {"title": "Att göra", "days_before": 100 + n, "position": next(make.numbers)}
        make.add(HostTask(meeting_id=meeting.id, **task))
        make.meeting(hosts=(make.institution(),), starts_at=now + timedelta(days=90 + n))
        for k, member in enumerate(people):
            answer = Answer.COMING if k < 2 else Answer.WAITING
            said = {"answer": answer, "queued_at": now, "answered_at": now}
            make.add(SignUp(programme_item_id=part.id, member_id=member.id, **said))
    for member in people:
        seat, absent = make.institution(), make.member()
        make.mandate(absent, seat)
        make.admission(meeting, member, "host")
        make.add(StandIn(meeting_id=meeting.id, absent_id=absent.id, member_id=member.id, named_at=now))
        make.add(Needs(meeting_id=meeting.id, member_id=member.id, diet="Vegan", written_at=now))
        offered = {"year": 2028, "term": Term.SPRING, "offered_on": now.date()}
        make.add(HostOffer(institution_id=seat.id, offered_by_id=absent.id, **offered))


@pytest.mark.any_database
def test_pages_cost_the_same_however_much_there_is(client, make, cast, statements):
    client.sign_in(cast.coordinator)
    grow(make, cast, cast.meeting)

    def costs():
        spent = {}
        for path in PAGES:
            client.get(path)  # what is kept in memory is not what is measured
            with statements() as sent:
                assert client.get(path).status == 200
            spent[path] = len([each for each in sent if each.startswith(("SELECT", "WITH"))])
        return spent

    before = costs()
    for _ in range(2):
        grow(make, cast, cast.meeting)
    assert costs() == before
    assert {path: spent for path, spent in before.items() if spent > PAGES[path]} == {}
