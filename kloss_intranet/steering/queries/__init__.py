"""Reading what is prepared, and what has been published of it."""
