"""Doing what the forms for a thread, or for the place of a post, say: once, with its reason, and told."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import Form, add_refusal, number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal, text
from ...meetings import queries as meetings
from ...threads import queries as threads
from ...threads.models import Post, Thread
from ..forms import arranging as forms
from ..notifications import arranged
from ..services import arranging
from ..services.arranging import Arranged
from .arranging import filled, is_elsewhere, post_page, thread_page, whole_post
from .blueprint import bp

NONE_CHOSEN = text("Kryssa för minst ett inlägg.")
DONE_ALREADY = text("Det var redan gjort. Inget har ändrats.")
Chosen = frozenset[int]


@bp.post("/threads/<int:thread_id>/post-moves")
@requires(Permission.THREAD_MODERATE, find=threads.thread)
def move_posts(thread: Thread) -> ResponseReturnValue:
    if is_elsewhere(thread):
        return _answer(None, thread)
    form, chosen = filled("posts", thread), _posts()
    if not form.validate():
        return thread_page(thread, "posts", form, chosen), 422
    try:
        if not chosen:
            raise Refusal(NONE_CHOSEN)
        done = _move(thread, chosen, form)
    except Refusal as refusal:
        return _again(thread, "posts", refusal, chosen)
    return _answer(done, thread, gettext("Inläggen är flyttade."))


@bp.post("/posts/<int:post_id>/moves")
@requires(Permission.POST_MODERATE, find=whole_post)
def move_post(post: Post) -> ResponseReturnValue:
    thread = post.thread
    form = filled("posts", thread)
    if not form.validate():
        return post_page(post, form, forms.MilestoneForm(formdata=None)), 422
    try:
        done = _move(thread, frozenset({post.id}), form)
    except Refusal as refusal:
        db.session.rollback()
        fresh = whole_post(post.id) or post
        form = filled("posts", fresh.thread)
        form.validate()
        add_refusal(form, refusal)
        return post_page(fresh, form, forms.MilestoneForm(formdata=None)), refusal.status
    return _answer(done, thread, gettext("Inlägget är flyttat."))


def _move(thread: Thread, chosen: Chosen, form: Form) -> Arranged | None:
    into = None if form["into"].data == forms.NEW else threads.thread(int(form["into"].data))
    title, title_before = form["title"].data or "", thread.title
    readers = arranged.followers(thread, *([into] if into else []), but=me().member_id)
    with_replies = form["scope"].data == "replies"
    reason = form["reason"].data
    done = arranging.move_posts(thread, chosen, into, title, me(), reason, with_replies=with_replies)
    if done is not None:
        arranged.tell(done, title_before, readers, me().member_id)
    return done


@bp.post("/threads/<int:thread_id>/splits")
@requires(Permission.THREAD_MODERATE, find=threads.thread)
def split(thread: Thread) -> ResponseReturnValue:
    if is_elsewhere(thread):
        return _answer(None, thread)
    form = filled("split", thread)
    if not form.validate():
        return thread_page(thread, "split", form), 422
    post = threads.post(int(form["post"].data))
    readers = arranged.followers(thread, but=me().member_id)
    try:
        done = arranging.split(thread, post, form["title"].data, me(), form["reason"].data) if post else None
    except Refusal as refusal:
        return _again(thread, "split", refusal)
    if done is not None:
        arranged.tell(done, thread.title, readers, me().member_id)
    return _answer(done, thread, gettext("Tråden är delad. Det här är den nya tråden."))


@bp.post("/threads/<int:thread_id>/merges")
@requires(Permission.THREAD_MODERATE, find=threads.thread)
def merge(thread: Thread) -> ResponseReturnValue:
    if is_elsewhere(thread):
        return _answer(None, thread)
    form = filled("merge", thread)
    if not form.validate():
        return thread_page(thread, "merge", form), 422
    into = threads.thread(int(form["into"].data))
    if into is None:
        return _answer(None, thread)
    readers = arranged.followers(thread, into, but=me().member_id)
    try:
        done = arranging.merge(thread, into, me(), form["reason"].data)
    except Refusal as refusal:
        return _again(thread, "merge", refusal)
    if done is not None:
        arranged.tell(done, thread.title, readers, me().member_id)
    return _answer(done, into, gettext("Trådarna är ihopslagna. Allt står här."))


@bp.post("/threads/<int:thread_id>/moves")
@requires(Permission.THREAD_MODERATE, find=threads.thread)
def move_thread(thread: Thread) -> ResponseReturnValue:
    if is_elsewhere(thread):
        return _answer(None, thread)
    form = filled("meeting", thread)
    if not form.validate():
        return thread_page(thread, "meeting", form), 422
    meeting = meetings.meeting(form["meeting"].data)
    if meeting is None:
        return _answer(None, thread)
    readers = arranged.followers(thread, but=me().member_id)
    try:
        done = arranging.move_thread(thread, meeting, me(), form["reason"].data)
    except Refusal as refusal:
        return _again(thread, "meeting", refusal)
    if done is not None:
        arranged.tell(done, thread.title, readers, me().member_id)
    return _answer(done, thread, gettext("Tråden hör nu till den träffen."))


@bp.post("/posts/<int:post_id>/milestones")
@requires(Permission.POST_MODERATE, find=whole_post)
def mark(post: Post) -> ResponseReturnValue:
    form = forms.MilestoneForm()
    if not form.validate():
        return post_page(post, filled("posts", post.thread, formdata=None), form), 422
    done = arranging.mark(post, form.label.data or "", me(), form.why.data or "")
    said = gettext("Milstolpen är satt.") if form.label.data else gettext("Milstolpen är borttagen.")
    if done is not None:
        arranged.tell(done, post.thread.title, {}, me().member_id)
    return _answer(done, post.thread, said, f"p{post.id}")


def _posts() -> Chosen:
    """The numbers of the posts that are ticked; what is none is left out."""
    found = set()
    for given in request.form.getlist("posts"):
        try:
            found.add(number(given))
        except ValueError:
            continue
    return frozenset(found)


def _again(thread: Thread, act: str, refusal: Refusal, chosen: Chosen = frozenset()) -> ResponseReturnValue:
    """The form as sent, with what the rule said; nothing of it has been done."""
    db.session.rollback()
    fresh = threads.thread(thread.id) or thread
    form = filled(act, fresh)
    form.validate()
    add_refusal(form, refusal)
    return thread_page(fresh, act, form, chosen), refusal.status


def _answer(
    done: Arranged | None, thread: Thread, said: str = "", anchor: str | None = None
) -> ResponseReturnValue:
    db.session.commit()
    flash_done(said if done is not None else gettext(DONE_ALREADY))
    where = done.thread if done is not None else thread
    return redirect(url_for("threads.show", thread_id=where.id, _anchor=anchor), 303)
