"""Keeping a meeting's folders, and the files in them."""
