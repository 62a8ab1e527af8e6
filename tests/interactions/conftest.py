"""How interactions are heard: custom ids that nobody must break, whose picture is meant, what waits for an answer.

Plays single parts without a bot. Needs nothing; takes a few seconds.
"""
