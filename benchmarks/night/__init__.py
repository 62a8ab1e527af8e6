"""A night in an hour: two processes on one PostgreSQL, what befalls them, and what is seen of them meanwhile."""
