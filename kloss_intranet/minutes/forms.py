"""The forms of minutes and of closing."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import NumberRange, Optional

from ..core.form import Form, required, up_to
from ..core.language import gettext, lazy
from ..members.models import Institution
from ..questions.models import Question
from .services.closing import LONGEST_CARRIED, LONGEST_OBSERVATION, Said

MOST_PRESENT = 999
OBSERVATIONS = 6


class EntryForm(Form):
    body = TextAreaField(lazy("Anteckning"), [required(lazy("Skriv något innan du sparar."))])


class ObservationField(TextAreaField):
    """Not marked as optional: how many are needed depends on the rest of the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flags.required = True


class SaidForm(Form):
    """What is seen differently now, and what is carried on; the observations have fields of their own."""

    only_one_view = BooleanField(lazy("Bara en syn kom fram"))
    carried_on = TextAreaField(lazy("Vad förs vidare?"), [up_to(LONGEST_CARRIED)])

    @property
    def observations(self) -> list[Any]:
        return [self[f"observation{number}"] for number in range(1, OBSERVATIONS + 1)]

    def said(self) -> Said:
        """The wording that was sent; empty observations are none."""
        written = [one.data for one in self.observations if one.data]
        return Said(written, bool(self.only_one_view.data), self.carried_on.data or None)


class CorrectionForm(SaidForm):
    tell = BooleanField(lazy("Berätta för nätverket att avslutet har ändrats"))
    version = HiddenField()


def closing_form(institutions: Iterable[Institution], questions: Iterable[Question], language: str) -> Any:
    """A number for each institution, a tick for each question, and what is seen differently now."""
    within = NumberRange(0, MOST_PRESENT, lazy("Skriv ett antal mellan 0 och 999."))
    fields: dict[str, Any] = {
        f"present{institution.id}": IntegerField(institution.name(language), [Optional(), within])
        for institution in institutions
    }
    fields |= {f"treated{question.id}": BooleanField(question.title) for question in questions}
    return type("ClosingForm", (SaidForm,), fields | _observations())()


def correction_form(said: Said | None = None, version: int = 0) -> Any:
    """The wording of a closing to be corrected; without `said`, as it was sent."""
    made = type("CorrectionForm", (CorrectionForm,), _observations())
    if said is None:
        return made()
    bodies = {f"observation{number}": body for number, body in enumerate(said.observations, 1)}
    more = {"only_one_view": said.only_one_view, "carried_on": said.carried_on, "version": version}
    return made(formdata=None, data=bodies | more)


def _observations() -> dict[str, Any]:
    return {
        f"observation{number}": ObservationField(
            gettext("Iakttagelse %(number)d", number=number), [up_to(LONGEST_OBSERVATION)]
        )
        for number in range(1, OBSERVATIONS + 1)
    }
