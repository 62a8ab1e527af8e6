"""What one clause says, before it is weighed with the others of its text."""

from enum import Enum


class Verdict(Enum):
    """From what asks to what does not."""

    ORDER = "order"
    """Asks for a change: "make it night"."""
    FRAGMENT = "fragment"
    """Names one, and is an order where nothing around it tells something else: "in winter"."""
    UNCLEAR = "unclear"
    REMARK = "remark"
    """Tells or asks something, and not for a change: "the light is great"."""
    TALK = "talk"
    """Is nothing but talk: "wow, nice!"."""
