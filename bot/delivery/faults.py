"""What Discord's refusals mean for a delivery."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import discord

from bot.components.acknowledging import LOST
from bot.jobs.ports import DeliveryFailed

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
FILE_TOO_LARGE = 40005
MISSING_ACCESS = 50001
NO_DIRECT_MESSAGES = frozenset({50007, 50278})
"""The person takes none from this bot, or is on no server with it."""
NOT_A_TEXT_CHANNEL = 50008
MISSING_PERMISSIONS = 50013
THREAD_ARCHIVED = 50083
THREAD_EXISTS = 160004
THREAD_LOCKED = 160005
TOO_MANY_THREADS = frozenset({160006, 160007})
BLOCKED_BY_AUTOMOD = frozenset({200000, 200001})

PLACE_LOST = (
    frozenset(
        {
            UNKNOWN_CHANNEL,
            MISSING_ACCESS,
            NOT_A_TEXT_CHANNEL,
            MISSING_PERMISSIONS,
            THREAD_ARCHIVED,
            THREAD_LOCKED,
        }
    )
    | NO_DIRECT_MESSAGES
    | TOO_MANY_THREADS
    | BLOCKED_BY_AUTOMOD
)
"""The place cannot be written to; another one may be."""


def is_too_large(refused: discord.HTTPException) -> bool:
    """Whether a message was refused for the bytes of its files."""
    return refused.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or refused.code == FILE_TOO_LARGE


@contextmanager
def delivery_faults() -> Iterator[None]:
    """Turn what discord.py raises into `DeliveryFailed`, telling whether it may pass."""
    try:
        yield
    except discord.DiscordServerError as error:
        raise DeliveryFailed(f"Discord is in trouble ({error.status})", may_pass=True) from error
    except discord.HTTPException as error:
        raise DeliveryFailed(f"Discord refused: {error}", may_pass=error.status == 429) from error
    except LOST as error:
        raise DeliveryFailed(f"Discord cannot be reached: {error!r}", may_pass=True) from error
