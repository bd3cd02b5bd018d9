"""Letters about minutes and closings, which are also lines on the reader's home page."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ..core import clock
from ..core.language import LOCALES
from ..mail.services import Draft, enqueue_all
from ..meetings.models import Meeting
from ..members.models import Member
from .models import Closing
from .queries import telling


def tell_of_minutes(meeting: Meeting, by: int, edition: int | None = None) -> None:
    """Tell the participants but `by` that the minutes are out; with `edition`, that they have changed."""

    def subject() -> str:
        if edition is None:
            return gettext("Minnesanteckningar: %(meeting)s", meeting=_called(meeting))
        return gettext("Ändrade minnesanteckningar: %(meeting)s", meeting=_called(meeting))

    _tell(
        f"minutes:{meeting.id}" if edition is None else f"minutes:{meeting.id}:changed:{edition}",
        [one for one in telling.participants(meeting, clock.today()) if one.id != by],
        meeting,
        f"/meetings/{meeting.slug}/minutes",
        "minutes",
        subject,
        is_changed=edition is not None,
    )


def tell_of_closing(meeting: Meeting, closing: Closing, observations: Sequence[str], by: int) -> None:
    """Tell everyone in the network but `by` how the meeting was closed."""
    _tell(
        f"closing:{meeting.id}",
        [one for one in telling.network(clock.today()) if one.id != by],
        meeting,
        f"/meetings/{meeting.slug}",
        "closing",
        lambda: gettext("Träffen är avslutad: %(meeting)s", meeting=_called(meeting)),
        closing=closing,
        observations=observations,
    )


def _tell(
    key: str,
    readers: Sequence[Member],
    meeting: Meeting,
    path: str,
    kind: str,
    subject: Callable[[], str],
    **more: Any,
) -> None:
    base = current_app.config["SETTINGS"].base_url

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            said = {"name": _called(meeting), "meeting": meeting, "link": base + path} | more
            plain = render_template(f"minutes/mail/{kind}.txt", **said)
            return " ".join(subject().split()), plain, render_template(f"minutes/mail/{kind}.html", **said)

    # A conversation is one line on the home page, so minutes and closing are one each.
    conversation = f"{kind}-{meeting.id}"
    enqueue_all([Draft(f"{key}:{one.id}", one, *worded(one.language), conversation, path) for one in readers])


def _called(meeting: Meeting) -> str:
    """What pages call the meeting; the words belong to its own views, which templates reach."""
    return cast(str, current_app.jinja_env.filters["meeting_label"](meeting))
