"""Whether what a person has written holds a listed word: asked of every text that an order gives to Spark."""

from typing import TypeAlias

from bot.domain.jobs import Order
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.moderation.words import WordList, texts_in, word_list
from bot.orders.picture_orders import PictureOrder
from bot.wording.listed_words import listed_everywhere, listed_here

Texts: TypeAlias = frozenset[str]
"""What a person has written in an order, each text once."""


def texts_of(order: Order | PictureOrder) -> Texts:
    """Give what a person has written in an order, or in one that it does once more."""
    if isinstance(order, PictureOrder):
        return frozenset(texts_in(order.request.settings()))
    return frozenset(text for task in order.tasks for text in texts_in(task.params))


def require_unlisted(texts: Texts, rules: ServerRules, everywhere: WordList) -> None:
    """Raise `ListedWords` where a text holds a word that a server lists, or the operator does for `everywhere`."""
    here = word_list(rules.words)
    for text in texts:
        if here.is_in(text):
            raise listed_here(text)
        if everywhere.is_in(text):
            raise listed_everywhere(text)
