"""What threads draw in the pages of meetings, themes, questions, members and institutions."""

from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup

from ...core.access import me
from ...core.form import number
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.slots import fills
from ...meetings.models import Meeting, Phase
from ...members.models import Institution, Member
from ...questions.models import Question
from ...themes.models import Theme
from .. import queries
from ..forms import ASPECTS, FACTORS
from ..models import Post, Thread
from .display import show


def _drawn(template: str, **values: Any) -> Markup:
    return Markup(render_template(template, **values))  # noqa: S704 - a template of ours


@fills("meeting.discussion")
def of_meeting(meeting: Meeting) -> Markup:
    if not may(me(), Permission.THEME_READ):
        return Markup()
    threads = queries.thread_list(me(), Thread.meeting_id == meeting.id)
    return _drawn("threads/_of_meeting.html", meeting=meeting, threads=threads)


@fills("question.discussion")
def of_question(question: Question) -> Markup:
    return _drawn("threads/_list.html", threads=queries.thread_list(me(), Thread.question_id == question.id))


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


def _filtered(*belongs: Any, url: tuple[str, dict[str, Any]]) -> tuple[list[Any], list[Any], str | None]:
    """A page of posts chosen by the address, the filters as links, and the way to older posts."""
    chosen = {name: request.args.get(name, "") for name in ("phase", "aspect", "factor")}
    conditions = list(belongs)
    if chosen["aspect"] in dict(ASPECTS):
        conditions.append(Post.aspect == chosen["aspect"])
    if chosen["factor"] in dict(FACTORS):
        conditions.append(Post.factor == chosen["factor"])
    phase = Phase(chosen["phase"]) if chosen["phase"] in list(Phase) else None
    rows = queries.filtered_posts(
        me(), *conditions, phase=phase, below=request.args.get("below", type=number)
    )
    posts = [(show(row, row.thread.meeting), row.thread) for row in rows[: queries.PAGE]]
    kept: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    older = (
        url_for(url[0], **url[1], **kept, below=rows[queries.PAGE - 1].id)
        if len(rows) > queries.PAGE
        else None
    )
    return posts, _filters(chosen, url), older


def _filters(chosen: dict[str, str], url: tuple[str, dict[str, Any]]) -> list[Any]:
    groups = (
        (
            "phase",
            gettext("När"),
            [("before", gettext("Inför")), ("during", gettext("Under")), ("after", gettext("Efter"))],
        ),
        ("aspect", gettext("Handlar om"), ASPECTS),
        ("factor", gettext("Faktor"), FACTORS),
    )
    drawn = []
    for name, label, choices in groups:
        others: dict[str, Any] = {key: value for key, value in chosen.items() if value and key != name}
        everything = (gettext("Alla"), url_for(url[0], **url[1], **others), not chosen[name])
        links = [
            (str(text), url_for(url[0], **{**url[1], **others, name: value}), chosen[name] == value)
            for value, text in choices
        ]
        drawn.append((label, [everything, *links]))
    return drawn
