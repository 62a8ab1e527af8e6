"""Every word that people in Discord read: pure functions of values, so that they can be read, and translated.

Nothing here asks or decides anything. Operators' words stand where they are said: in `check`, the command line,
the log.
"""
