"""Stored files: type by content, kept once, served from outside the web root."""
