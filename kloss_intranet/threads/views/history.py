"""How a post was worded before, newest first, with what differs from one wording to the next."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ...core import text as texts
from ...core.access import requires
from ...core.difference import Part, difference
from ...core.form import number
from ...core.language import gettext, moment
from ...core.policy import Permission
from ..forms import ASPECTS, FACTORS, RELATIONS
from ..models import Post
from ..queries import revisions
from .blueprint import bp
from .folding import is_away


@dataclass(frozen=True)
class ShownWording:
    """One wording as templates/threads/history.html draws it."""

    number: int
    is_present: bool
    when: str
    phase: str
    parts: list[Part]
    """The way here from the wording before; the first wording is one part."""
    changes: list[str]
    """Sentences about what changed beside the text."""
    html: Markup


@bp.get("/posts/<int:post_id>/revisions")
@requires(Permission.REVISION_READ, find=revisions.whole_post)
def history(post: Post) -> ResponseReturnValue:
    if is_away(post):
        return redirect(url_for("threads.locate", post_id=post.id), 303)
    kept = revisions.wordings(post, request.args.get("below", type=number))
    shown = [_shown(post, wording, before) for wording, before in pairwise([*kept, None])]
    return render_template(
        "threads/history.html",
        post=post,
        meeting=post.thread.meeting,
        wordings=shown[: revisions.WORDINGS],
        older=url_for("threads.history", post_id=post.id, below=shown[revisions.WORDINGS - 1].number)
        if len(shown) > revisions.WORDINGS
        else None,
    )


def _shown(post: Post, wording: Any, before: Any) -> ShownWording:
    meeting = post.thread.meeting
    html = texts.shown(wording.body_html, wording.policy)
    said = words_of(wording.body, wording.body_html)
    changes = named_changes(before, wording) if before else []
    if before and before.body == wording.body and texts.shown(before.body_html, before.policy) != html:
        changes.append(gettext("Textens formatering ändrades, men inte orden."))
    return ShownWording(
        number=wording.number,
        is_present=wording.is_present,
        when=moment(wording.written_at, meeting.time_zone),
        phase=meeting.phase_at(wording.written_at).value,
        parts=difference(words_of(before.body, before.body_html), said) if before else [Part("", said)],
        changes=changes,
        html=html,
    )


def words_of(plain: str, html: str) -> str:
    """A wording in words to be compared: links of ours by their titles, as typed or not."""
    return texts.to_text(html) if '<a href="/' in html else plain


def named_changes(before: Any, after: Any) -> list[str]:
    """A sentence for each choice that differs between two wordings."""
    changes = []
    if getattr(before, "not_for_quoting", None) != getattr(after, "not_for_quoting", None):
        changes.append(
            gettext("Inlägget får inte citeras.")
            if after.not_for_quoting
            else gettext("Inlägget får citeras.")
        )
    for name, label, words in (
        ("aspect", gettext("Den handlar om"), dict(ASPECTS)),
        ("factor", gettext("Som faktor"), dict(FACTORS)),
        ("relation", gettext("Hur svaret förhåller sig"), dict(RELATIONS)),
        ("context", gettext("Under vilka förutsättningar"), {}),
    ):
        old, new = getattr(before, name) or "", getattr(after, name) or ""
        if old != new:
            nothing = gettext("inget")
            changes.append(
                gettext(
                    "%(field)s: från «%(old)s» till «%(new)s»",
                    field=label,
                    old=words.get(old, old) or nothing,
                    new=words.get(new, new) or nothing,
                )
            )
    return changes
