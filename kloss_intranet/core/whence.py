"""Where what is done comes from: the network address that asks, or the command that runs."""

from contextvars import ContextVar

whence: ContextVar[str | None] = ContextVar("whence", default=None)
"""Set by the gate for each request and by the console command; None where neither is at work."""
