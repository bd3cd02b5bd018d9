"""Institutions, the people who hold their seats, mandates and roles."""
