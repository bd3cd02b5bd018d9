"""The coordinator's forms for a thread and for the place of a post in it."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core.access import me, requires
from ...core.form import Form, number, options
from ...core.language import gettext, moment
from ...core.policy import Permission, may
from ...core.slots import fills
from ...core.text import excerpt
from ...meetings.models import Meeting
from ...threads import queries as threads
from ...threads.models import Post, Thread
from ...threads.queries import PAGE
from ..forms import arranging as forms
from ..forms.acting import ReasonForm
from ..queries import arranging as choices
from .blueprint import bp

ACTS: dict[str, Callable[..., Form]] = {
    "posts": forms.PlaceForm,
    "split": forms.SplitForm,
    "merge": forms.IntoForm,
    "meeting": forms.MeetingForm,
    "lock": forms.LockForm,
    "unlock": ReasonForm,
    "pin": ReasonForm,
    "unpin": ReasonForm,
}
"""What can be done with a thread, and the form for it."""
WORDS = 90
Labelled = list[tuple[str, str]]


def possible(thread: Thread) -> list[str]:
    """The acts that the thread can meet as it stands, the first of them shown first."""
    lock, pin = ("unlock" if thread.closed_at else "lock"), ("unpin" if thread.pinned_at else "pin")
    moving = ["posts", "split"] if thread.last_seq else []
    return [*moving, "merge", *([] if thread.for_guests else ["meeting"]), lock, pin]


def filled(act: str, thread: Thread, **given: Any) -> Form:
    """The form for `act` with what can be chosen in it."""
    form = ACTS[act](**given)
    for name, found in CHOICES.items():
        if name in form:
            field: Any = form[name]
            field.choices = options(found(act, thread))
    return form


def _threads(act: str, thread: Thread) -> Labelled:
    found = [
        (str(each.id), f"{each.title} ({_called(each.meeting)})") for each in choices.threads_like(thread)
    ]
    new = [(forms.NEW, gettext("En ny tråd till samma träff"))] if act == "posts" else []
    return [("", gettext("Välj en tråd")), *new, *found]


def _meetings(_act: str, thread: Thread) -> Labelled:
    others = choices.meetings_but(thread.meeting)
    return [("", gettext("Välj en träff")), *((each.slug, _called(each)) for each in others)]


def _posts(_act: str, thread: Thread) -> Labelled:
    lines = choices.posts(thread.id, _first())[:PAGE]
    return [("", gettext("Välj ett inlägg")), *map(_told, lines)]


CHOICES: dict[str, Callable[[str, Thread], Labelled]] = {
    "into": _threads,
    "meeting": _meetings,
    "post": _posts,
}


def thread_page(thread: Thread, act: str, form: Form, chosen: frozenset[int] = frozenset()) -> str:
    first = _first()
    lines = choices.posts(thread.id, first) if act in ("posts", "split") else []
    return render_template(
        "moderation/thread.html",
        thread=thread,
        act=act,
        acts=possible(thread),
        form=form,
        lines=lines[:PAGE],
        later=lines[PAGE].seq if len(lines) > PAGE else None,
        first=first,
        chosen=chosen,
        excerpt=excerpt,
    )


def is_elsewhere(thread: Thread) -> bool:
    """Whether the thread asked for has been merged into `thread`: the form was made for another."""
    return request.view_args != {"thread_id": thread.id}


@bp.get("/threads/<int:thread_id>/moderation")
@requires(Permission.THREAD_MODERATE, find=threads.thread)
def thread_case(thread: Thread) -> ResponseReturnValue:
    acts = possible(thread)
    if is_elsewhere(thread):
        return redirect(url_for("moderation.thread_case", thread_id=thread.id), 303)
    asked = request.args.get("act", "")
    act = asked if asked in acts else acts[0]
    return thread_page(thread, act, filled(act, thread, formdata=None))


def whole_post(post_id: int) -> Post | None:
    """The post with its thread, and that with all that stands around it."""
    post = threads.post(post_id)
    if post is not None:
        threads.thread(post.thread_id)  # the session then knows the thread with its theme and hosts
    return post


@bp.get("/posts/<int:post_id>/moderation")
@requires(Permission.POST_MODERATE, find=whole_post)
def post_place(post: Post) -> str:
    place = filled("posts", post.thread, formdata=None)
    return post_page(post, place, forms.MilestoneForm(formdata=None, data={"label": post.milestone}))


def post_page(post: Post, place: Form, milestone: Form) -> str:
    """Where the post stands and what the place is called; one of the forms comes back with what was sent."""
    return render_template(
        "moderation/post_place.html",
        post=post,
        thread=post.thread,
        beginning=excerpt(post.body, 240) if post.stands else "",
        place=place,
        milestone=milestone,
    )


@fills("thread.acts")
def of_thread(thread: Thread) -> Markup:
    if not may(me(), Permission.THREAD_MODERATE, thread):
        return Markup()
    return Markup(render_template("moderation/_of_thread.html", thread=thread))  # noqa: S704 - ours


def _first() -> int:
    return max(request.values.get("first", 1, type=number) or 1, 1)


def _called(meeting: Meeting) -> str:
    return f"{meeting.place or meeting.title or meeting.slug} {meeting.starts_on}"


def _told(line: choices.Line) -> tuple[str, str]:
    words = excerpt(line.words, WORDS) or gettext("visas inte")
    return str(line.id), f"{line.signed_name}, {moment(line.posted_at)}: {words}"
