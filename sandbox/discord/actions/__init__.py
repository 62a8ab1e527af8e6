"""What can be done in Discord, by a bot or a person: each changes the world and tells the bots."""
