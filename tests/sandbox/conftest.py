"""The sandbox itself: that it does as Discord and Spark do.

Plays its clients' requests over sockets. Needs Discord's official description for some (`DISCORD_CONTRACT_DIR`),
else these are skipped; takes a minute and a half.
"""
