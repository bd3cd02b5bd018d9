"""Reading minutes and closings, and whom to tell of them."""
