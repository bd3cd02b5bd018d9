"""What can be done about coming to a meeting."""
