"""What people are told who wrote to the bot in a way that it cannot act on."""

from typing import Final

from bot.domain.kinds import Kind
from bot.wording.pictures_not_found import by_menu

NO_WORDS: Final = (
    "**Say what to change.** Reply to a picture with words such as “make it night”.\n-# Nothing was charged."
)


def how_to_ask(bot: str) -> str:
    """Tell what can be done with words; `bot` mentions the bot."""
    return (
        "**There is no picture in what you sent or replied to.**\n"
        f"Attach one to a message with {bot} and what to change, or reply to one of this bot's. "
        f"Any other: {by_menu(Kind.EDIT)} /imagine paints a new one from your words.\n-# Nothing was charged."
    )


def words_hidden(bot: str) -> str:
    """Tell somebody who replied to a result without a ping."""
    return (
        "**Discord hides the words of such a reply from bots.**\n"
        "To change this picture, press **Edit…** under it; "
        f"or leave the reply's @ on, or write {bot} in your words.\n"
        "-# This hint is shown once here. Nothing was charged."
    )
