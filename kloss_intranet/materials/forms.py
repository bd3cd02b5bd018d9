"""The forms of folders and files; what they say is read in the meeting's own time zone."""

from datetime import datetime

from flask_wtf.file import FileField, FileRequired
from wtforms import DateTimeLocalField, HiddenField, RadioField, StringField
from wtforms.validators import Optional

from ..core import clock
from ..core.form import Form, options, required, up_to
from ..core.language import lazy
from ..core.words import Refusal, text
from .models import Readers
from .services.folders import LONGEST_NAME

READERS = [
    (Readers.MEMBERS.value, lazy("Hela nätverket")),
    (Readers.GUESTS.value, lazy("Hela nätverket och träffens gäster, som också får lägga in filer")),
    (Readers.STEERING.value, lazy("Bara styrgruppen")),
]
NO_SUCH_TIME = text("Klockan ställs om då, så den tiden finns inte. Välj en timme senare.")


class FolderForm(Form):
    name = StringField(lazy("Mappens namn"), [required(lazy("Ge mappen ett namn.")), up_to(LONGEST_NAME)])
    readers = RadioField(
        lazy("Vilka läser"), [required()], choices=options(READERS), default=Readers.MEMBERS.value
    )


class NameForm(Form):
    name = StringField(lazy("Mappens namn"), [required(lazy("Ge mappen ett namn.")), up_to(LONGEST_NAME)])
    was = HiddenField()


class ReadersForm(Form):
    """Who is to read a folder from now on."""

    readers = RadioField(lazy("Vilka läser"), [required()], choices=options(READERS))
    was = HiddenField()


class _Terms(Form):
    not_before = DateTimeLocalField(
        lazy("Visas från"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )

    def since(self, zone: str) -> datetime | None:
        """The instant from which the file is shown. Raises Refusal for a time that no clock shows."""
        wanted = self.not_before.data
        if wanted is None:
            return None
        try:
            return clock.local(wanted.date(), wanted.time(), zone)
        except (ValueError, OverflowError):
            raise Refusal(NO_SUCH_TIME, field="not_before") from None


class MaterialForm(_Terms):
    """A file to lay into a folder."""

    file = FileField(lazy("Fil"), [FileRequired(lazy("Välj en fil."))])
    title = StringField(lazy("Vad filen kallas"), [up_to(LONGEST_NAME)])


class TermsForm(_Terms):
    """What a file is called, and from when it is shown."""

    title = StringField(
        lazy("Vad filen kallas"), [required(lazy("Säg vad filen kallas.")), up_to(LONGEST_NAME)]
    )
    was = HiddenField()


class VersionForm(Form):
    file = FileField(lazy("Ny version"), [FileRequired(lazy("Välj en fil."))])
