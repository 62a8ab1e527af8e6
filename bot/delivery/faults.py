"""What Discord's refusals mean for a delivery."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.jobs.ports import DeliveryFailed

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
FILE_TOO_LARGE = 40005
MISSING_ACCESS = 50001
MISSING_PERMISSIONS = 50013
THREAD_ARCHIVED = 50083
THREAD_EXISTS = 160004
BLOCKED_BY_AUTOMOD = frozenset({200000, 200001})

PLACE_LOST = frozenset({UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS, THREAD_ARCHIVED})
"""The place cannot be written to; another one may be."""


@contextmanager
def delivery_faults() -> Iterator[None]:
    """Turn what discord.py raises into `DeliveryFailed`, telling whether it may pass."""
    try:
        yield
    except discord.DiscordServerError as error:
        raise DeliveryFailed(f"Discord is in trouble ({error.status})", may_pass=True) from error
    except discord.HTTPException as error:
        raise DeliveryFailed(f"Discord refused: {error}", may_pass=error.status == 429) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise DeliveryFailed(f"Discord cannot be reached: {error!r}", may_pass=True) from error
