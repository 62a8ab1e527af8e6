"""What Discord's refusals mean for a delivery."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import discord
import structlog

from bot.domain.incidents import incident_id
from bot.domain.progress import Hindrance
from bot.interactions.responses import LOST
from bot.jobs.ports import DeliveryFailed
from bot.wording import hindrances

_log = structlog.get_logger()

UNKNOWN_CHANNEL = 10003
UNKNOWN_GUILD = 10004
UNKNOWN_MESSAGE = 10008
EXPLICIT_CONTENT = 20009
"""Discord takes a picture for explicit, and lets it go neither there nor, perhaps, to this person."""
FILE_TOO_LARGE = 40005
MISSING_ACCESS = 50001
NO_DIRECT_MESSAGES = frozenset({50007, 50278})
"""The person takes none from this bot, or is on no server with it."""
NOT_A_TEXT_CHANNEL = 50008
MISSING_PERMISSIONS = 50013
WRONG_CHANNEL_TYPE = 50024
INVALID_WEBHOOK_TOKEN = 50027
"""The life of an interaction's token is over."""
INVALID_FORM_BODY = 50035
THREAD_ARCHIVED = 50083
THREAD_EXISTS = 160004
THREAD_LOCKED = 160005
TOO_MANY_THREADS = frozenset({160006, 160007})
BLOCKED_BY_AUTOMOD = frozenset({200000, 200001})

PLACE_LOST = (
    frozenset(
        {
            UNKNOWN_CHANNEL,
            UNKNOWN_GUILD,
            EXPLICIT_CONTENT,
            MISSING_ACCESS,
            NOT_A_TEXT_CHANNEL,
            MISSING_PERMISSIONS,
            WRONG_CHANNEL_TYPE,
            THREAD_ARCHIVED,
            THREAD_LOCKED,
        }
    )
    | NO_DIRECT_MESSAGES
    | TOO_MANY_THREADS
    | BLOCKED_BY_AUTOMOD
)
"""The place does not take it; another one may."""
_PASSING_STATUSES = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})
"""The second is a proxy's, where what it asked Discord took too long."""
_PASSES = frozenset({20016, 20028, 20029, 30046, 40062, 130000})
"""Limits of a channel's, a server's or old messages' rate, and overload, under whatever status they come."""


def is_too_large(refused: discord.HTTPException) -> bool:
    """Whether a message was refused for the bytes of its files."""
    return refused.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or refused.code == FILE_TOO_LARGE


def is_about_files(refused: discord.HTTPException) -> bool:
    """Whether a message would have been taken without its files."""
    return is_too_large(refused) or refused.code in {EXPLICIT_CONTENT, MISSING_PERMISSIONS}


@contextmanager
def delivery_faults() -> Iterator[None]:
    """Turn what discord.py raises into `DeliveryFailed`, telling whether it may pass."""
    try:
        yield
    except discord.DiscordServerError as error:
        raise DeliveryFailed(hindrances.discord_in_trouble(error.status), may_pass=True) from error
    except discord.HTTPException as error:
        may_pass = error.status in _PASSING_STATUSES or error.code in _PASSES
        raise DeliveryFailed(
            hindrances.discord_refused(str(error)), may_pass=may_pass, hindrance=_hindrance(error)
        ) from error
    except LOST as error:
        raise DeliveryFailed(hindrances.discord_unreachable(repr(error)), may_pass=True) from error


def _hindrance(refused: discord.HTTPException) -> Hindrance:
    """Say what a refusal is, and who can mend it; one of a single place is told by `bot.delivery.fallbacks`."""
    if refused.code == EXPLICIT_CONTENT:
        return hindrances.TAKEN_FOR_EXPLICIT
    if refused.code in PLACE_LOST:
        return hindrances.NOT_LET
    if refused.code == INVALID_FORM_BODY:
        incident = incident_id(refused)
        _log.error("delivery.malformed", incident=incident, exc_info=refused)
        return hindrances.bot_broke(incident)
    if refused.status == HTTPStatus.UNAUTHORIZED:
        return hindrances.token_not_accepted()
    if is_too_large(refused):
        return hindrances.too_large()
    return hindrances.refused_with(refused.text)
