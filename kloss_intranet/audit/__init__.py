"""Append-only entries of who did what, chained so that a change shows."""
