"""What a member fills in: an experience, a reply, a new thread."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from ..core.form import Form, options, required, up_to
from ..core.language import lazy
from .models import Aspect, Audience, Factor, Relation
from .services import LONGEST_POST

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
    body = TextAreaField(
        lazy("Din text"), [required(lazy("Skriv något innan du publicerar.")), up_to(LONGEST_POST)]
    )
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


class ThreadForm(Form):
    title = StringField(lazy("Rubrik"), [required(lazy("Ge tråden en rubrik.")), up_to(160)])
    introduction = TextAreaField(lazy("Vad vill du höra om?"), [up_to(2000)])
    theme = SelectField(lazy("Tema"), [required()])
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
