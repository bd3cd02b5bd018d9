"""Letters about minutes and closings, which are also lines on the reader's home page."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import Any, cast

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ..core import clock
from ..core.language import LOCALES
from ..mail.models import Letter
from ..mail.services import Draft, enqueue_all, stops, supersede
from ..meetings.models import Meeting
from ..members.models import Member
from .queries import telling
from .services.closing import Said


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


def tell_of_closing(meeting: Meeting, said: Said, by: int, version: int = 1) -> None:
    """Tell everyone in the network but `by` how the meeting was closed; later, that this was corrected."""

    def subject() -> str:
        if version == 1:
            return gettext("Träffen är avslutad: %(meeting)s", meeting=_called(meeting))
        return gettext("Ändrat avslut: %(meeting)s", meeting=_called(meeting))

    _tell(
        f"closing:{meeting.id}" if version == 1 else f"closing:{meeting.id}:changed:{version}",
        [one for one in telling.network(meeting, clock.today()) if one.id != by],
        meeting,
        f"/meetings/{meeting.slug}",
        "closing",
        subject,
        said=said,
        is_changed=version > 1,
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
            told = {"name": _called(meeting), "meeting": meeting, "link": base + path} | more
            told["choice"] = f"{base}/meetings/{meeting.slug}#following"
            plain = render_template(f"minutes/mail/{kind}.txt", **told)
            return " ".join(subject().split()), plain, render_template(f"minutes/mail/{kind}.html", **told)

    # A conversation is one line on the home page, so minutes and closing are one each; what is told now
    # takes the place of what was told before.
    conversation = f"{kind}-{meeting.id}"
    supersede(
        [one.id for one in readers], Letter.conversation == conversation, ~Letter.key.startswith(f"{key}:")
    )
    enqueue_all([Draft(f"{key}:{one.id}", one, *worded(one.language), conversation, path) for one in readers])


def _called(meeting: Meeting) -> str:
    """What pages call the meeting; the words belong to its own views, which templates reach."""
    return cast(str, current_app.jinja_env.filters["meeting_label"](meeting))


@stops
def _out_of_reach(letter_ids: Collection[int]) -> set[int]:
    """A letter that has waited does not go to one who may no longer read what it tells of."""
    return telling.out_of_reach(letter_ids, clock.today())
