"""What a coordinator does about one thing, or about several with one reason."""

from collections.abc import Iterator
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal, number
from ...core.language import gettext, ngettext
from ...core.policy import Permission, may
from ...core.words import Refusal, text
from ..forms.acting import ActForm, ReasonForm
from ..models import Act, SubjectKind
from ..notifications import authors
from ..notifications.coordinators import page_of
from ..queries import things
from ..services import acting
from .blueprint import bp
from .case import case_page
from .kinds import ATTACHMENT, KINDS, POST, Kind, View, for_moderating
from .queue import SEVERAL, queue_page

MOST = 50
"""Things that are treated at a time."""

DONE = {
    Act.DISMISS: text("Anmälan är avslutad utan åtgärd. Den som anmälde får veta att den är prövad."),
    Act.ASK: text("Den som har skrivit får ditt mail och kan ändra eller svara."),
    Act.HIDE: text("Det är dolt. Den som har skrivit får veta varför och hur man svarar."),
    Act.RESTORE: text("Det visas igen. Den som har skrivit får veta det."),
    Act.KEEP: text("Det står som det är. Den som har skrivit får veta det."),
}
NOUNS = {
    Act.DISMISS: "dismissals",
    Act.ASK: "requests",
    Act.KEEP: "keepings",
}


def _acting(what: Act) -> View:
    def act(row: Any) -> ResponseReturnValue:
        form = ActForm()
        if not form.validate():
            return case_page(row, form), 422
        try:
            _do(what, row, form.reason.data or "", form.to_author.data or "")
        except Refusal as refusal:
            db.session.rollback()
            add_refusal(form, refusal)
            kind, row_id = things.key_of(row)
            again = KINDS[kind].find(**{f"{kind.value}_id": row_id}) or abort(404)
            return case_page(again, form), refusal.status
        db.session.commit()
        flash_done(gettext(DONE[what]))
        return redirect(page_of(*things.key_of(row)), 303)

    return act


def _do(what: Act, row: Any, reason: str, to_author: str = "") -> None:
    """Act, and tell those whom it concerns."""
    authors.told(acting.act(what, row, me(), reason, to_author))


for _what, _noun in NOUNS.items():
    for_moderating(f"/moderation/{{thing}}/{_noun}", _noun, "POST", _acting(_what))
for_moderating("/{thing}/hidings", "hide", "POST", _acting(Act.HIDE), (POST, ATTACHMENT))
for_moderating("/{thing}/unhidings", "unhide", "POST", _acting(Act.RESTORE), (POST, ATTACHMENT))


@bp.post("/moderation/measures")
@requires(Permission.POST_MODERATE)
def act_on_several() -> ResponseReturnValue:
    """Dismiss or hide all that are ticked, with one reason; what somebody has done meanwhile stays so."""
    form, given = ReasonForm(), frozenset(request.form.getlist("case"))
    try:
        what = Act(request.form.get("act", ""))
    except ValueError:
        what = Act.KEEP
    rows, is_filled_in = list(_chosen(given)), form.validate()
    if not rows or what not in SEVERAL:
        add_refusal(form, Refusal(text("Kryssa för minst en sak i kön, och välj vad du vill göra.")))
        is_filled_in = False
    if not is_filled_in:
        return queue_page(form, given), 422
    done = 0
    acting.take_turns([things.key_of(row) for row in rows])
    for row in rows:
        try:
            _do(what, row, form.reason.data or "")
            done += 1
        except Refusal as refusal:
            if refusal.field is not None:
                raise
    db.session.commit()
    flash_done(_said(what, done, len(rows) - done))
    return redirect(url_for("moderation.index"), 303)


def _chosen(given: frozenset[str]) -> Iterator[Any]:
    """The things that are ticked, in one order for all, so that no two wait for each other."""
    wanted = sorted({key for value in given if (key := _key(value)) is not None})
    for kind_name, number_of in wanted[:MOST]:
        kind: Kind = KINDS[SubjectKind(kind_name)]
        row = kind.find(**{f"{kind_name}_id": number_of})
        if row is not None and may(me(), kind.moderate, row):
            yield row


def _key(value: str) -> tuple[str, int] | None:
    kind, _, row_id = value.partition("-")
    try:
        return SubjectKind(kind).value, number(row_id)
    except ValueError:
        return None


def _said(what: Act, done: int, left: int) -> str:
    if what is Act.HIDE:
        said = ngettext("%(num)d sak är dold.", "%(num)d saker är dolda.", done)
    else:
        said = ngettext("%(num)d anmälan är avslutad.", "%(num)d anmälningar är avslutade.", done)
    if left:
        said += " " + ngettext(
            "%(num)d gick inte att pröva så och är kvar.", "%(num)d gick inte att pröva så och är kvar.", left
        )
    return said
