"""What the real Discord enforces, rule by rule: rights, limits, and the errors that it answers instead."""
