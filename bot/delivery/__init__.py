"""Results into Discord: in which place, as which message, and what if Discord says no."""
