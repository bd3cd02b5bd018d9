"""What the tests lean on from outside Python: a browser, a PostgreSQL server, an HTML checker."""
