"""The ground rules and the rules of moderation, in versions that stay readable."""
