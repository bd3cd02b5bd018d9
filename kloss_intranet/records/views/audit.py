"""The log of what has been done, as a page with choices and as a file."""

from collections.abc import Iterator
from typing import Any

from flask import Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from ...audit.services import record
from ...core import clock
from ...core.access import me, requires
from ...core.db import db, write_now, writing
from ...core.form import number, options
from ...core.language import gettext
from ...core.policy import Permission
from ...moderation.queries.own import reports_against
from .. import queries, services
from ..forms import AuditForm
from ..queries import NOBODY, PAGE, Group, Wanted
from . import words
from .blueprint import bp
from .shown import shown


@bp.get("/records/audit")
@requires(Permission.AUDIT_READ)
def audit() -> ResponseReturnValue:
    names = queries.names()
    form = _form(names)
    if not form.validate():
        return _page(form, [], names), 422
    after, before = request.args.get("after", type=number), request.args.get("before", type=number)
    found = queries.page(_wanted(form), before=before, after=after)
    # One more than a page was asked for: on the side that the reader is going to.
    is_more, forward = len(found) > PAGE, after is not None
    rows = (found[1:] if forward else found[:PAGE]) if is_more else found
    ways = {
        "newer": _way(after=rows[0].id) if rows and (is_more if forward else before is not None) else None,
        "older": _way(before=rows[-1].id) if rows and (forward or is_more) else None,
    }
    return _page(form, rows, names, **ways)


@bp.get("/records/audit.csv")
@requires(Permission.AUDIT_EXPORT)
def audit_csv() -> ResponseReturnValue:
    """What the page shows, all of it, the oldest first; that it was taken out is itself an entry."""
    names = queries.names()
    form = _form(names)
    if not form.validate():
        return _page(form, [], names), 422
    wanted, asked = _wanted(form), {name: value for name, value in _asked().items() if value}
    rows = queries.number(wanted)
    write_now()
    last = record("export.audit", "audit", me().member_id, rows=rows, asked=asked).id
    db.session.commit()
    answer = Response(stream_with_context(_lines(wanted, last)), content_type="text/csv; charset=utf-8")
    name = f"klossnet-logg-{clock.today().isoformat()}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _lines(wanted: Wanted, last: int) -> Iterator[str]:
    """A batch at a time, and nothing held in between: a slow reader makes nobody wait."""
    writing.set(False)
    yield services.START + services.lines([services.COLUMNS])
    after = None
    while rows := queries.batch(wanted, after, last):
        db.session.rollback()
        yield services.lines(services.entry(row) for row in rows)
        after = rows[-1].id


def _form(names: dict[int, str]) -> AuditForm:
    form = AuditForm(formdata=request.args)
    groups = [(group.value, gettext(words.GROUPS[group])) for group in Group]
    form.group.choices = options([("", gettext("Allt")), *groups])
    people = [(str(member_id), name) for member_id, name in names.items()]
    nobody = (str(NOBODY), gettext("Ingen inloggad, eller ett kommando"))
    form.member.choices = options([("", gettext("Alla")), nobody, *people])
    return form


def _wanted(form: AuditForm) -> Wanted:
    first, last = form.first.data, form.last.data
    return Wanted(
        group=Group(form.group.data) if form.group.data else None,
        member_id=int(form.member.data) if form.member.data else None,
        subject=words.subject_of(form.subject.data) if form.subject.data else None,
        whence=form.whence.data or None,
        since=clock.day_begins(first) if first else None,
        until=clock.day_ends(last) if last else None,
        # Who has reported something is never told to whom it concerns, also where that is a coordinator.
        unseen=frozenset(f"report:{number}" for number in reports_against(me().member_id)),
    )


def _asked() -> dict[str, str]:
    """What the address asks for, without the page."""
    fields = ("group", "member", "subject", "whence", "first", "last")
    return {name: request.args[name] for name in fields if request.args.get(name)}


def _way(**where: Any) -> str:
    return url_for("records.audit", **{**_asked(), **where})


def _page(form: AuditForm, rows: list[Any], names: dict[int, str], **ways: str | None) -> str:
    asked: dict[str, Any] = {**_asked()}
    return render_template(
        "records/audit.html",
        form=form,
        entries=[shown(row, names) for row in rows],
        is_chosen=bool(asked),
        file=url_for("records.audit_csv", **asked),
        newer=ways.get("newer"),
        older=ways.get("older"),
    )
