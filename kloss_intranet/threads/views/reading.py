"""Reading a thread: the time line with the meeting in it, the jumps, and how far one has read."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import number
from ...core.kept import remembered
from ...core.language import gettext
from ...core.policy import Permission, may
from .. import queries
from ..forms import ExperienceForm, ReplyForm
from ..models import Post, Thread
from ..services import reading as marks
from .blueprint import bp
from .composing import composing
from .filters import Chosen, Seats, chosen
from .folding import fold
from .leaves import asked, leaf, page_of, pager
from .pointers import milestones
from .quoting import quotation as quoted
from .sides import sides
from .stream import NAMES, about, head, jumps, narrowed, narrowing, relations, stream


@bp.get("/threads/<int:thread_id>", endpoint="show")
@requires(Permission.THREAD_READ, find=queries.thread)
def show_thread(thread: Thread) -> ResponseReturnValue:
    if request.view_args != {"thread_id": thread.id}:
        return redirect(url_for("threads.show", thread_id=thread.id), 303)  # it was merged
    if request.args.get("view") == "sides":
        return sides(thread)
    if where := request.args.get("at"):
        return jump(thread, where)
    parent = answered(thread, request.args)
    marked = request.args.get("words", "")
    quotation = quoted(parent, marked) if parent and "quote" in request.args else None
    return timeline(thread, ReplyForm(formdata=None) if parent else None, parent, quotation=quotation)


def answered(thread: Thread, sent: MultiDict[str, str]) -> Post | None:
    """The post that `reply_to` names; one that may not be answered is as good as none."""
    wanted = sent.get("reply_to", type=number)
    parent = queries.post(wanted) if wanted else None
    if parent is None or parent.thread_id != thread.id or not parent.stands:
        return None
    return None if queries.is_folded(me(), thread, parent) else parent


def timeline(
    thread: Thread,
    form: ExperienceForm | ReplyForm | None,
    parent: Post | None = None,
    *,
    preview: Any = None,
    quotation: str | None = None,
) -> str:
    """The page of a thread; `form` comes back with errors or a preview, or answers, or is none as yet."""
    reader = me()
    is_back = preview is not None or bool(form and form.errors)
    can_write = may(reader, Permission.POST_WRITE, thread)
    timed = queries.in_time(reader)
    total = queries.last_post(thread.id, *timed)[0] if timed else thread.last_seq
    # What is counted for all would tell one who has left of what came later.
    seats = () if timed else _institutions(thread)
    choice = Chosen() if is_back else chosen(NAMES, seats)
    page = leaf(
        thread,
        choice,
        **({"first": page_of(total)} if is_back else asked(choice, total)),
        can_write=can_write,
    )
    drawn, folded = fold(thread, page.drawn)
    standing = queries.standing(thread, reader)
    unread = [
        (d.row.seq, d.row.id)
        for d in drawn
        if d.row.seq > standing.mark and d.row.member_id != reader.member_id and d.row.stands
    ]
    first_unread = min((seq for seq, _id in unread), default=None)
    is_next = bool(unread) and standing.next is not None and standing.next >= page.first
    return render_template(
        "threads/show.html",
        thread=thread,
        meeting=thread.meeting,
        page=page,
        drawn=drawn,
        posts=narrowed(thread, drawn) + folded
        if choice.is_made
        else stream(thread, page, drawn, first_unread, folded),
        folded=folded,
        pager=pager(thread, choice, page, total) if not folded or page.has_earlier else None,
        choice=choice,
        head=head(thread, by_sides=False),
        about=about(thread),
        milestones=milestones(thread),
        jumps="" if choice.is_made else jumps(thread, standing, first_unread, total),
        relations="" if folded or timed else relations(thread, choice),
        narrowing="" if folded else narrowing(thread, choice, seats, total),
        standing=standing,
        unread=[post_id for _seq, post_id in unread],
        first_unread=first_unread,
        last_seq=max((d.row.seq for d in drawn), default=0),
        can_mark=is_next and not choice.is_made and not is_back,
        form=form,
        composer="" if choice.is_made else composing(thread, form, parent, preview, quotation),
    )


def _institutions(thread: Thread) -> Seats:
    """Those that have written in the thread; asked for anew only when something was written."""
    key = ("institutions", thread.id, thread.changes, thread.last_seq)
    return remembered(key, lambda: queries.institutions(thread.id))


def jump(thread: Thread, where: str) -> ResponseReturnValue:
    """Lead to the page and place of the first unread post, the meeting, or else the last post."""
    seq, post_id = queries.last_post(thread.id, *queries.in_time(me()))
    anchor = f"p{post_id}" if post_id else None
    if where == "unread" and (unread := queries.standing(thread, me()).next):
        seq, anchor = unread, "first-unread"
    if where == "meeting":
        after = queries.first_from(thread.id, thread.meeting.starts_at)
        seq, anchor = max((after or seq + 1) - 1, 1), "meeting"
    first = page_of(seq)
    return redirect(
        url_for("threads.show", thread_id=thread.id, first=first if first > 1 else None, _anchor=anchor),
        303,
    )


@bp.get("/posts/<int:post_id>")
@requires(Permission.POST_READ, find=queries.post)
def locate(post: Post) -> ResponseReturnValue:
    """Lead to the page of the thread where the post stands."""
    first = page_of(post.seq)
    return redirect(
        url_for(
            "threads.show",
            thread_id=post.thread_id,
            first=first if first > 1 else None,
            _anchor="folded" if queries.is_folded(me(), post.thread, post) else f"p{post.id}",
        ),
        303,
    )


@bp.post("/posts/<int:post_id>/unread")
@requires(Permission.POST_SAVE, find=queries.post)
def unread(post: Post) -> ResponseReturnValue:
    """Mark `post` and what follows as not read, and leave the thread, which would mark it as read again."""
    marks.mark_unread(post.thread, me(), post.seq)
    db.session.commit()
    flash_done(gettext("Tråden är oläst från och med det inlägget."))
    if may(me(), Permission.THREAD_LIST):
        return redirect(url_for("threads.news"), 303)
    return redirect(url_for("meetings.show", slug=post.thread.meeting.slug), 303)


@bp.post("/threads/<int:thread_id>/readings")
@requires(Permission.THREAD_MARK, find=queries.thread)
def read(thread: Thread) -> ResponseReturnValue:
    """Take the page from `first` to `seq` as read, or with `whole` everything up to `seq`."""
    if request.view_args != {"thread_id": thread.id}:
        return redirect(url_for("threads.show", thread_id=thread.id), 303)  # its places are others
    first, seq = (request.form.get(name, 0, type=number) or 0 for name in ("first", "seq"))
    if "whole" in request.form:
        marks.mark_all_read(thread, me(), seq)
        flash_done(gettext("Hela tråden är märkt som läst."))
    elif first:
        marks.mark_read(thread, me(), first, seq)
    db.session.commit()
    shown = page_of(first)
    return redirect(url_for("threads.show", thread_id=thread.id, first=shown if shown > 1 else None), 303)
