"""What threads draw in the pages of meetings, themes, questions, members and institutions."""

from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import or_, select

from ...core import clock
from ...core.access import me
from ...core.form import number
from ...core.kept import piece
from ...core.language import language
from ...core.policy import Permission, may
from ...core.slots import fills
from ...meetings.models import Meeting, Phase
from ...members.models import Institution, Member
from ...questions.models import Question
from ...questions.queries.course import Stop
from ...themes.models import Theme
from .. import queries
from ..models import Post, Thread, ThreadMove
from .blueprint import bp
from .display import show
from .filters import Chosen, chosen, columns, groups

NAMES = ("phase", "aspect", "factor")


def _drawn(template: str, **values: Any) -> Markup:
    return Markup(render_template(template, **values))  # noqa: S704 - a template of ours


@fills("meeting.discussion")
def of_meeting(meeting: Meeting) -> Markup:
    moved_away = select(ThreadMove.thread_id).where(ThreadMove.meeting_id == meeting.id)
    found = queries.thread_list(me(), or_(Thread.meeting_id == meeting.id, Thread.id.in_(moved_away)))
    threads = [thread for thread in found if thread.meeting.id == meeting.id]
    gone = [thread for thread in found if thread.meeting.id != meeting.id]
    if not found and not may(me(), Permission.THEME_READ):
        return Markup()
    return _drawn("threads/_of_meeting.html", meeting=meeting, threads=threads, gone=gone, own_meeting=True)


@fills("question.discussion")
def of_question(question: Question) -> Markup:
    return _drawn("threads/_list.html", threads=queries.thread_list(me(), Thread.question_id == question.id))


@fills("question.stop")
def of_stop(stop: Stop) -> Markup:
    """The threads about the question at one of its meetings, with both sides of the meeting in each."""
    about = Thread.question_id == stop.question.id
    threads = stop.once("threads", lambda: queries.thread_list(me(), about))
    here = [thread for thread in threads if thread.meeting.id == stop.meeting.id]
    has_begun = stop.meeting.starts_at <= clock.now()
    return _drawn("threads/_of_stop.html", threads=here, has_begun=has_begun) if here else Markup()


@fills("theme.discussion")
def of_theme(theme: Theme) -> Markup:
    threads = queries.thread_list(me(), Thread.theme_id == theme.id)
    rows, filters, older = _filtered(Thread.theme_id == theme.id, url=("themes.show", {"slug": theme.slug}))
    return _drawn("threads/_of_theme.html", threads=threads, posts=rows, filters=filters, older=older)


@fills("institution.contributions")
def of_institution(institution: Institution) -> Markup:
    rows, filters, older = _filtered(
        Post.institution_id == institution.id, url=("members.institution", {"slug": institution.slug})
    )
    return _drawn("threads/_contributions.html", posts=rows, filters=filters, older=older)


@fills("member.contributions")
def of_member(member: Member) -> Markup:
    rows, filters, older = _filtered(
        Post.member_id == member.id, url=("members.show", {"member_id": member.id})
    )
    return _drawn("threads/_contributions.html", posts=rows, filters=filters, older=older)


@bp.app_template_global()
def thread_rows(threads: list[queries.ListedThread], own_meeting: bool = False) -> Markup:
    """A list of threads, with the meeting of each unless it stands there; drawn anew when it differs."""
    meetings = {thread.meeting.id: thread.meeting for thread in threads}
    rows = tuple(
        (t.id, t.title, t.audience, t.posts, t.is_pinned, t.is_locked, t.unread, t.meeting.id)
        for t in threads
    )
    key = ("thread-rows", language(), own_meeting, rows, tuple(meetings.values()))
    return piece(key, lambda: render_template("threads/_rows.html", threads=threads, own_meeting=own_meeting))


def _filtered(*belongs: Any, url: tuple[str, dict[str, Any]]) -> tuple[list[Any], list[Any], str | None]:
    """A page of posts chosen by the address, the filters as links, and the way to older posts."""
    choice = chosen(NAMES)
    rows = queries.filtered_posts(
        me(),
        *belongs,
        *columns(choice),
        phase=Phase(choice.phase) if choice.phase else None,
        below=request.args.get("below", type=number),
    )
    posts = [(show(row, row.thread.meeting), row.thread) for row in rows[: queries.PAGE]]

    def to(other: Chosen, **more: Any) -> str:
        return url_for(url[0], **url[1], **other.address, **more)

    older = to(choice, below=rows[queries.PAGE - 1].id) if len(rows) > queries.PAGE else None
    return posts, groups(choice, to, NAMES), older
