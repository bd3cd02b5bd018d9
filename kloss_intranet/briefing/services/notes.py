"""The footnotes of one document: numbered in the order in which they are called for."""

from zoneinfo import ZoneInfo

from ...meetings.models import Phase
from ...steering.queries.editions import Cited
from ..models import Note, Run
from .speech import Speech, runs


class Notes:
    def __init__(self, speech: Speech) -> None:
        self.speech, self.kept = speech, list[Note]()

    def of(self, cited: Cited) -> int:
        """The number of a new note that leads to the very post."""
        speech, meeting = self.speech, cited.meeting
        day = speech.day(cited.posted_at.astimezone(ZoneInfo(meeting.time_zone)).date())
        name = speech.gettext("träffen %(day)s", day=speech.span(meeting))
        if meeting.title:
            name = speech.gettext("”%(title)s”", title=meeting.title)
        told = {
            Phase.BEFORE: speech.gettext("Skrivet %(day)s, inför %(meeting)s.", day=day, meeting=name),
            Phase.DURING: speech.gettext("Skrivet %(day)s, under %(meeting)s.", day=day, meeting=name),
            Phase.AFTER: speech.gettext("Skrivet %(day)s, efter %(meeting)s.", day=day, meeting=name),
        }[cited.phase]
        if cited.is_reworded:
            told += " " + speech.gettext("Författaren har ändrat inlägget sedan citatet valdes.")
        address = speech.address(f"/posts/{cited.post_id}")
        number = len(self.kept) + 1
        self.kept.append(Note(number, (*runs(told), Run(" "), Run(address, href=address))))
        return number
