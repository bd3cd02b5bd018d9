"""Whose a meeting is: its hosts, in their order, and its themes."""

from collections.abc import Sequence

from ...core.db import db
from ...meetings.models import Host, Meeting, MeetingTheme
from ...members.models import Institution
from ...themes.models import Theme


def name_hosts(meeting: Meeting, hosts: Sequence[Institution | None]) -> frozenset[int]:
    """Set the hosts in this order, and give the ids of the institutions that were not hosts before."""
    before = [host.institution_id for host in meeting.hosts]
    after = [institution.id if institution else None for institution in hosts]
    if before == after:
        return frozenset()
    meeting.hosts_known = True
    for host in list(meeting.hosts):
        db.session.delete(host)
    db.session.flush()
    rows = [Host(meeting_id=meeting.id, position=n, institution_id=one) for n, one in enumerate(after, 1)]
    db.session.add_all(rows)
    return frozenset(one for one in after if one is not None and one not in before)


def set_themes(meeting: Meeting, themes: Sequence[Theme]) -> None:
    """Let the meeting stand under these themes and no others."""
    wanted = {theme.id for theme in themes}
    present = {under.theme_id for under in meeting.themes}
    for under in list(meeting.themes):
        if under.theme_id not in wanted:
            db.session.delete(under)
    db.session.add_all(MeetingTheme(meeting_id=meeting.id, theme_id=one) for one in sorted(wanted - present))


def add_hosts_and_themes(
    meeting: Meeting, hosts: Sequence[Institution | None], themes: Sequence[Theme]
) -> None:
    """The hosts and themes of a meeting that has none yet."""
    for position, one in enumerate(hosts, 1):
        host = Host(meeting_id=meeting.id, position=position, institution_id=one.id if one else None)
        db.session.add(host)
    db.session.add_all(MeetingTheme(meeting_id=meeting.id, theme_id=theme.id) for theme in themes)
