"""What is wrong now, and how well a process is: part by part, on both databases.

Plays single parts, the clock moved by hand. Needs PostgreSQL for a part of them, else these are
skipped; takes seconds.
"""
