"""Writing the record, and finding out whether somebody has meddled with it."""

from .recording import digest, hold_end, record

__all__ = ["digest", "hold_end", "record"]
