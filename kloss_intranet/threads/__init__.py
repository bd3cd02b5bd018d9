"""Threads with experiences and replies, before, during and after a meeting."""
