"""Drafts in the forms that write: filled in when a page is opened, and told of where they matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from ...core import clock
from ...core import text as texts
from ...core.access import actor, me
from ...core.errors import sent_from_here
from ...core.form import Form
from ...core.language import clock_time, moment
from ...core.policy import Actor
from ...core.slots import fills
from ...core.words import Refusal
from .. import queries
from ..models import Draft, Place, Post, Thread
from ..services import drafts
from .blueprint import bp

OFFERED = (403, 422)
"""Errors after which the text of a form can be kept as a draft."""


@dataclass(frozen=True)
class Kept:
    """What a form needs to keep its text: templates/components/draft.html draws it."""

    url: str
    """Where its drafts are saved."""
    page: str
    """Where the form stands, filled with the draft."""
    spot: str
    version: str
    draft: Draft | None
    fields: Mapping[str, str]
    """What the form holds, as it was sent."""
    html: Markup | None
    """The text with its looks, for the editor."""


def filled(form: Form, place: Place, subject_id: int, beginning: str | None = None) -> Kept:
    """Fill a form that is opened with the reader's draft of this place, if there is one.

    `beginning` is HTML that a new text starts with, or that is added below the draft. The subject has
    been loaded by the view. A form that was sent keeps what was sent.
    """
    draft = None
    fields: Mapping[str, str] = request.form
    if request.method != "POST":
        draft = queries.draft_at(me().member_id, place, subject_id)
        fields = drafts.draft_fields(draft) if draft else {}
        for name, value in fields.items():
            if name in form:
                form[name].process(MultiDict({name: value}))
    html: Markup | None = None
    if fields.get("format") == "html" and "body" in form:
        form["body"].data, html = drafts.words(fields), _cleaned(fields.get("body", ""))
    # Once it is in the draft, the same address opened again adds no second one.
    if beginning and "body" in form and texts.to_text(beginning) not in (form["body"].data or ""):
        begun = (html or texts.to_html(form["body"].data or "")) + beginning
        html, form["body"].data = Markup(begun), texts.to_text(begun) + "\n\n"  # noqa: S704 - cleaned, both
    version = str(draft.version) if draft else request.form.get("draft_version", "0")
    return Kept(
        save_url(place, subject_id),
        page_url(place, subject_id),
        drafts.spot(place, subject_id),
        version,
        draft,
        fields,
        html,
    )


@bp.app_template_filter()
def saved_when(at: datetime) -> str:
    """`14.02`, with the day unless it is today."""
    is_today = at.astimezone(ZoneInfo(clock.STOCKHOLM)).date() == clock.today()
    return clock_time(at) if is_today else moment(at)


@fills("home.lines")
def of_home(reader: Actor) -> Markup:
    number = queries.draft_count(reader.member_id)
    return Markup(render_template("threads/_draft_line.html", number=number) if number else "")  # noqa: S704


@fills("error.kept")
def of_error(status: int) -> Markup:
    """A way to keep the text of a form that was sent in vain by somebody who is signed in."""
    person = actor()
    if person is None or status not in OFFERED or request.method != "POST" or not sent_from_here():
        return Markup()
    place, subject_id = drafts.read_spot(request.form.get("draft_spot", ""))
    try:
        fields = drafts.chosen(request.form)
    except Refusal:
        return Markup()
    if place is None or not fields or not drafts.may_write(person, place, subject_id):
        return Markup()
    url, version = save_url(place, subject_id), request.form.get("draft_version", "0")
    return Markup(render_template("threads/_keep.html", url=url, fields=fields, version=version))  # noqa: S704


def composer(thread: Thread, parent: Post | None) -> tuple[Place, int]:
    """The place of what is written at the end of a thread's page."""
    return (Place.REPLY, parent.id) if parent else (Place.EXPERIENCE, thread.id)


def save_url(place: Place, subject_id: int) -> str:
    """Where drafts of this place are saved."""
    if place is Place.EXPERIENCE:
        return url_for("threads.draft_experience", thread_id=subject_id)
    if place is Place.THREAD:
        return url_for("threads.draft_thread", slug=queries.subject(place, subject_id).slug)
    return url_for("threads.draft_about_post", post_id=subject_id, of="edit" if place is Place.EDIT else None)


def page_url(place: Place, subject_id: int) -> str:
    """Where the form of this place stands."""
    if place is Place.EXPERIENCE:
        return url_for("threads.show", thread_id=subject_id)
    if place is Place.EDIT:
        return url_for("threads.edit", post_id=subject_id)
    subject = queries.subject(place, subject_id)
    if place is Place.THREAD:
        return url_for("threads.new", slug=subject.slug)
    return url_for("threads.show", thread_id=subject.thread_id, reply_to=subject_id)


def _cleaned(html: str) -> Markup | None:
    try:
        return Markup(texts.clean(html))  # noqa: S704 - just cleaned
    except Refusal:
        return None  # the words are shown, as typed text
