"""Letting a guest into one meeting, and closing the way in again."""

from datetime import timedelta

from sqlalchemy import delete, func, select, update

from ...attendance.models import Needs, SignUp
from ...attendance.services import seats
from ...audit.services import record
from ...core import clock
from ...core.db import db
from ...core.words import Refusal, text
from ...mail.models import Letter
from ...mail.services import supersede
from ...meetings import services as meetings
from ...meetings.models import Admission, AdmissionKind, Guest, Meeting
from ...members.services import has_part, outsider
from .facts import check_editable
from .turns import wait_for_turn

MOST = 40
"""Guests of one meeting, with those whose way in has been closed."""
LETTERS_A_DAY = 5
"""Letters about the same meeting to the same guest; more is a mistake, or a nuisance."""
HAS_PART = text("Den som har adressen hör till nätverket och ser träffen ändå. Här släpps gäster utifrån in.")


def letters_of(admission: Admission) -> str:
    """What the keys of the guest's letters about the meeting begin with."""
    return f"guest:{admission.meeting_id}:{admission.member_id}:"


def admit(
    meeting: Meeting,
    *,
    name: str,
    email: str,
    affiliation: str | None,
    language: str,
    written: Guest | None,
    by: int,
) -> Admission:
    """Let somebody in as a guest, `written` on the agenda or not, as long as guests may. Raises Refusal.

    Whoever has no account gets one that opens this meeting and nothing else.
    """
    wait_for_turn(meeting)
    check_editable(meeting)
    ends_on = meetings.stays_until(meeting, AdmissionKind.GUEST)
    if ends_on < clock.today():
        raise Refusal(text("Det har gått mer än 14 dagar sedan träffen."))
    member = outsider(
        email=email,
        name=name,
        language=language,
        affiliation=affiliation,
        refused=HAS_PART,
        field="email",
    )
    ways = select(Admission).where(Admission.meeting_id == meeting.id, Admission.kind == AdmissionKind.GUEST)
    known = db.session.scalar(ways.where(Admission.member_id == member.id))
    if known is not None and known.ends_on >= clock.today():
        sentence = text("%(name)s är redan gäst på träffen. Har mailet kommit bort går det att skicka igen.")
        raise Refusal(sentence, field="email", name=member.name)
    if known is None and (db.session.scalar(select(func.count()).select_from(ways.subquery())) or 0) >= MOST:
        raise Refusal(text("En träff kan ha högst %(most)d gäster."), most=MOST)
    admission = meetings.admit(meeting, member, AdmissionKind.GUEST, ends_on, by)
    db.session.flush()
    db.session.refresh(admission, ["member"])
    check_letters(admission, member.name)
    if written is not None:
        written.member_id = member.id
    return admission


def check_letters(admission: Admission, name: str) -> None:
    """Raises Refusal when the guest has had as many letters as anybody should in a day."""
    lately = (
        Letter.key.startswith(letters_of(admission)),
        Letter.created_at > clock.now() - timedelta(days=1),
    )
    if (db.session.scalar(select(func.count(Letter.id)).where(*lately)) or 0) >= LETTERS_A_DAY:
        sentence = text("%(name)s har fått flera mail om träffen det senaste dygnet. Vänta till i morgon.")
        raise Refusal(sentence, status=429, name=name)


def remind(meeting: Meeting, admission: Admission, by: int) -> None:
    """Make room for a new letter; one that still waits is thrown away. Raises Refusal."""
    wait_for_turn(meeting)
    check_editable(meeting)
    check_letters(admission, admission.member.name)
    supersede([admission.member_id], Letter.key.startswith(letters_of(admission)))
    record("guest:remind", meeting.slug, by, member=admission.member_id)


def end(meeting: Meeting, admission: Admission, by: int) -> list[SignUp]:
    """Close the way in at once; gives the seats that others get by it. What the guest has written stays."""
    wait_for_turn(meeting)
    guest_id = admission.member_id
    # Before the log, where those who sign up stand after they have taken the parts.
    items = seats.locked(meeting.id)
    meetings.dismiss(admission, meeting, by)
    supersede([guest_id], Letter.key.startswith(letters_of(admission)))
    of_agenda = Guest.agenda_item_id.in_([item.id for item in meeting.agenda])
    db.session.execute(update(Guest).where(of_agenda, Guest.member_id == guest_id).values(member_id=None))
    if clock.now() >= meeting.ends_at or has_part(guest_id) or _is_let_in(meeting, guest_id):
        return []
    db.session.execute(delete(Needs).where(Needs.meeting_id == meeting.id, Needs.member_id == guest_id))
    db.session.execute(
        delete(SignUp).where(SignUp.programme_item_id.in_(items), SignUp.member_id == guest_id)
    )
    return [seat for item in items.values() for seat in seats.fill(item)]


def _is_let_in(meeting: Meeting, member_id: int) -> bool:
    """Whether the member is let into the meeting in another way than as a guest."""
    ways = (Admission.meeting_id == meeting.id, Admission.member_id == member_id)
    others = (Admission.kind != AdmissionKind.GUEST, Admission.ends_on >= clock.today())
    return db.session.scalar(select(Admission.id).where(*ways, *others).limit(1)) is not None
