"""Buttons, and the selects that they lead to: how they look and what a click means."""
