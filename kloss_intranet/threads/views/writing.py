"""Writing: an experience, a reply, a new thread."""

import secrets

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, options
from ...core.language import gettext, language
from ...core.policy import Permission
from ...core.text import shown, to_html
from ...core.words import Refusal
from ...meetings import queries as meetings
from ...meetings.models import Meeting
from ...themes import queries as themes
from .. import notifications, queries, services
from ..forms import ExperienceForm, ReplyForm, ThreadForm
from ..models import Aspect, Audience, Factor, Post, Relation, Thread
from .blueprint import bp
from .reading import answered, timeline


@bp.post("/threads/<int:thread_id>/posts")
@requires(Permission.POST_WRITE, find=queries.thread)
def publish(thread: Thread) -> ResponseReturnValue:
    parent = answered(thread, request.form)
    form = ReplyForm() if parent else ExperienceForm()
    is_valid = form.validate()
    if request.form.get("reply_to") and parent is None:
        add_refusal(form, Refusal(services.NOT_HERE, field="body"))
        is_valid = False
    if not is_valid:
        return timeline(thread, form, parent), 422
    if "preview" in request.form:
        return timeline(thread, form, parent, preview=shown(to_html(form.body.data or "")))
    post, is_new = _write(thread, form, parent)
    if is_new and parent is not None:
        notifications.tell_of_reply(post, parent, thread)
    db.session.commit()
    flash_done(gettext("Ditt inlägg är publicerat."))
    return redirect(url_for("threads.locate", post_id=post.id), 303)


def _write(thread: Thread, form: ExperienceForm | ReplyForm, parent: Post | None) -> tuple[Post, bool]:
    submission = form.submission.data or None
    if isinstance(form, ReplyForm):
        relation = Relation(form.relation.data) if form.relation.data else None
        return services.publish(
            thread, me(), body=form.body.data or "", parent=parent, relation=relation, submission=submission
        )
    return services.publish(
        thread,
        me(),
        body=form.body.data or "",
        aspect=Aspect(form.aspect.data),
        factor=Factor(form.factor.data or Factor.NEITHER),
        context=form.context.data,
        submission=submission,
    )


def _thread_form() -> ThreadForm:
    form = ThreadForm()
    names = [(theme.slug, theme.name(language())) for theme in themes.themes()]
    form.theme.choices = options([("", gettext("Välj ett tema")), *names])
    return form


@bp.get("/meetings/<string:slug>/threads/new")
@requires(Permission.THREAD_OPEN, find=meetings.meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    return render_template("threads/new.html", meeting=meeting, form=_thread_form())


@bp.post("/meetings/<string:slug>/threads")
@requires(Permission.THREAD_OPEN, find=meetings.meeting)
def open_thread(meeting: Meeting) -> ResponseReturnValue:
    form = _thread_form()
    if not form.validate():
        return render_template("threads/new.html", meeting=meeting, form=form), 422
    try:
        thread = services.open_thread(
            meeting,
            themes.theme(form.theme.data),
            me(),
            title=form.title.data or "",
            introduction=form.introduction.data,
            audience=Audience(form.audience.data),
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return render_template("threads/new.html", meeting=meeting, form=form), refusal.status
    db.session.commit()
    flash_done(gettext("Tråden är öppnad."))
    return redirect(url_for("threads.show", thread_id=thread.id), 303)


@bp.app_template_global()
def new_submission() -> str:
    """A key for one form: sent twice, it makes one post."""
    return secrets.token_urlsafe(12)
