"""Forms: what they ask, how they open, and what sending one orders."""
