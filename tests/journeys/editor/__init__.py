"""The rich editor in a real browser."""
