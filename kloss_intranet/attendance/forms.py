"""The forms of coming to a meeting."""

from collections.abc import Iterable
from typing import Any, TypeVar

from wtforms import BooleanField, EmailField, HiddenField, IntegerField, RadioField, StringField
from wtforms.validators import NumberRange, Optional, ValidationError

from ..core.form import Form, options, up_to
from ..core.language import gettext, lazy
from ..members.models import Institution
from .models import Answer
from .queries import Part

MOST = 500
"""People from one institution; more is a slip of the finger."""


class PartsForm(Form):
    """A radio field part_<id> for each part is added by `sign_up_form`."""


class SignUpForm(PartsForm):
    diet = StringField(lazy("Kost eller allergi"), [up_to(500)])
    access = StringField(lazy("Annat du behöver, till exempel för att komma in eller höra"), [up_to(500)])


def _if_somebody_comes(form: Any, field: Any) -> None:
    """The field must be filled in where the box is ticked."""
    if form.stand_in.data and not field.data:
        raise ValidationError(gettext("Skriv vem som kommer, både namn och adress."))


_if_somebody_comes.field_flags = {"required": True}  # type: ignore[attr-defined]  # how a label learns of it


class StandInForm(SignUpForm):
    stand_in = BooleanField(lazy("Någon kommer i mitt ställe"))
    stand_in_name = StringField(lazy("Namn på den som kommer"), [up_to(120), _if_somebody_comes])
    stand_in_email = EmailField(lazy("E-post till den som kommer"), [up_to(200), _if_somebody_comes])


Chosen = TypeVar("Chosen", bound=PartsForm)


def sign_up_form(kind: type[Chosen], parts: Iterable[Part], *, late: bool, **chosen: Any) -> Chosen:
    """One question for each part that may be answered; all of them for those who may answer `late`."""
    fields: dict[str, Any] = {}
    for part in parts:
        if part.is_open or late:
            is_queue = part.is_full and part.own != Answer.COMING
            yes = lazy("Kommer, om det blir plats") if is_queue else lazy("Kommer")
            fields[f"part_{part.item.id}"] = RadioField(
                part.item.title, [Optional()], choices=options([("yes", yes), ("no", lazy("Kommer inte"))])
            )
    form: Chosen = type("AskedForm", (kind,), fields)(**chosen)
    return form


class AttendanceForm(Form):
    """A number seat_<id> for each institution is added by `attendance_form`."""

    mark = HiddenField()


def attendance_form(institutions: Iterable[Institution], language: str, **chosen: Any) -> AttendanceForm:
    fields: dict[str, Any] = {
        f"seat_{seat.id}": IntegerField(
            seat.name(language),
            [Optional(), NumberRange(0, MOST, lazy("Skriv ett antal från 0 till 500."))],
        )
        for seat in institutions
    }
    form: AttendanceForm = type("SeatsForm", (AttendanceForm,), fields)(**chosen)
    return form
