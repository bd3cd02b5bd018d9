"""Meetings with hosts, programme and agenda."""
