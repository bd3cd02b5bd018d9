"""What can be done to a question."""

from ..audit.services import record
from .models import Question, QuestionState


def treat(question: Question, by: int, **where: object) -> None:
    """Say that the question has been treated; `where` tells the record at which meeting."""
    record("question:treat", f"question:{question.id}", by, was=question.state, **where)
    question.state = QuestionState.TREATED
