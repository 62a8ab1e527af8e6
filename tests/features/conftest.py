"""What people do, as far as it needs no Discord; the rest is played in `tests/e2e/`.

Plays single parts without a bot. Needs nothing; takes a few seconds.
"""
