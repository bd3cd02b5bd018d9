"""The forms of minutes and of closing."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import NumberRange, Optional

from ..core.form import Form, required, up_to
from ..core.language import gettext, lazy
from ..members.models import Institution
from ..questions.models import Question
from .services.closing import LONGEST_CARRIED, LONGEST_OBSERVATION

MOST_PRESENT = 999
OBSERVATIONS = 6


class EntryForm(Form):
    body = TextAreaField(lazy("Anteckning"), [required(lazy("Skriv något innan du sparar."))])


def closing_form(institutions: Iterable[Institution], questions: Iterable[Question], language: str) -> Form:
    """A number for each institution, a tick for each question, and what is seen differently now."""
    within = NumberRange(0, MOST_PRESENT, lazy("Skriv ett antal mellan 0 och 999."))
    fields: dict[str, Any] = {
        f"present{institution.id}": IntegerField(institution.name(language), [Optional(), within])
        for institution in institutions
    }
    fields |= {f"treated{question.id}": BooleanField(question.title) for question in questions}
    fields |= {
        f"observation{number}": TextAreaField(
            gettext("Iakttagelse %(number)d", number=number), [up_to(LONGEST_OBSERVATION)]
        )
        for number in range(1, OBSERVATIONS + 1)
    }
    fields["only_one_view"] = BooleanField(lazy("Bara en syn kom fram"))
    fields["carried_on"] = TextAreaField(lazy("Vad förs vidare?"), [up_to(LONGEST_CARRIED)])
    form: Form = type("ClosingForm", (Form,), fields)()
    return form
