"""Who is told about a post, and in which words."""

from collections.abc import Collection
from functools import cache
from typing import cast

from flask import current_app, render_template, url_for
from flask_babel import force_locale, gettext

from ..calendars.notifications import invitation_parts
from ..core import clock, text
from ..core.db import db
from ..core.language import LOCALES, language
from ..mail.services import Draft, enqueue_all, stops
from ..meetings.models import Meeting
from ..members.models import Institution
from .models import Post, Thread
from .queries import folding, following, notices, opening

REPLY, NAMED = "reply", "named"
"""Why somebody is told who is addressed; others follow the thread, the meeting or the theme."""


def tell_of_post(
    post: Post, thread: Thread, parent: Post | None, reached: Collection[int] = (), *, is_new: bool = True
) -> None:
    """Letters about a post, to followers and to whom it answers, names or quotes (`reached`).

    Of a post that is only changed, those reached are told who were not told of it before. The thread comes
    with its meeting and theme. However many are told, it takes the same few statements.
    """
    answered = parent.member_id if parent else None
    addressed = {*reached} | ({answered} if answered else set())
    readers = following.told(thread, post.member_id, addressed, clock.today())
    readers = [each for each in readers if is_new or each.id in addressed]
    if not readers:
        return
    seeing = folding.seeing(thread, thread.meeting.phase_at(post.posted_at)) if thread.write_first else None
    seat = db.session.get(Institution, post.institution_id) if post.institution_id else None

    @cache
    def worded(spoken: str, kind: str, is_folded: bool) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            return _worded(post, thread, seat, kind, is_folded)

    drafts = []
    for reader in readers:
        kind = REPLY if reader.id == answered else NAMED if reader.id in addressed else reader.source
        subject, plain, html = worded(reader.language, kind, seeing is not None and reader.id not in seeing)
        drafts.append(
            Draft(
                key=f"post:{post.id}:{reader.id}",
                to=reader,
                subject=subject,
                plain=plain,
                html=html,
                conversation=notices.conversation(thread.id),
                path=f"/posts/{post.id}",
            )
        )
    enqueue_all(drafts)


def _worded(
    post: Post, thread: Thread, seat: Institution | None, kind: str, is_folded: bool
) -> tuple[str, str, str]:
    """Subject, text and HTML in the language at hand, the same for all who are told for one reason."""
    base = current_app.config["SETTINGS"].base_url
    html = text.absolute(text.recleaned(post.body_html, post.policy), base)
    subject = _subject(kind, thread)
    said = {
        "subject": subject,
        "kind": kind,
        "is_folded": is_folded,
        "author": _signature(post, seat),
        "post": post,
        "thread": thread,
        "plain": text.to_text(html),
        "shown_html": text.shown(html),
        "reason": _reason(kind, thread),
        "link": base + url_for("threads.locate", post_id=post.id),
        "change": base + url_for("threads.show", thread_id=thread.id, _anchor="following"),
        "choices": base + url_for("threads.following"),
    }
    return (
        subject,
        render_template("threads/mail/post.txt", **said),
        render_template("threads/mail/post.html", **said),
    )


def _subject(kind: str, thread: Thread) -> str:
    names = {"title": thread.title, "meeting": _called(thread.meeting)}
    if kind == REPLY:
        subject = gettext("Svar till dig: %(title)s (%(meeting)s)", **names)
    elif kind == NAMED:
        subject = gettext("Du nämns eller citeras: %(title)s (%(meeting)s)", **names)
    else:
        subject = gettext("Nytt inlägg: %(title)s (%(meeting)s)", **names)
    return " ".join(subject.split())


def _reason(kind: str, thread: Thread) -> str:
    if kind == REPLY:
        return gettext("Du får det här mailet för att någon svarade på ditt inlägg.")
    if kind == NAMED:
        return gettext(
            "Du får det här mailet för att inlägget nämner dig eller ditt lärosäte, eller citerar dig."
        )
    if kind == "thread":
        return gettext("Du får det här mailet för att du följer tråden.")
    if kind == "meeting":
        return gettext(
            "Du får det här mailet för att du följer träffen %(meeting)s.", meeting=_called(thread.meeting)
        )
    return gettext(
        "Du får det här mailet för att du följer temat %(theme)s.", theme=thread.theme.name(language())
    )


def _called(meeting: Meeting) -> str:
    """What pages call the meeting; the words belong to its own views, which templates reach."""
    return cast(str, current_app.jinja_env.filters["meeting_label"](meeting))


def _signature(post: Post, seat: Institution | None) -> str:
    """Who speaks, the institution first; of a guest the person, and where they come from."""
    if seat is not None:
        return f"{seat.name(language())} ({post.signed_name})"
    return f"{post.signed_name} ({post.signed_title})" if post.signed_title else post.signed_name


def tell_of_publication(meeting: Meeting, threads: Collection[Thread], by: int) -> None:
    """Letters to everyone in the network but `by`: the meeting is open, and these are its threads.

    The meeting itself goes along for the reader's calendar.
    """
    base = current_app.config["SETTINGS"].base_url

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            said = {"meeting": meeting, "name": _called(meeting), "threads": threads, "base": base}
            return (
                gettext("Träffen är öppen: %(meeting)s", meeting=said["name"]),
                render_template("threads/mail/publication.txt", **said),
                render_template("threads/mail/publication.html", **said),
            )

    drafts, part = [], invitation_parts(meeting)
    for reader in opening.network_members(meeting, clock.today()):
        if reader.id != by:
            subject, plain, html = worded(reader.language)
            key, path = f"publication:{meeting.id}:{reader.id}", f"/meetings/{meeting.slug}"
            told = (subject, plain, html, f"meeting-{meeting.id}", path, part(reader))
            drafts.append(Draft(key, reader, *told))
    enqueue_all(drafts)


@stops
def _out_of_reach(letter_ids: Collection[int]) -> set[int]:
    """A letter that has waited goes neither to one who has left nor with a text that is withdrawn by now."""
    return notices.out_of_reach(letter_ids, clock.today())
