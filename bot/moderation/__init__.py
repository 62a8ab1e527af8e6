"""What moderators do, under the operator's ceilings, and how their server hears of it."""
