"""Buttons, selects and modals: how they look and what a click means; and how any interaction is answered."""
