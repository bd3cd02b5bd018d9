"""Swedish and English: which one the reader has, and dates as each writes them."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale, gettext, lazy_gettext, ngettext

from . import clock
from .access import actor

LANGUAGES = {"sv": "Svenska", "en": "English"}
LOCALES = {"sv": "sv", "en": "en_GB"}


def lazy(sentence: str) -> str:
    """`sentence` in the reader's language when it is shown, for words chosen before there is a reader."""
    return cast(str, lazy_gettext(sentence))


def language() -> str:
    """The reader's language: `sv` or `en`."""
    locale = get_locale()
    return "en" if locale and locale.language == "en" else "sv"


def _select() -> str:
    if not has_request_context():
        return "sv"
    person = actor()
    chosen = person.language if person else session.get("language")
    return LOCALES[
        chosen if chosen in LANGUAGES else request.accept_languages.best_match(["sv", "en"]) or "sv"
    ]


def day(on: date) -> str:
    """`26 oktober 2023`; of an instant the day that it is in Sweden."""
    if isinstance(on, datetime):
        on = on.astimezone(ZoneInfo(clock.STOCKHOLM)).date()
    return format_date(on, "d MMMM y", locale=get_locale() or "sv")


def clock_time(at: datetime, zone: str = clock.STOCKHOLM) -> str:
    """`09.14` in Swedish, `09:14` in English, in `zone`."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M" if language() == "en" else "%H.%M")


def moment(at: datetime, zone: str = clock.STOCKHOLM) -> str:
    """`2 april 2027 kl. 09.14`, in `zone`."""
    return gettext(
        "%(day)s kl. %(time)s", day=day(at.astimezone(ZoneInfo(zone)).date()), time=clock_time(at, zone)
    )


def size(number: int) -> str:
    """Bytes as a reader counts them: `1,2 MB` in Swedish, `1.2 MB` in English; never `0`."""
    locale = get_locale() or "sv"
    if number < 1000:
        return gettext("%(number)s byte", number=number)
    if number < 1_000_000:
        return f"{format_decimal(round(number / 1000), locale=locale)} kB"
    return f"{format_decimal(round(number / 1_000_000, 1), locale=locale)} MB"


def span(meeting: Any) -> str:
    """The day or days of a meeting: `26 oktober 2023`, `13–14 april 2027`."""
    # A meeting that ends at midnight does not reach into the day that begins then.
    last = meeting.ends_at - timedelta(microseconds=1)
    return _span(meeting.starts_at, last, meeting.time_zone, str(get_locale() or "sv"))


@lru_cache(maxsize=4096)
def _span(starts_at: datetime, ends_at: datetime, time_zone: str, locale: str) -> str:
    """Lists show the same few meetings again and again, and dates are slow to write."""
    zone = ZoneInfo(time_zone)
    first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    end = format_date(last, "d MMMM y", locale=locale)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = format_date(first, "d MMMM" if first.year == last.year else "d MMMM y", locale=locale)
    return f"{start} – {end}"


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "sv"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.config["TRANSLATIONS"])
    Babel(app, locale_selector=_select)
    app.jinja_env.filters.update(day=day, moment=moment, span=span, clock=clock_time, size=size)
    app.jinja_env.globals["languages"] = LANGUAGES
    app.context_processor(lambda: {"language": language()})


__all__ = [
    "LANGUAGES",
    "clock_time",
    "day",
    "gettext",
    "init_app",
    "language",
    "lazy",
    "moment",
    "ngettext",
    "size",
    "span",
]
