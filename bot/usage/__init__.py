"""Reports of what was spent."""
