"""What is filled in about a meeting, its programme, its agenda and its hosts' work."""

from typing import Any
from zoneinfo import available_timezones

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..core.clock import STOCKHOLM
from ..core.form import Form, options, required, up_to
from ..core.language import LANGUAGES, lazy
from ..meetings.models import MeetingKind, MeetingMode, ProgrammeKind

HELSINKI = "Europe/Helsinki"
KINDS = [
    (MeetingKind.ORDINARY.value, lazy("Ordinarie träff")),
    (MeetingKind.ROUND_TABLE.value, lazy("Rundabordssamtal")),
    (MeetingKind.OTHER.value, lazy("Annan träff")),
]
MODES = [
    (MeetingMode.ON_SITE.value, lazy("På plats")),
    (MeetingMode.DIGITAL.value, lazy("Digitalt")),
    (MeetingMode.MIXED.value, lazy("På plats och digitalt")),
]
PARTS = [
    (ProgrammeKind.STUDY_VISIT.value, lazy("Studiebesök")),
    (ProgrammeKind.DINNER.value, lazy("Middag")),
    (ProgrammeKind.FULL_DAY.value, lazy("Heldag")),
    (ProgrammeKind.DIGITAL_SESSION.value, lazy("Digital del")),
    (ProgrammeKind.PARTICIPATION.value, lazy("Deltagande i annat arrangemang")),
]
WHICH = [
    ("", lazy("Välj vilken gång")),
    ("first", lazy("Första gången (sommartid)")),
    ("second", lazy("Andra gången (vintertid)")),
]
MOST_GUESTS = 12


def zones() -> list[tuple[str, str]]:
    """Stockholm and Helsinki, then every place that a zone is named after."""
    named = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    common = [STOCKHOLM, HELSINKI]
    return [(zone, zone.replace("_", " ")) for zone in (*common, *sorted(named - {*common}))]


def clock_field(label: str, *validators: Any) -> Any:
    return TimeField(label, [*validators, Optional()], format=["%H:%M", "%H.%M", "%H:%M:%S"])


def which_field() -> Any:
    return SelectField(lazy("Klockan är det två gånger den natten"), choices=options(WHICH), default="")


def filled(message: str) -> Any:
    """Something must be written, and not only spaces."""
    return DataRequired(message)


def up_to_number(least: int, most: int) -> Any:
    return NumberRange(least, most, lazy("Skriv ett helt tal mellan %(min)s och %(max)s."))


class ChecksField(SelectMultipleField):
    """Any number of choices, each with a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PracticalForm(Form):
    """What hosts may change too."""

    place = StringField(lazy("Ort"), [up_to(80)])
    venue = StringField(lazy("Adress eller lokal"), [up_to(200)])
    link_url = StringField(lazy("Länk för den som deltar digitalt"), [up_to(500)])
    version = HiddenField()


class FactsForm(PracticalForm):
    """All of a meeting but its times, which a held meeting keeps."""

    title = StringField(lazy("Rubrik"), [up_to(160)])
    kind = RadioField(lazy("Sort"), [required()], choices=options(KINDS), default=KINDS[0][0])
    mode = RadioField(lazy("Form"), [required()], choices=options(MODES), default=MODES[0][0])
    introduction = TextAreaField(lazy("Varför vi ses"), [up_to(4000)])
    asked = TextAreaField(lazy("Vad vi ber om inför träffen"), [up_to(4000)])
    hosts = ChecksField(lazy("Värdar"))
    themes = ChecksField(lazy("Teman"))


class TimesForm(FactsForm):
    """A meeting whose times can still be set."""

    starts_on = DateField(lazy("Första dagen"), [required(lazy("Välj den första dagen."))])
    starts_time = clock_field(lazy("Börjar klockan"))
    starts_which = which_field()
    ends_on = DateField(lazy("Sista dagen"), [Optional()])
    ends_time = clock_field(lazy("Slutar klockan"))
    ends_which = which_field()
    time_zone = SelectField(lazy("Tidszon"), [required()], choices=options(zones()), default=STOCKHOLM)
    shift_parts = BooleanField(lazy("Flytta programmets delar lika många dagar"), default=True)


class NewMeetingForm(TimesForm):
    way = HiddenField()
    slug = StringField(lazy("Adress på webbplatsen"), [up_to(80)])
    previous = SelectField(lazy("Förra träffen"), default="")
    questions = ChecksField(lazy("Öppna frågor att ta med på dagordningen"))


class PartForm(Form):
    """A part of the programme."""

    kind = RadioField(
        lazy("Sort"), [required()], choices=options(PARTS), default=ProgrammeKind.FULL_DAY.value
    )
    title = StringField(lazy("Rubrik"), [filled(lazy("Ge delen en rubrik.")), up_to(160)])
    place = StringField(lazy("Plats"), [up_to(200)])
    starts_on = DateField(lazy("Dag"), [Optional()])
    starts_time = clock_field(lazy("Börjar klockan"))
    starts_which = which_field()
    ends_time = clock_field(lazy("Slutar klockan"))
    ends_on = DateField(lazy("Slutar dag"), [Optional()])
    ends_which = which_field()
    description = TextAreaField(lazy("Beskrivning"), [up_to(4000)])
    takes_sign_ups = BooleanField(lazy("Man anmäler sig till delen"))
    capacity = IntegerField(lazy("Platser"), [Optional(), up_to_number(1, 10000)])
    sign_up_by = DateField(lazy("Sista dagen att anmäla sig"), [Optional()])
    seen = HiddenField()


class ItemForm(Form):
    """An agenda item; the fields for guests are added by item_form."""

    title = StringField(lazy("Rubrik"), [filled(lazy("Ge punkten en rubrik.")), up_to(300)])
    minutes = IntegerField(lazy("Minuter"), [Optional(), up_to_number(1, 1440)])
    responsible = StringField(lazy("Ansvarig"), [up_to(120)])
    part = SelectField(lazy("Programmets del"), default="")
    question = SelectField(lazy("Fråga"), default="")
    description = TextAreaField(lazy("Beskrivning"), [up_to(4000)])
    seen = HiddenField()
    was = HiddenField()


def item_form(guests: int) -> type[ItemForm]:
    """The form with room for this many guests."""
    fields: dict[str, Any] = {}
    for number in range(1, min(guests, MOST_GUESTS) + 1):
        fields |= {
            f"guest_name_{number}": StringField(lazy("Namn"), [up_to(120)]),
            f"guest_role_{number}": StringField(lazy("Roll"), [up_to(160)]),
            f"guest_organisation_{number}": StringField(lazy("Organisation"), [up_to(160)]),
        }
    return type("ItemWithGuestsForm", (ItemForm,), fields)


class CancellingForm(Form):
    reason = TextAreaField(lazy("Varför"), [filled(lazy("Skriv varför träffen ställs in.")), up_to(1000)])


class TaskForm(Form):
    title = StringField(lazy("Att göra"), [filled(lazy("Skriv vad som ska göras.")), up_to(200)])
    due = DateField(lazy("Senast"), [required(lazy("Välj en dag."))])
    responsible = StringField(lazy("Vem"), [up_to(120)])
    seen = HiddenField()


class HelperForm(Form):
    email = StringField(lazy("Medlemmens mailadress"), [filled(lazy("Skriv en mailadress.")), up_to(200)])


class GuestForm(Form):
    guest = SelectField(lazy("Står på dagordningen som"), default="")
    name = StringField(lazy("Gästens namn"), [filled(lazy("Skriv gästens namn.")), up_to(120)])
    affiliation = StringField(lazy("Organisation"), [up_to(160)])
    email = EmailField(lazy("Gästens mailadress"), [filled(lazy("Skriv en mailadress.")), up_to(200)])
    language = RadioField(
        lazy("Språk i mailet"), [required()], choices=options(LANGUAGES.items()), default="sv"
    )


class OfferForm(Form):
    term = SelectField(lazy("Termin"), [required()])
    note = StringField(lazy("Något att tillägga"), [up_to(300)])
