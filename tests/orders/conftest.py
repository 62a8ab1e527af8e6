"""What people ask for: each option taken or refused, and what Spark is sent for it.

Plays calls of plain functions. Needs nothing; takes a few seconds.
"""
