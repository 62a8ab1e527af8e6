"""The Discord bot: words and pictures in, pictures out, every cent accounted for."""
