"""A member's own settings."""
