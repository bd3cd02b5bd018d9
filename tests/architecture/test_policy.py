"""Who may do what, written out: the table of permissions, and what each of the cast meets."""

from types import SimpleNamespace

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from kloss_intranet.attendance.models import StandIn
from kloss_intranet.core import clock
from kloss_intranet.core.policy import Actor, Permission, may
from kloss_intranet.materials.models import MaterialVersion
from kloss_intranet.meetings.models import Host
from kloss_intranet.minutes.models import Closing
from kloss_intranet.moderation.models import Decision
from tests.cast import Cast

PEOPLE = ("guest", "host", "former", "representative", "steering", "coordinator")
# For each permission, what each of PEOPLE may do to the cast's things (meeting and thread of today): + or -.
TABLE = """
home:read       + + + + + +
theme:read      - - + + + +
theme:follow    - - - + + +
meeting:list    + + + + + +
meeting:read    + + - + + +
meeting:publish - - - - - +
meeting:follow  + - - + + +
meeting:plan    - - - - - +
meeting:edit    - - - - - +
meeting:arrange - + - + + +
guest:admit     - + - + + +
planning:read   - - - + + +
offer:write     - - - + + -
offer:withdraw  - - - + + +
meeting:close   - - - - - +
closing:read    - - - + + +
sign-up:read    - + - + + +
sign-up:write   + + - + + +
sign-up:edit    - + - + + +
needs:show      - + - + + +
stand-in:name   - - - + + +
stand-in:end    - - - + - +
attendance:write - + - + + +
question:read   - - - + + +
question:propose - - - + + +
question:prepare - - - - + +
question:merge  - - - - + +
relevance:write - - - + + +
steering:read   - - - - + +
preparation:write - - - - + +
agenda:place    - - - - + +
dossier:write   - - - - + +
dossier:publish - - - - - +
dossier:read    - - - + + +
citation:object - - - + - -
citation:answer - - - - + +
contribution:read + + + + + +
breadth:read    - - - + + +
breadth:set     - - - - + +
dot:place       - - - + + +
briefing:read   - - - + + +
folder:make     - + - + + +
folder:read     - + - + + +
folder:edit     - + - + + +
folder:fill     - + - + + +
material:read   - + - + + +
material:edit   - + - + + +
minutes:read    - - - - + +
minutes:write   - - - - + +
minutes:publish - - - - - +
thread:list     - - + + + +
news:mark       - - + + + +
thread:read     - - - + + +
thread:open     - - - + + +
thread:edit     - - - - - +
thread:mark     - - - + + +
thread:follow   - - - + + +
post:read       - - - + + +
post:write      - - - + + +
post:edit       - - - + - -
post:withdraw   - - - + - -
post:save       - - - + + +
revision:read   - - - + + +
attachment:read - - - + + +
attachment:write - - - + - -
draft:read      + + + + + +
draft:write     - - - + - -
post:report     - - - + + +
attachment:report - - - + + +
member:report   - - - + + +
post:moderate   - - - - - +
attachment:moderate - - - - - +
member:moderate - - - - - +
thread:moderate - - - - - +
queue:read      - - - - - +
decision:list   - - - - + +
decision:read   - - - + + +
decision:answer - - - + - -
figures:read    - - - + + +
audit:read      - - - - - +
audit:export    - - - - - +
announcement:list + + + + + +
announcement:read - - - + - +
announcement:write - - - - - +
desk:read       - - - - - +
desk:write      - - - - - +
rules:write     - - - - - +
notice:mark     + + + + + +
member:read     - - - + + +
member:invite   - - - - - +
setting:read    + + + + + +
setting:write   + + + + + +
session:end     - - - - - -
"""
ROWS = [(row.split()[0], row.split()[1:]) for row in TABLE.strip().splitlines()]
STATUSES = """
anonymous       303 303 303 303 303 303 303 303 303 303 303
guest           200 200 404 404 404 403 403 200 403 403 404
host            200 200 404 404 404 403 403 200 403 403 404
former          200 404 404 200 404 403 403 200 404 200 404
representative  200 200 200 200 404 200 403 200 403 200 403
steering        200 200 200 200 200 200 403 200 403 200 403
coordinator     200 200 200 200 200 200 200 200 303 200 200
"""
EXPECTED = [
    (row.split()[0], [int(status) for status in row.split()[1:]]) for row in STATUSES.strip().splitlines()
]


def addresses(cast: Cast) -> list[str]:
    """One of each kind, in the order of the columns of STATUSES."""
    return [
        "/",
        f"/meetings/{cast.meeting.slug}",
        f"/threads/{cast.thread.id}",
        f"/threads/{cast.old_thread.id}",
        f"/threads/{cast.steering_thread.id}",
        "/members/",
        "/auth/invitations",
        "/settings/",
        f"/meetings/{cast.meeting.slug}/publish",
        "/threads/similar",
        f"/threads/{cast.thread.id}/edit",
    ]


def actor(cast: Cast, name: str) -> Actor:
    roles = frozenset({name} & {"steering", "coordinator"})
    return Actor(
        token="",
        session_id=0,
        member_id=getattr(cast, name).id,
        name=name,
        title=None,
        language="sv",
        mandate_id=1 if name in ("representative", "steering") else None,
        institution_id=1 if name in ("representative", "steering") else None,
        roles=roles,
        hosted=frozenset({cast.meeting.id} if name == "host" else ()),
        invited=frozenset({cast.meeting.id} if name == "guest" else ()),
        reads_until=cast.thread.opened_at.replace(year=2024) if name == "former" else None,
    )


def subject(cast: Cast, permission: str) -> object:
    noun = permission.split(":", maxsplit=1)[0]
    if permission == "thread:open":
        return cast.meeting
    if permission in ("post:read", "post:write", "post:report", "post:moderate"):
        return cast.thread
    things: dict[str, object] = {"meeting": cast.meeting, "question": cast.meeting, "thread": cast.thread}
    set_committed_value(cast.post, "thread", cast.thread)
    set_committed_value(cast.meeting, "hosts", [Host(institution_id=cast.institution.id)])
    if noun == "attachment":
        set_committed_value(cast.attachment, "post", cast.post)
        return cast.attachment
    set_committed_value(cast.folder, "meeting", cast.meeting)
    set_committed_value(cast.material, "folder", cast.folder)
    set_committed_value(cast.material, "versions", [MaterialVersion(added_at=clock.now())])
    things |= {
        **dict.fromkeys(("breadth", "dot"), cast.meeting),
        "announcement": SimpleNamespace(sent_at=clock.now(), reader_ids={cast.representative.id}),
        "decision": Decision(author_id=cast.representative.id),
        "closing": Closing(meeting_id=cast.meeting.id, written_at=clock.now()),
        "folder": cast.meeting if permission == "folder:make" else cast.folder,
        "material": cast.material,
        "minutes": cast.meeting,
        **dict.fromkeys(("sign-up", "needs", "attendance", "guest"), cast.meeting),
        "stand-in": cast.meeting
        if permission == "stand-in:name"
        else StandIn(absent_id=cast.representative.id, member_id=cast.guest.id),
    }
    # The representative's post, which also stands in for a session and a draft of hers.
    return things.get(noun, cast.post)


def test_the_table_names_every_permission():
    assert [name for name, _ in ROWS] == list(Permission)


def test_nobody_may_do_anything_before_signing_in():
    assert not any(may(None, permission) for permission in Permission)


@pytest.mark.parametrize(("permission", "marks"), ROWS)
def test_each_person_may_what_the_table_says(cast, permission, marks):
    thing = subject(cast, permission)
    meant = dict(zip(PEOPLE, marks, strict=True))
    if permission == "session:end":
        meant["representative"] = "+"
    seen = {name: "+" if may(actor(cast, name), permission, thing) else "-" for name in PEOPLE}
    assert seen == meant


def test_the_steering_groups_thread_is_for_the_steering_group(cast):
    seen = {name for name in PEOPLE if may(actor(cast, name), Permission.THREAD_READ, cast.steering_thread)}
    assert seen == {"steering", "coordinator"}


def test_the_former_representative_reads_what_was_there_in_her_time(cast):
    former = actor(cast, "former")
    assert may(former, Permission.THREAD_READ, cast.old_thread)
    assert may(former, Permission.MEETING_READ, cast.old_meeting)
    assert not may(former, Permission.POST_WRITE, cast.old_thread)


@pytest.mark.parametrize(("who", "statuses"), EXPECTED)
def test_each_person_meets_the_right_answer(cast, client, who, statuses):
    if who != "anonymous":
        client.sign_in(getattr(cast, who))
    seen = [client.get(path, follow=False).status for path in addresses(cast)]
    assert seen == statuses
