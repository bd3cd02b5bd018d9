"""Composing documents, and drawing them as PDF and Word."""
