"""What the office tells all, a meeting's participants or the steering group."""
