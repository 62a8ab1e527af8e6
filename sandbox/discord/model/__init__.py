"""What there is in Discord, as plain values that know no rule: places, people, what is said, commands."""
