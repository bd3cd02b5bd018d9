"""What can be done in threads: open, publish, edit, withdraw, read, follow."""
