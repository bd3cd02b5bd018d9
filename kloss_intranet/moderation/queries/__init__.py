"""Reads of reports, decisions and answers."""
