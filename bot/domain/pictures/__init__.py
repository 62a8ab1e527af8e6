"""Input pictures: where they come from, for how long, and why one is not taken."""
