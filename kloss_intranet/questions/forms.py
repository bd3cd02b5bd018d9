"""The forms of questions."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from ..core.form import Form, up_to
from ..core.language import lazy
from .services import proposing, relevance, states


class ProposalForm(Form):
    title = StringField(
        lazy("Frågan"),
        [DataRequired(lazy("Skriv frågan som du vill ställa.")), up_to(proposing.LONGEST_TITLE)],
    )
    reason = TextAreaField(
        lazy("Varför är den viktig?"),
        [DataRequired(lazy("Skriv varför frågan är viktig.")), up_to(proposing.LONGEST_REASON)],
    )


class JoinForm(Form):
    title = StringField(lazy("Så skulle jag ställa den"), [up_to(proposing.LONGEST_TITLE)])
    reason = TextAreaField(
        lazy("Dina ord"),
        [DataRequired(lazy("Skriv varför frågan är viktig.")), up_to(proposing.LONGEST_REASON)],
    )


class ChangeForm(Form):
    state = RadioField(lazy("Nytt läge"), [DataRequired(lazy("Välj vart frågan går."))])
    reason = TextAreaField(
        lazy("Skäl"),
        [DataRequired(lazy("Skriv ett skäl. Medlemmarna läser det.")), up_to(states.LONGEST_REASON)],
    )
    version = HiddenField()


class MergeForm(Form):
    into = SelectField(lazy("Frågan som den ska gå upp i"), [DataRequired(lazy("Välj en fråga."))])
    reason = TextAreaField(
        lazy("Skäl"),
        [DataRequired(lazy("Skriv ett skäl. Medlemmarna läser det.")), up_to(states.LONGEST_REASON)],
    )


class RelevanceForm(Form):
    sentence = TextAreaField(
        lazy("Varför är frågan viktig för er?"),
        [DataRequired(lazy("Skriv en mening om varför.")), up_to(relevance.LONGEST)],
    )
