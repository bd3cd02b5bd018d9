"""Changing a post."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import clock
from ...core import text as texts
from ...core.access import me, requires
from ...core.db import db
from ...core.difference import difference
from ...core.errors import flash_done
from ...core.form import add_refusal, number
from ...core.language import gettext
from ...core.policy import Permission
from ...core.words import Refusal
from .. import notifications
from ..forms import ExperienceForm, ReplyForm
from ..models import Aspect, Factor, Place, Post, PostKind, Relation
from ..queries import revisions
from ..services import drafts, editing
from ..services.publishing import LONGEST_POST
from .blueprint import bp
from .drafts import filled
from .history import named_changes, words_of
from .writing import words

PostForm = ExperienceForm | ReplyForm


@bp.get("/posts/<int:post_id>/edit")
@requires(Permission.POST_EDIT, find=revisions.whole_post)
def edit(post: Post) -> ResponseReturnValue:
    return _page(post, _form(post)(formdata=None, obj=post))


@bp.post("/posts/<int:post_id>/revisions")
@requires(Permission.POST_EDIT, find=revisions.whole_post)
def revise(post: Post) -> ResponseReturnValue:
    form = _form(post)()
    if not form.validate():
        return _page(post, form), 422
    try:
        wording = _wording(post, form)
        if "preview" in request.form:
            return _page(post, form, preview=Markup(wording.body.html))  # noqa: S704 - cleaned
        revised = editing.revise(post, me(), wording, request.form.get("version", 0, type=number))
    except editing.Clash as clash:
        db.session.refresh(post, editing.WORDING)
        return _clash(post, form, wording), clash.status
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(post, form), refusal.status
    if revised.reached:
        notifications.tell_of_post(post, post.thread, None, revised.reached, is_new=False)
    drafts.spend(me(), Place.EDIT, post.id, request.form)
    db.session.commit()
    flash_done(gettext("Ändringen är sparad.") if revised.is_changed else gettext("Inget var ändrat."))
    return redirect(url_for("threads.locate", post_id=post.id), 303)


def _form(post: Post) -> type[ExperienceForm] | type[ReplyForm]:
    return ReplyForm if post.kind is PostKind.REPLY else ExperienceForm


def _wording(post: Post, form: PostForm) -> editing.Wording:
    body = words(form)
    if request.form.get("format") != "html" and body.plain == post.body:
        # Without scripts the words come without their looks; words left as they were keep them.
        body = texts.Written(post.body, post.body_html)
    mark = form.not_for_quoting.data
    if isinstance(form, ReplyForm):
        relation = Relation(form.relation.data) if form.relation.data else None
        return editing.Wording(body, relation=relation, not_for_quoting=mark)
    return editing.Wording(
        body,
        aspect=Aspect(form.aspect.data),
        factor=Factor(form.factor.data or Factor.NEITHER),
        context=form.context.data,
        not_for_quoting=mark,
    )


def _page(post: Post, form: PostForm, template: str = "threads/edit.html", **more: Any) -> str:
    """The form with the stored text, one's draft, or what was sent; each goes with its own version."""
    stored = texts.shown(post.body_html, post.policy)
    kept = filled(form, Place.EDIT, post.id)
    if kept.fields:  # a box that was left empty is not sent, and so not in the draft either
        form.not_for_quoting.data = "not_for_quoting" in kept.fields
    page = {
        "post": post,
        "meeting": post.thread.meeting,
        "form": form,
        "kept": kept,
        "html": kept.html if kept.fields else stored,
        "version": kept.fields.get("version", post.version),
        "stored": stored,
        "limit": LONGEST_POST,
        "is_quiet": editing.in_quiet(post, clock.now()),
        "loses_looks": texts.to_html(post.body) != stored,
        "preview": None,
    }
    return render_template(template, **page | more)


def _clash(post: Post, form: PostForm, wording: editing.Wording) -> str:
    """Both texts and what differs; the own one stands in the form with the version now stored."""
    return _page(
        post,
        form,
        "threads/clash.html",
        version=post.version,
        parts=difference(words_of(post.body, post.body_html), words_of(*wording.body)),
        changes=named_changes(post, wording),
    )
