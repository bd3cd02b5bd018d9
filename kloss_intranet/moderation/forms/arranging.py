"""What a coordinator fills in to move, join, part, lock, pin and name."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from ...core.form import Form, options, required, up_to
from ...core.language import lazy
from ...threads.services.marking import LONGEST_LABEL
from ..services.acting import LONGEST
from .acting import ReasonForm

NEW = "new"
"""Chosen instead of a thread: one that is yet to be opened."""
LONGEST_TITLE = 160


class LockForm(ReasonForm):
    words = TextAreaField(lazy("Avslutande ord"), [up_to(1000)])


class IntoForm(ReasonForm):
    into = SelectField(lazy("Tråden som tar över"), [required(lazy("Välj en tråd."))])


class MeetingForm(ReasonForm):
    meeting = SelectField(lazy("Träffen som tråden ska höra till"), [required(lazy("Välj en träff."))])


class SplitForm(ReasonForm):
    post = SelectField(lazy("Från och med inlägget"), [required(lazy("Välj ett inlägg."))])
    title = StringField(
        lazy("Den nya trådens rubrik"), [required(lazy("Ge tråden en rubrik.")), up_to(LONGEST_TITLE)]
    )


class PlaceForm(ReasonForm):
    """Where posts are moved to, and whether what answers them goes along."""

    into = SelectField(lazy("Till"), [required(lazy("Välj vart inläggen ska."))])
    title = StringField(lazy("Den nya trådens rubrik"), [up_to(LONGEST_TITLE)])
    scope = RadioField(
        lazy("Svaren"),
        choices=options(
            [
                ("replies", lazy("Svaren följer med")),
                ("alone", lazy("Bara inlägget, svaren står kvar")),
            ]
        ),
        default="replies",
    )
    first = HiddenField()


class MilestoneForm(Form):
    """Stands on a page with another form, so its reason goes by another name."""

    label = StringField(lazy("Milstolpens namn"), [up_to(LONGEST_LABEL)])
    why = TextAreaField(
        lazy("Skäl"), [required(lazy("Skriv varför. Skälet står i protokollet.")), up_to(LONGEST)]
    )
