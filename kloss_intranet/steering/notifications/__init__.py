"""Letters about who prepares what, what is cited and what is published."""
