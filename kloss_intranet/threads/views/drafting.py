"""Saving drafts, finding them again, throwing them away."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, refuse, requires
from ...core.db import db
from ...core.errors import flash_done, wants_json
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.security import takes_files
from ...core.text import excerpt
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from .. import queries
from ..models import Draft, Place, Post, Thread
from ..services import drafts
from .blueprint import bp
from .drafts import page_url


@bp.get("/drafts", endpoint="drafts")
@requires(Permission.DRAFT_READ)
def own_drafts() -> ResponseReturnValue:
    rows = []
    for kept in queries.drafts(me().member_id):
        way, begun = _way_to(kept), drafts.beginning(kept.draft)
        # Where it cannot be written on, the whole text is shown: nowhere else is it to be found.
        rows.append((kept, way, excerpt(begun) if way else begun))
    return render_template("threads/drafts.html", rows=rows, may_see=_may_see)


@bp.get("/drafts/<int:draft_id>")
@requires(Permission.DRAFT_WRITE, find=queries.draft)
def resume_draft(draft: Draft) -> ResponseReturnValue:
    """Lead to the form that the draft belongs in."""
    kept = queries.KeptDraft(draft, queries.subject(draft.place, draft.subject_id))
    if not _may_go_on(kept):
        return redirect(url_for("threads.drafts"), 303)
    return redirect(f"{page_url(draft.place, draft.subject_id)}#composer", 303)


@bp.post("/threads/<int:thread_id>/drafts")
@takes_files
@requires(Permission.POST_WRITE, find=queries.thread)
def draft_experience(thread: Thread) -> ResponseReturnValue:
    return _save(Place.EXPERIENCE, thread.id)


@bp.post("/posts/<int:post_id>/drafts")
@takes_files
@requires(Permission.POST_WRITE, find=queries.post)
def draft_about_post(post: Post) -> ResponseReturnValue:
    """A draft of a reply, or of another wording of one's own post."""
    if request.args.get("of") != "edit":
        return _save(Place.REPLY, post.id)
    if not may(me(), Permission.POST_EDIT, post):
        refuse(Permission.POST_EDIT)
    return _save(Place.EDIT, post.id)


@bp.post("/meetings/<string:slug>/threads/drafts")
@requires(Permission.THREAD_OPEN, find=meetings.meeting)
def draft_thread(meeting: Meeting) -> ResponseReturnValue:
    return _save(Place.THREAD, meeting.id)


@bp.post("/drafts/<int:draft_id>/replacements")
@requires(Permission.DRAFT_WRITE, find=queries.draft)
def replace_draft(draft: Draft) -> ResponseReturnValue:
    """Put another text in the draft's place, chosen by somebody who has seen both."""
    if not drafts.may_write(me(), draft.place, draft.subject_id):
        refuse(drafts.NEEDS[draft.place])
    return _save(draft.place, draft.subject_id)


@bp.post("/drafts/<int:draft_id>/discardings")
@requires(Permission.DRAFT_WRITE, find=queries.draft)
def discard_draft(draft: Draft) -> ResponseReturnValue:
    drafts.discard(draft)
    db.session.commit()
    flash_done(gettext("Utkastet är kastat."))
    is_there = "here" in request.form and drafts.may_write(me(), draft.place, draft.subject_id)
    return redirect(page_url(draft.place, draft.subject_id) if is_there else url_for("threads.drafts"), 303)


def _save(place: Place, subject_id: int) -> ResponseReturnValue:
    try:
        draft = drafts.save(me(), place, subject_id, request.form)
    except drafts.NewerDraft as newer:
        return _newer(newer.draft)
    db.session.commit()
    if wants_json():
        return _told(draft)
    dropped = [given.filename for given in request.files.getlist("files") if given.filename]
    for given in request.files.values():
        given.close()
    if dropped:
        flash(gettext("Filerna följde inte med utkastet. Välj dem igen när du publicerar."), "warning")
    flash_done(gettext("Utkastet är sparat.") if draft else gettext("Det finns inget utkast att spara."))
    return redirect(f"{page_url(place, subject_id)}#composer", 303)


def _told(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {"version": 0, "saved_at": None, "text": ""}
    return {
        "version": draft.version,
        "saved_at": draft.saved_at.isoformat(),
        "text": drafts.beginning(draft),
        # A key that has made its post already; the page is to take another.
        "spent": "" if draft.fields.get("submission") else request.form.get("submission", ""),
    }


def _newer(draft: Draft) -> ResponseReturnValue:
    if wants_json():
        return _told(draft), 409
    return render_template("threads/both.html", **drafts.beside(draft, request.form)), 409


def _may_see(kept: queries.KeptDraft) -> bool:
    return kept.subject is not None and may(me(), drafts.SEES[kept.draft.place], kept.subject)


def _way_to(kept: queries.KeptDraft) -> str | None:
    """Where one goes on writing, or None when that is not possible any more."""
    return url_for("threads.resume_draft", draft_id=kept.draft.id) if _may_go_on(kept) else None


def _may_go_on(kept: queries.KeptDraft) -> bool:
    """What was answered may have been taken back or hidden meanwhile; then there is no form for the reply."""
    if kept.draft.place is Place.REPLY and kept.subject is not None and not kept.subject.stands:
        return False
    return kept.subject is not None and may(me(), drafts.NEEDS[kept.draft.place], kept.subject)
