"""What people are told who wrote to the bot in a way that it cannot act on."""

from typing import Final

from bot.domain.kinds import Kind
from bot.wording.pictures_not_found import by_menu

NO_WORDS: Final = "**Say what to change.** Reply to a picture with words such as “make it night”."


def how_to_ask(bot: str) -> str:
    """Tell what can be done with words; `bot` mentions the bot."""
    return (
        f"**Which picture?** Attach one to a message with {bot}, or reply to one, and say what to change.\n"
        f"-# Any other: {by_menu(Kind.EDIT)} /imagine paints a new one from your words."
    )


def words_hidden(bot: str) -> str:
    """Tell somebody who replied to a result without a ping how their words get through."""
    return (
        "**Discord hides the words of your reply from me.** Write them in **Edit**.\n"
        f"-# With the reply's @ left on, or {bot} in your words, I read them."
    )
