"""Results and copies of pictures on their way into Discord: which files, in which place, by which link.

Plays single parts, some of them before the sandbox's Discord with a store on SQLite. Needs nothing; takes a few
seconds.
"""
