"""The briefing of a meeting as a page and as files, and the way to it from the meeting's page."""

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import clock
from ...core.access import me, requires
from ...core.policy import Permission, may
from ...core.slots import fills
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ..models import Block, Document
from ..queries import gathered
from ..services import composing
from ..services.keeping import Kind
from .blueprint import bp
from .handing import hand_out
from .speech import Spoken


@bp.get("/meetings/<string:slug>/briefing")
@requires(Permission.BRIEFING_READ, find=meetings.meeting)
def show(meeting: Meeting) -> str:
    return render_template("briefing/show.html", meeting=meeting, document=_document(meeting))


@bp.get("/meetings/<string:slug>/briefing.pdf")
@requires(Permission.BRIEFING_READ, find=meetings.meeting)
def pdf(meeting: Meeting) -> ResponseReturnValue:
    return _file(meeting, Kind.PDF)


@bp.get("/meetings/<string:slug>/briefing.docx")
@requires(Permission.BRIEFING_READ, find=meetings.meeting)
def docx(meeting: Meeting) -> ResponseReturnValue:
    return _file(meeting, Kind.DOCX)


@bp.app_template_filter("block_kind")
def block_kind(block: Block) -> str:
    return type(block).__name__.lower()


@fills("meeting.briefing")
def of_meeting(meeting: Meeting) -> Markup:
    if not may(me(), Permission.BRIEFING_READ, meeting):
        return Markup()
    return Markup(render_template("briefing/_of_meeting.html", meeting=meeting))  # noqa: S704 - ours


def _file(meeting: Meeting, kind: Kind) -> ResponseReturnValue:
    return hand_out(_document(meeting), kind, f"klossnet-{meeting.slug}", "export.briefing", meeting.slug)


def _document(meeting: Meeting) -> Document:
    return composing.briefing(gathered(meeting, clock.today(meeting.time_zone)), Spoken())
