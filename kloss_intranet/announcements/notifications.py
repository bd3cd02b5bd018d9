"""The letters that carry an announcement; each is a line on the reader's home page too."""

from collections.abc import Callable, Collection
from functools import cache

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from ..core import clock
from ..core import text as texts
from ..core.language import LOCALES
from ..mail.services import Draft, enqueue, enqueue_all, stops
from ..members.models import Member
from . import queries
from .models import Announcement, Circle
from .queries import PREFIX


def tell(announcement: Announcement, readers: Collection[Member], by: int) -> None:
    """Letters to `readers` but `by`, who has read it: in two statements, however many."""
    worded = _wording(announcement)
    key, path = f"{PREFIX}{announcement.id}", f"/announcements/{announcement.id}"
    enqueue_all(
        [
            Draft(f"{key}:{reader.id}", reader, *worded(reader.language), key, path)
            for reader in readers
            if reader.id != by
        ]
    )


def try_on(announcement: Announcement, reader: Member) -> bool:
    """The letter as it will be, to the one who writes; False when this version went to them before."""
    subject, plain, html = _wording(announcement)(reader.language)
    key = f"trial:{announcement.id}:{announcement.version}:{reader.id}"
    return enqueue(key, reader, subject=subject, plain=plain, html=html) is not None


def _wording(announcement: Announcement) -> Callable[[str], tuple[str, str, str]]:
    base = current_app.config["SETTINGS"].base_url
    html = texts.absolute(texts.recleaned(announcement.body_html, announcement.policy), base)

    @cache
    def worded(spoken: str) -> tuple[str, str, str]:
        with force_locale(LOCALES[spoken]):
            said = {
                "announcement": announcement,
                "plain": texts.to_text(html),
                "shown_html": texts.shown(html),
                "why": _why(announcement),
                "link": f"{base}/announcements/{announcement.id}",
            }
            return (
                announcement.title,
                render_template("announcements/mail/announcement.txt", **said),
                render_template("announcements/mail/announcement.html", **said),
            )

    return worded


def _why(announcement: Announcement) -> str:
    if announcement.circle is Circle.ALL:
        return gettext("Du får det här mailet för att du har ett uppdrag eller en roll i nätverket.")
    if announcement.circle is Circle.STEERING:
        return gettext("Du får det här mailet för att du arbetar i eller med styrgruppen.")
    name = current_app.jinja_env.filters["meeting_label"](announcement.meeting)
    return gettext(
        "Du får det här mailet för att du är anmäld till träffen %(meeting)s, eller är värd, gäst "
        "eller ersättare där.",
        meeting=name,
    )


@stops
def _left_the_circle(letter_ids: Collection[int]) -> set[int]:
    """An announcement that has waited does not go to one who is no longer among those it was meant for."""
    return queries.out_of_reach(letter_ids, clock.today())
