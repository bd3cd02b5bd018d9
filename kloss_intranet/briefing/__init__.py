"""What members are given before a meeting, in one tree: as a page, as PDF and as Word."""
