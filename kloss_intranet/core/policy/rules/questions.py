"""Who may do what with the priority questions."""

from ...words import text
from ..permissions import Permission, Rule
from ..predicates import in_term, is_former
from .common import NETWORK

P = Permission

RULES: dict[Permission, Rule] = {
    P.QUESTION_READ: Rule(text("Läsa prioriterade frågor"), (*NETWORK, (is_former, in_term))),
}
