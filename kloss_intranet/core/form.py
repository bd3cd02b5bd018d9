"""The base of every form: input in one shape, and messages that name the field and the way out."""

from collections.abc import Iterable, MutableMapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, StopValidation

from . import text
from .language import gettext, lazy
from .words import Refusal


def trimmed(value: Any) -> Any:
    """Text in one form, without invisible characters or space at its ends."""
    return text.tidy(value) if isinstance(value, str) else value


def one_line(value: Any) -> Any:
    """The same on one line, for names and titles: they go on into letters and lists."""
    return " ".join(trimmed(value).split()) if isinstance(value, str) else value


class Form(FlaskForm):
    """Text fields are tidied; every message is in the reader's language."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: MutableMapping[str, Any]) -> Any:
            if issubclass(unbound_field.field_class, StringField) and not issubclass(
                unbound_field.field_class, PasswordField | HiddenField
            ):
                is_long = issubclass(unbound_field.field_class, TextAreaField)
                options = {**options, "filters": [trimmed if is_long else one_line]}
            return unbound_field.bind(form=form, **options)

        def get_translations(self, form: Any) -> Any:
            return _Swedish()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators))

    def is_submitted(self) -> bool:
        return bool(super().is_submitted())

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        return bool(super().validate_on_submit(extra_validators))


class _Swedish:
    """WTForms' own few messages, said by our catalogues."""

    def gettext(self, string: str) -> str:
        return {
            "Not a valid choice.": gettext("Välj ett av alternativen."),
            "Not a valid choice": gettext("Välj ett av alternativen."),
        }.get(string, gettext("Värdet går inte att läsa."))

    def ngettext(self, singular: str, _plural: str, _n: int) -> str:
        return self.gettext(singular)


def options(pairs: Iterable[tuple[Any, str]]) -> Any:
    """What a field lets one choose among, from (value, label)."""
    return [SelectChoice(value, label) for value, label in pairs]


def number(given: str) -> int:
    """A whole number from an address or a hidden field. Raises ValueError for one that no row can have."""
    value = int(given)
    if not 0 <= value < 2**31:
        raise ValueError(given)
    return value


class Required(InputRequired):
    """Something must be sent, and be left of text when space and invisible characters are gone."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.data == "":
            field.errors = []
            raise StopValidation(self.message or "")
        super().__call__(form, field)


def required(message: str | None = None) -> InputRequired:
    return Required(message or lazy("Fältet behöver fyllas i."))


def up_to(most: int) -> Any:
    """At most `most` characters; the message says how many there were."""

    def check(form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > most:
            raise ValidationError(
                gettext(
                    "%(field)s får ha högst %(most)d tecken, och texten har %(length)d.",
                    field=field.label.text,
                    most=most,
                    length=length,
                )
            )

    return check


def add_refusal(form: Form, refusal: Refusal) -> None:
    """Show what a rule said beside the field it was about."""
    message = gettext(refusal.sentence, **refusal.values)
    field = form._fields.get(refusal.field or "")
    if field is None:
        form.form_errors.append(message)
    else:
        field.errors = [*field.errors, message]


__all__ = ["Form", "add_refusal", "number", "one_line", "options", "required", "trimmed", "up_to"]
