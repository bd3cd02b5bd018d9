"""The base of every form: input in one shape, and messages that name the field and the way out."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, ValidationError
from wtforms.validators import InputRequired, Length

from . import text
from .language import gettext, lazy
from .words import Refusal


def trimmed(value: Any) -> Any:
    """Text in one form, without invisible characters or space at its ends."""
    return text.tidy(value) if isinstance(value, str) else value


class Form(FlaskForm):
    """Text fields are tidied; every message is in the reader's language."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = unbound_field.kwargs.get("filters", [])
            if "Password" not in unbound_field.field_class.__name__ and "Text" in unbound_field.field_class.__name__ or unbound_field.field_class.__name__ in ("StringField", "EmailField"):
                unbound_field.kwargs["filters"] = [trimmed, *(f for f in filters if f is not trimmed)]
            return unbound_field.bind(form=form, **options)

        def get_translations(self, form: Any) -> Any:
            return _Swedish()


class _Swedish:
    """WTForms' own few messages, said by our catalogues."""

    def gettext(self, string: str) -> str:
        return {"Not a valid choice.": gettext("Välj ett av alternativen."), "Not a valid choice": gettext("Välj ett av alternativen.")}.get(
            string, gettext("Värdet går inte att läsa.")
        )

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular)


def required(message: str | None = None) -> InputRequired:
    return InputRequired(message or lazy("Fältet behöver fyllas i."))


def up_to(most: int) -> Any:
    """At most `most` characters; the message says how many there were."""

    def check(form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > most:
            raise ValidationError(
                gettext("%(field)s får ha högst %(most)d tecken, och texten har %(length)d.", field=field.label.text, most=most, length=length)
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


__all__ = ["Form", "InputRequired", "Length", "add_refusal", "required", "trimmed", "up_to"]
