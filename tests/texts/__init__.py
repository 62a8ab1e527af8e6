"""Every text that people in Discord read, with example values: on one page for writers, one by one for tests."""
