"""A person's own: what they made, what they spent, what is kept of them."""
