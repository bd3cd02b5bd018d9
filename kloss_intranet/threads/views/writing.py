"""Writing: an experience, a reply."""

import secrets

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.kept import hole
from ...core.language import gettext
from ...core.policy import Permission
from ...core.security import takes_files
from ...core.words import Refusal
from .. import notifications, queries
from ..forms import ExperienceForm, ReplyForm
from ..models import Aspect, Factor, Post, Relation, Thread
from ..services import attaching, drafts, publishing
from .attachments import taken
from .blueprint import bp
from .drafts import composer, page_url
from .reading import answered, timeline


@bp.post("/threads/<int:thread_id>/posts")
@takes_files
@requires(Permission.POST_WRITE, find=queries.thread)
def publish(thread: Thread) -> ResponseReturnValue:
    parent = answered(thread, request.form)
    form = ReplyForm() if parent else ExperienceForm()
    is_preview = "preview" in request.form
    # What a text looks like can be seen before the rest is chosen.
    is_valid = is_preview or form.validate()
    if request.form.get("reply_to") and parent is None:
        add_refusal(form, Refusal(publishing.NOT_HERE, field="body"))
        is_valid = False
    if not taken(form) or not is_valid:
        return timeline(thread, form, parent), 422
    try:
        body = words(form)
        if is_preview:
            return timeline(thread, form, parent, preview=texts.shown(body.html))
        published = _write(thread, form, parent, body)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return timeline(thread, form, parent), refusal.status
    post = published.post
    if published.is_new:
        attaching.bind(post, form.submission.data)
        notifications.tell_of_post(post, thread, parent, published.reached)
    place, subject_id = composer(thread, parent)
    if not published.is_new and drafts.set_aside(me(), place, subject_id, request.form, post.body):
        db.session.commit()
        flash_done(gettext("Inlägget var redan publicerat. Det du har skrivit efteråt är sparat som utkast."))
        return redirect(page_url(place, subject_id), 303)
    drafts.spend(me(), place, subject_id, request.form)
    db.session.commit()
    flash_done(gettext("Ditt inlägg är publicerat."))
    return redirect(url_for("threads.locate", post_id=post.id), 303)


def words(form: ExperienceForm | ReplyForm) -> texts.Written:
    """The text of `form`, typed or from the editor. Raises Refusal."""
    sent_as = request.form.get("format", "text")
    base_url = current_app.config["SETTINGS"].base_url
    return texts.written(form.body.data or "", sent_as, publishing.LONGEST_POST, base_url)


def _write(
    thread: Thread, form: ExperienceForm | ReplyForm, parent: Post | None, body: texts.Written
) -> publishing.Published:
    submission = form.submission.data or None
    if isinstance(form, ReplyForm):
        relation = Relation(form.relation.data) if form.relation.data else None
        return publishing.publish(
            thread,
            me(),
            body=body,
            parent=parent,
            relation=relation,
            submission=submission,
            not_for_quoting=form.not_for_quoting.data,
        )
    return publishing.publish(
        thread,
        me(),
        body=body,
        aspect=Aspect(form.aspect.data),
        factor=Factor(form.factor.data or Factor.NEITHER),
        context=form.context.data,
        submission=submission,
        not_for_quoting=form.not_for_quoting.data,
    )


# A key for one form: sent twice, it makes one post.
bp.add_app_template_global(hole("submission", lambda: secrets.token_urlsafe(12)), "new_submission")
