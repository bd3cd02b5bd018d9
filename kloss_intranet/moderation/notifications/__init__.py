"""The letters of moderation."""
