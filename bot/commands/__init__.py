"""What people type, and the client that hears it."""
