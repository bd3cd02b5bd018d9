"""A meeting in the reader's own calendar."""
