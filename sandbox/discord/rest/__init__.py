"""The REST API: a table of routes, and for each a function that answers it."""
