"""Questions that outlive the meetings that treat them."""
