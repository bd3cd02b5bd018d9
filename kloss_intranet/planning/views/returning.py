"""What putting a question on an agenda does to it."""

from ...core.access import me
from ...meetings.models import Meeting
from ...questions import services as questions
from ...questions.models import Question
from ...questions.notifications import tell_of_change


def put_on_agenda(meeting: Meeting, question: Question | None) -> None:
    """One that rested or was being prepared is chosen by it, and those who proposed it are told."""
    change = questions.bring_back(question, me().member_id, meeting) if question else None
    if question is not None and change is not None:
        tell_of_change(question, change)
