"""What was said at a meeting, item by item, and how the meeting is closed."""
