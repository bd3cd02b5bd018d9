"""What people do, from page to page, in a real browser against a served demo."""
