"""Changing one's own language and password."""

from ..audit.services import record
from ..auth import services as door
from ..core.words import Refusal, text
from ..members.models import Member


def change_language(member: Member, language: str) -> None:
    member.language = language


def change_password(member: Member, current: str, new: str, session_id: int) -> None:
    """Set a new password and end every other session. Raises Refusal when `current` is not the one."""
    if not door.verify(member.password_hash, current):
        record("password.refuse", f"member:{member.id}", member.id)
        raise Refusal(text("Det nuvarande lösenordet stämmer inte."), field="current")
    door.check_password_rule(new, member.name, member.email)
    member.password_hash = door.hash_password(new)
    door.end_all_sessions(member.id, but=session_id)
    record("password.change", f"member:{member.id}", member.id)
