"""What bots hear: connections, the sessions that outlive them, and the events."""
