"""Every step of the store: what it does and refuses, and what random lives and two steps at once leave true.

Plays each on SQLite and on PostgreSQL; without PostgreSQL that half is skipped. A slow disk makes it slow; takes
ten minutes.
"""
