"""What is done about reports, and to posts and threads."""
