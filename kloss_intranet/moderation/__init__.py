"""Reports, what a coordinator did about them and why, and the way to answer."""
