"""Writing and publishing minutes, and closing a meeting."""
