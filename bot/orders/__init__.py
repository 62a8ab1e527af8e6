"""What people ask for: every option checked, and turned into an order."""
