"""Spark on localhost: the documented service over real sockets, with trouble on request."""
