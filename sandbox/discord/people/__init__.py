"""What people do, each in a client of their own, which refuses what the real one refuses."""
