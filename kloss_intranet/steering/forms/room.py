"""What is filled in inside the closed room about a question: its preparation, and its place on an agenda."""

from collections.abc import Iterable

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional

from ...core.form import Form, options, required, up_to
from ...core.language import gettext, lazy
from ...members.models import Member
from ...questions.services.states import LONGEST_REASON
from ..services.preparations import LONGEST_STEP, Plan


class PreparationForm(Form):
    owner = SelectField(lazy("Ansvarig"), default="")
    next_step = StringField(lazy("Nästa steg"), [up_to(LONGEST_STEP)])
    next_step_on = DateField(lazy("Senast"), [Optional()])
    version = HiddenField()

    @property
    def plan(self) -> Plan:
        """What a valid form says."""
        owner = int(self.owner.data) if self.owner.data else None
        return Plan(owner, self.next_step.data or None, self.next_step_on.data)


class UptakeForm(PreparationForm):
    """Here `version` is the question's, and `prepared` that of what was noted about it before."""

    prepared = HiddenField()
    reason = TextAreaField(
        lazy("Skäl"),
        [DataRequired(lazy("Skriv ett skäl. Medlemmarna läser det.")), up_to(LONGEST_REASON)],
    )


class PlaceForm(Form):
    question = SelectField(lazy("Fråga"), [required(lazy("Välj en fråga."))])
    minutes = IntegerField(
        lazy("Minuter"),
        [Optional(), NumberRange(1, 1440, lazy("Skriv ett helt tal mellan %(min)s och %(max)s."))],
    )
    responsible = StringField(lazy("Ansvarig vid träffen"), [up_to(120)])
    part = SelectField(lazy("Programmets del"), default="")


def offer_owners(form: PreparationForm, group: Iterable[Member]) -> None:
    """Those who may prepare a question, and nobody."""
    named = [(str(member.id), member.name) for member in group]
    form.owner.choices = options([("", gettext("Ingen ännu")), *named])
