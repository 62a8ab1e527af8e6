"""Bots that nobody would run, to measure the real one by."""
