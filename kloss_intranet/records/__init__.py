"""Reading and taking out what is on record."""
