"""Questions about a reply that may be an order, or does not say which picture; its writer alone may answer."""

from typing import Final

from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.wording.prices import price_text

WHETHER: Final = "**Shall I change the picture so?**"
WHICH: Final = "**Which picture?**"
ALWAYS: Final = "Always edit"
"""Stands on a button."""
NEVER: Final = "Never"
"""Stands on a button."""
WRITE: Final = "Edit"
"""Stands on the button that opens the form of an edit."""
WRITE_EMOJI: Final = "✏️"
ALWAYS_FROM_NOW_ON: Final = "**From now on your replies edit at once.** /settings changes that."


def what(number: int) -> str:
    """Ask what to change in a picture that somebody names and says no more of."""
    return f"**What should change in picture {number}?**"


def edit_it(price: Price) -> str:
    """Name the button that has an edit made, for a price."""
    return f"Edit it · {price_text(price)}"


def edit_number(number: int, price: Price) -> str:
    """Name the button that has one of several pictures edited, for a price."""
    return f"{number} · {price_text(price)}"


def never_from_now_on(bot: str) -> str:
    """Say that a person's replies edit nothing any more; `bot` mentions the bot."""
    return f"**From now on your replies change no picture**, unless {bot} stands in them. /settings changes that."


def not_yours(writer_id: int) -> Refusal:
    """Say that a question is somebody else's."""
    return Refusal(Refuser.BOT, f"<@{writer_id}> is asked here.", "Reply to the picture yourself.")


def question_over() -> Refusal:
    """Say that a question's time is over."""
    return Refusal(Refuser.BOT, "This question is over.", "Reply to the picture once more.")
