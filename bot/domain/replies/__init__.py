"""What a reply to a picture says: plain talk or an order, and which of several pictures it names."""
