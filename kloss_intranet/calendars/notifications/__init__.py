"""A meeting in the reader's words, and the letters that put it into the reader's calendar."""

from .sending import Part, cancel, cancellation_parts, invitation_parts, invite, renew
from .wording import entry, sender

__all__ = ["Part", "cancel", "cancellation_parts", "entry", "invitation_parts", "invite", "renew", "sender"]
