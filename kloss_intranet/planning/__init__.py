"""Planning a meeting: from the first idea to the published programme, and who hosts next."""
