"""Replies and mentions: messages that ask for a change of a picture, and the questions that they bring about."""
