"""What a server reads when the bot has come to it."""

from typing import Final

WELCOME: Final = "\n".join(
    [
        "**Hello! I make pictures from words, and change pictures that you show me.**",
        "1. Try it: `/imagine prompt:a red fox in snow`",
        "2. Moderators: `/spend check` shows whether all is set up, and what to press where it is not.",
        "3. Then choose a log channel with `/spend settings`, and what may be spent with `/spend limit`.",
    ]
)
