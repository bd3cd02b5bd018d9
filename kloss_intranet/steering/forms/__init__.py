"""What is filled in by the steering group, and by those it cites."""
