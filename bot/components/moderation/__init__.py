"""What moderators see and click: who of them may, the pages of limits, a result's case."""
