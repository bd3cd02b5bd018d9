"""Planning a meeting, and arranging it."""
