"""The operator's little web server, what its answers are read from, and who asks it."""
