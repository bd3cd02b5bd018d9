"""The front page and the documents everyone may read."""
