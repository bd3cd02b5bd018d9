"""The reader's language, lent to what composes documents."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from flask import current_app
from flask_babel import get_locale

from ...core import language
from ...meetings.models import AgendaItem, Guest, Meeting
from ..services.speech import Turn


class Spoken:
    """As services.speech.Speech asks; what pages call meetings belongs to the views of meetings."""

    def __init__(self) -> None:
        self.language = language.language()
        self._filters: Any = current_app.jinja_env.filters
        self._base_url = current_app.config["SETTINGS"].base_url
        self._locale = get_locale() or "sv"

    def gettext(self, sentence: str, **values: object) -> str:
        return language.gettext(sentence, **values)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return language.ngettext(one, many, number)

    def day(self, on: date) -> str:
        return language.day(on)

    def weekday(self, on: date) -> str:
        named = format_date(on, "EEEE d MMMM", locale=self._locale)
        return named[:1].upper() + named[1:]

    def clock(self, at: datetime, zone: str) -> str:
        return language.clock_time(at, zone)

    def moment(self, at: datetime, zone: str) -> str:
        return language.moment(at, zone)

    def either(self, names: Sequence[str]) -> str:
        return format_list(list(names), style="or", locale=self._locale)

    def span(self, meeting: Meeting) -> str:
        return language.span(meeting)

    def hours(self, meeting: Meeting, zone: str) -> str:
        return str(self._filters["hours"](meeting, zone))

    def city(self, zone: str) -> str:
        return str(self._filters["zone_city"](zone))

    def label(self, meeting: Meeting) -> str:
        return str(self._filters["meeting_label"](meeting))

    def place(self, meeting: Meeting) -> str | None:
        found: str | None = self._filters["place_label"](meeting)
        return found

    def hosts(self, meeting: Meeting) -> str | None:
        found: str | None = self._filters["hosts_label"](meeting)
        return found

    def turns(self, meeting: Meeting) -> Sequence[Turn]:
        found: Sequence[Turn] = self._filters["turns"](meeting)
        return found

    def guests(self, item: AgendaItem) -> Sequence[Guest]:
        found: Sequence[Guest] = self._filters["told"](item)
        return found

    def address(self, path: str) -> str:
        return f"{self._base_url}{path}"
