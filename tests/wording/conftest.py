"""What people read: that texts are clear, fit into a message, and ping nobody whose name they bear.

Plays calls of plain functions, and writes the page that `make texts` prints. Needs nothing; takes a few seconds.
"""
