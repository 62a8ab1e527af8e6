"""What people do; a feature is a folder, with its command, its buttons and its forms together."""
