"""What waits for the coordinator, on one page."""
