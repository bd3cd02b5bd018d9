"""The table of rules, area by area."""

from ..permissions import Permission, Rule
from . import meetings, moderation, network, questions, threads

TABLE: dict[Permission, Rule] = (
    network.RULES | meetings.RULES | questions.RULES | threads.RULES | moderation.RULES
)
