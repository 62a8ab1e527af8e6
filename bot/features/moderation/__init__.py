"""What moderators see and decide: /spend, the case of a result, reports."""
