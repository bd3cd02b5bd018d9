"""Who comes to what, what they need, who stands in, and who was there."""
