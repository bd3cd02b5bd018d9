"""Reading questions, their way through the meetings, and what members have said of them."""

from .finding import exact, of_meeting, on_the_way, question, visible
from .listing import Choice, index, themes

__all__ = ["Choice", "exact", "index", "of_meeting", "on_the_way", "question", "themes", "visible"]
