"""Hears Discord: the client, and the catalogue of what it understands."""
