"""What a member fills in: an experience, a reply, a new thread."""

from collections.abc import Collection, Iterable
from typing import Any

from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from ..core.form import Form, options, required, up_to
from ..core.language import gettext, lazy
from ..core.words import text
from .models import Aspect, Audience, Factor, Relation
from .services.attaching import LONGEST_ALT

NO_FILE = text("Välj en fil.")

ASPECTS = [
    (Aspect.DRIVER.value, lazy("Drivkraft")),
    (Aspect.INCENTIVE.value, lazy("Incitament")),
    (Aspect.METHOD.value, lazy("Metod")),
]
FACTORS = [
    (Factor.HELPING.value, lazy("Främjande")),
    (Factor.HINDERING.value, lazy("Kritisk")),
    (Factor.NEITHER.value, lazy("Varken eller")),
]
RELATIONS = [
    ("", lazy("Ingen särskild")),
    (Relation.SIMILAR.value, lazy("Liknande erfarenhet")),
    (Relation.OPPOSITE.value, lazy("Motsatt erfarenhet")),
    (Relation.OTHER_CONDITIONS.value, lazy("Andra förutsättningar här")),
    (Relation.ASKS.value, lazy("Frågar om")),
]


class _PostForm(Form):
    body = TextAreaField(lazy("Din text"), [required(lazy("Skriv något innan du publicerar."))])
    files = MultipleFileField(lazy("Filer"))
    not_for_quoting = BooleanField(lazy("Får inte citeras"))
    submission = HiddenField(validators=[up_to(64)])


class ExperienceForm(_PostForm):
    aspect = RadioField(
        lazy("Den handlar om"),
        [required(lazy("Välj om erfarenheten handlar om en drivkraft, ett incitament eller en metod."))],
        choices=options(ASPECTS),
    )
    factor = RadioField(lazy("Som faktor"), choices=options(FACTORS), default=Factor.NEITHER.value)
    context = StringField(lazy("Under vilka förutsättningar"), [up_to(500)])


class ReplyForm(_PostForm):
    relation = RadioField(lazy("Hur ditt svar förhåller sig"), choices=options(RELATIONS), default="")
    reply_to = HiddenField()


class FileForm(Form):
    """One more file beside a post."""

    file = FileField(lazy("Fil"), [FileRequired(lazy(NO_FILE))])
    alt = StringField(lazy("Om det är en bild: beskriv den för den som inte ser den"), [up_to(LONGEST_ALT)])


WRITE_FIRST = lazy("Skriv först: andras inlägg visas när man har skrivit ett eget")


class TermsForm(Form):
    """What a thread is called, and how it is read."""

    title = StringField(lazy("Rubrik"), [required(lazy("Ge tråden en rubrik.")), up_to(160)])
    introduction = TextAreaField(lazy("Vad vill du höra om?"), [up_to(2000)])
    theme = SelectField(lazy("Tema"), [required(lazy("Välj ett tema."))])
    write_first = BooleanField(WRITE_FIRST)
    for_guests = BooleanField(lazy("Dela tråden med träffens gäster"))


class ThreadEditForm(TermsForm):
    version = HiddenField()


class ThreadForm(TermsForm):
    question = SelectField(lazy("Fråga på dagordningen"))
    audience = RadioField(
        lazy("Vilka läser"),
        choices=options(
            [
                (Audience.NETWORK.value, lazy("Hela nätverket")),
                (Audience.STEERING.value, lazy("Bara styrgruppen")),
            ]
        ),
        default=Audience.NETWORK.value,
    )


def publication_form(keys: Iterable[str], asked: Collection[str], themes: Any) -> Form:
    """For each key a thread to open, its title and whether one writes first; for `asked` a theme too."""
    fields: dict[str, Any] = {}
    for key in keys:
        fields |= {
            f"open_{key}": BooleanField(lazy("Öppna en tråd om detta")),
            f"title_{key}": StringField(lazy("Trådens rubrik"), [up_to(160), _titled_if(f"open_{key}")]),
            f"first_{key}": BooleanField(WRITE_FIRST),
        }
        if key in asked:
            fields[f"theme_{key}"] = SelectField(
                lazy("Tema"), [required(lazy("Välj ett tema."))], choices=themes
            )
    form: Form = type("PublicationForm", (Form,), fields)()
    return form


def _titled_if(chosen: str) -> Any:
    """The field must be filled in where the box `chosen` is ticked."""

    def check(form: Any, field: Any) -> None:
        if form[chosen].data and not field.data:
            raise ValidationError(gettext("Ge tråden en rubrik."))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]  # how a label learns of it
    return check
