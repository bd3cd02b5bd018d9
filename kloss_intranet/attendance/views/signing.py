"""Signing up: the piece of the meeting's page, and what becomes of its form."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from flask import Response, after_this_request, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from ...core import clock
from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.form import add_refusal
from ...core.language import gettext
from ...core.policy import Permission, may
from ...core.slots import fills
from ...core.words import Refusal, text
from ...meetings import queries as meetings
from ...meetings.models import Meeting, MeetingState
from ...members import services as membership
from ...members.models import Member
from .. import notifications, queries
from ..forms import Chosen, PartsForm, SignUpForm, StandInForm, sign_up_form
from ..models import Answer, StandIn
from ..queries import Part
from ..services import needs, seats, standing_in
from .blueprint import bp


def whom(meeting: Meeting) -> str:
    """Whom to ask when it is too late: the hosts by name, else the coordinator."""
    names = queries.hosts_to_ask(meeting, clock.today())
    return format_list(names, style="or", locale=get_locale() or "sv") or gettext("koordinatorn")


def form_of(
    kind: type[Chosen], meeting: Meeting, parts: list[Part], member_id: int, *, late: bool = False
) -> Chosen:
    """The form as sent, or filled with what the member has said before."""
    kept: dict[str, Any] = {
        f"part_{part.item.id}": "no" if part.own is Answer.NOT_COMING else "yes" for part in parts if part.own
    }
    if issubclass(kind, SignUpForm) and (own := queries.own_needs(meeting, member_id, clock.now())):
        kept |= {"diet": own.diet, "access": own.access}
    return sign_up_form(kind, parts, late=late, data=kept)


def answers(form: PartsForm, parts: Iterable[Part]) -> dict[int, bool]:
    """What the form says of each part that it asks about; a part left without an answer is left out."""
    names = {part.item.id: f"part_{part.item.id}" for part in parts}
    return {
        number: form[name].data == "yes" for number, name in names.items() if name in form and form[name].data
    }


def may_come(meeting: Meeting) -> bool:
    """Whether one may still sign up, or let somebody come in one's place."""
    return meeting.state is MeetingState.OPEN and clock.now() < meeting.ends_at


def _kind(may_name: bool) -> type[SignUpForm]:
    return StandInForm if may_name else SignUpForm


def _drawn(meeting: Meeting, form: SignUpForm | None = None) -> dict[str, Any]:
    """What templates/attendance/_sign_up.html needs."""
    reader = me()
    parts = queries.parts(meeting, reader.member_id, clock.now())
    may_name = may(reader, Permission.STAND_IN_NAME, meeting)
    may_write = may(reader, Permission.SIGN_UP_WRITE, meeting) and may_come(meeting)
    replaced_by = queries.stand_in(meeting.id, reader.member_id) if may_name else None
    own = queries.own_needs(meeting, reader.member_id, clock.now())
    if own is not None:
        after_this_request(_forget)
    if form is None and may_write and parts and replaced_by is None:
        form = form_of(_kind(may_name), meeting, parts, reader.member_id)
    return {
        "meeting": meeting,
        "parts": parts,
        "form": form,
        "stand_in": replaced_by,
        "replaces": queries.stands_in_for(meeting.id, reader.member_id) if reader.standing_in else None,
        "own": own,
        "whom": whom(meeting) if parts and not all(part.is_open for part in parts) else "",
        "is_open": may_come(meeting),
        "folds": False,
    }


def _forget(response: Response) -> Response:
    """What somebody needs is erased here one day, and so must not lie in the browser's own store."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _in_page(template: str, meeting: Meeting) -> Markup:
    """A piece of the meeting's page; what the pieces need is read once for all of them."""
    if not any(item.takes_sign_ups for item in meeting.programme):
        return Markup()
    if not any(may(me(), p, meeting) for p in (Permission.SIGN_UP_WRITE, Permission.SIGN_UP_READ)):
        return Markup()
    if "sign_up" not in g:
        g.sign_up = _drawn(meeting)
    folds = all(part.own for part in g.sign_up["parts"])
    return Markup(render_template(template, **g.sign_up | {"folds": folds}))  # noqa: S704 - ours


@fills("meeting.sign_up")
def of_meeting(meeting: Meeting) -> Markup:
    return _in_page("attendance/_sign_up.html", meeting)


@fills("meeting.standing")
def standing(meeting: Meeting) -> Markup:
    """At the top of the page: what one has answered, or until when to answer."""
    return _in_page("attendance/_standing.html", meeting) if meeting.ends_at > clock.now() else Markup()


@bp.get("/meetings/<string:slug>/sign-ups")
@requires(Permission.SIGN_UP_WRITE, find=meetings.meeting)
def sign_up_page(meeting: Meeting) -> str:
    return render_template("attendance/sign_up.html", **_drawn(meeting))


@bp.post("/meetings/<string:slug>/sign-ups")
@requires(Permission.SIGN_UP_WRITE, find=meetings.meeting)
def sign_up(meeting: Meeting) -> ResponseReturnValue:
    reader = me()
    may_name = may(reader, Permission.STAND_IN_NAME, meeting)
    parts = queries.parts(meeting, reader.member_id, clock.now())
    form = form_of(_kind(may_name), meeting, parts, reader.member_id, late=True)
    if not form.validate():
        return _again(meeting, form), 422
    try:
        if may_name and queries.stand_in(meeting.id, reader.member_id):
            raise Refusal(text("Någon kommer redan i ditt ställe. Ladda om sidan."), status=409)
        _check_answered(meeting, form, parts)
        _store(meeting, form, parts)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _again(meeting, form), refusal.status
    db.session.commit()
    return redirect(url_for("meetings.show", slug=meeting.slug, _anchor="sign-up"), 303)


def _check_answered(meeting: Meeting, form: SignUpForm, parts: list[Part]) -> None:
    """Raises Refusal when nothing has been answered, now or before."""
    if answers(form, parts) or any(part.own for part in parts):
        return
    if isinstance(form, StandInForm) and form.stand_in.data:
        return
    if not any(part.is_open for part in parts):
        sentence = text("Anmälan har stängt. Fråga %(whom)s om du behöver ändra.")
        raise Refusal(sentence, whom=whom(meeting))
    raise Refusal(text("Svara om du kommer till minst en del av träffen."))


def _again(meeting: Meeting, form: SignUpForm) -> str:
    return render_template("attendance/sign_up.html", **_drawn(meeting, form))


def _store(meeting: Meeting, form: SignUpForm, parts: list[Part]) -> None:
    reader = me()
    named: tuple[Member, bool] | None = None
    if isinstance(form, StandInForm) and form.stand_in.data:
        name, email = form.stand_in_name.data or "", form.stand_in_email.data or ""
        named = standing_in.find_or_make(meeting, reader, name, email)
    replaces = queries.stands_in_for(meeting.id, reader.member_id) if reader.standing_in else None
    given = seats.answer(
        meeting,
        reader.member_id,
        replaces.institution_id if replaces else reader.institution_id,
        answers(form, parts),
        by=reader.member_id,
        late=whom(meeting),
    )
    keep_needs(meeting, reader.member_id, form)
    notifications.tell_of_seats(meeting, given)
    if named is not None:
        _name(meeting, *named)
        flash_done(gettext("%(name)s kommer i ditt ställe och har fått ett mail.", name=named[0].name))
    else:
        flash_done(said(meeting, reader.member_id))


def keep_needs(meeting: Meeting, member_id: int, form: SignUpForm) -> None:
    """Nothing is kept of one who does not come, who is told so."""
    comes = seats.comes_to_some(meeting.id, member_id)
    if not comes and (form.diet.data or form.access.data):
        flash_done(gettext("Det du skrev om vad du behöver är inte sparat, eftersom du inte kommer."))
    needs.write(meeting, member_id, form.diet.data if comes else None, form.access.data if comes else None)


def _name(meeting: Meeting, member: Member, is_new: bool) -> None:
    reader = me()
    row: StandIn = standing_in.begin(meeting, reader, member)
    if is_new:
        membership.invite(member, reader.member_id)
    absent = db.session.get_one(Member, reader.member_id)
    notifications.tell_of_stand_in(meeting, row, member, absent)


def said(meeting: Meeting, member_id: int) -> str:
    """What the member's answers came to, in words."""
    parts = queries.parts(meeting, member_id, clock.now())
    waits = [part.item.title for part in parts if part.own is Answer.WAITING]
    comes = [part.item.title for part in parts if part.own is Answer.COMING]
    words = [gettext("Anmälan är sparad.")]
    if comes:
        words.append(gettext("Kommer: %(parts)s.", parts=", ".join(comes)))
    if waits:
        words.append(gettext("I kö: %(parts)s.", parts=", ".join(waits)))
    return " ".join(words)
