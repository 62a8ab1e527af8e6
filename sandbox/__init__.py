"""Spark and Discord on localhost, for the demo and the end-to-end tests; nothing in production imports this."""
