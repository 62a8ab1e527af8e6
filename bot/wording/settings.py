"""What /settings says: a person's own defaults, what their replies mean, and who may use their pictures."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.prices import Price
from bot.domain.sizes import Quality
from bot.wording.prices import price_text

TITLE: Final = "**Your settings**\n-# The same on every server. /imagine takes them where you choose nothing."
SHAPE: Final = "**Shape**"
QUALITY: Final = "**Quality**\n-# hd is larger and sharper."
ENHANCE: Final = "**Let Spark add to my words**"
ENHANCED: Final = ("When they are short", "Always", "Never")
"""What can be chosen of that."""
PICTURES: Final = "**When others want to work on my pictures**\n-# Those that I post, and what is made from them."
PICTURES_ALLOWED: Final = ("As each server has it", "Ask me each time", "Anyone may", "Never")
"""What can be chosen of that."""
RESULTS: Final = "**When others want to work on what I make**\n-# Again, Edit and the like under my results."
RESULTS_ALLOWED: Final = ("Anyone may", "Nobody but me")
"""What can be chosen of that."""
REPLIES: Final = (
    "Edit at once, also where it is unclear",
    "Ask me where it is unclear",
    "Never edit from a reply",
)
"""What a reply can mean."""


def qualities(prices: Mapping[Quality, Price]) -> Sequence[str]:
    """Name the qualities that can be chosen, with what a picture of each costs."""
    return [f"{quality} · {price_text(price)}" for quality, price in prices.items()]


def replies(bot: str) -> str:
    """Name the choice of what replies mean; `bot` mentions the bot."""
    return f"**When I reply to a picture**\n-# Thanks and chatter never edit; words with {bot} in them may always."
