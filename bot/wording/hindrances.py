"""What keeps Discord from taking or handing out something, and who can mend it.

All of it is said in the midst of a sentence: after "because", or after a colon.
"""

from typing import Final

from bot.domain.progress import Hindrance
from bot.wording.text import plain

NOT_LET: Final = Hindrance(
    "Discord does not let me post it", "ask a moderator to check what I may do in this channel"
)
TAKEN_FOR_EXPLICIT: Final = Hindrance(
    "Discord takes it for explicit, and lets no copy of it stand",
    "ask a moderator about the filter for explicit pictures here",
)
"""Of a copy for Spark; a result's own place has `taken_for_explicit`."""
NO_THREAD_OPENED: Final = "Discord opened no thread for it"
THE_THREAD: Final = "the thread for it"
"""A place: the thread that a job's result stands in, or should."""
WHERE_ASKED: Final = "the place where you asked"
"""A place that can no longer be shown by its name."""
_TELL: Final = "tell whoever runs this bot"
_WRITE: Final = "let me write to you"
_QUOTED_MAX: Final = 200


def discord_in_trouble(status: int) -> str:
    """Say that Discord answers with an error of its own, an HTTP status."""
    return f"Discord is in trouble ({status})"


def discord_refused(said: str) -> str:
    """Say that Discord refused something, in the words of the library."""
    return f"Discord refused: {said}"


def discord_unreachable(said: str | None = None) -> str:
    """Say that there is no way to Discord, in the library's words where it has some."""
    return "Discord cannot be reached" if said is None else f"Discord cannot be reached: {said}"


def discord_too_slow() -> str:
    """Say that Discord has not answered."""
    return "Discord did not answer in time"


def bot_broke(incident: str) -> Hindrance:
    """Say that the bot has sent what cannot be sent, and under which incident's id the log tells of it."""
    return Hindrance(f"something in me broke (incident `{incident}`)", _TELL)


def token_not_accepted() -> Hindrance:
    """Say that the bot cannot log in any more."""
    return Hindrance("Discord does not let me in any more", _TELL)


def too_large() -> Hindrance:
    """Say that a message has too many bytes."""
    return Hindrance("Discord takes it for too large", _TELL)


def refused_with(said: str) -> Hindrance:
    """Say that Discord refused something for a reason that only its own words tell."""
    return Hindrance(f'Discord refused it, saying "{plain(said or "nothing", _QUOTED_MAX)}"', _TELL)


def place_gone(place: str) -> Hindrance:
    """Say that a channel or its server is no more."""
    return Hindrance(f"{place} is gone", _WRITE)


def no_picture_small_enough(place: str) -> Hindrance:
    """Say that a picture was refused for its bytes at whatever size."""
    return Hindrance(f"Discord takes no picture in {place}, however small", _WRITE)


def no_direct_messages() -> Hindrance:
    """Say that a person has closed their direct messages."""
    return Hindrance("you take no direct messages from me", _WRITE)


def place_locked(place: str, *, on_server: bool) -> Hindrance:
    """Say that a thread is closed."""
    return Hindrance(f"{place} is locked", _ask(on_server=on_server))


def place_hidden(place: str, *, on_server: bool) -> Hindrance:
    """Say that the bot may not see a channel."""
    return Hindrance(f"I can no longer see {place}", _ask(on_server=on_server))


def too_many_threads(place: str, *, on_server: bool) -> Hindrance:
    """Say that a thread cannot be opened again beside all others."""
    why = f"{place} is archived, and the server has no room for another active thread"
    return Hindrance(why, _ask(on_server=on_server))


def blocked_by_automod(place: str, *, on_server: bool) -> Hindrance:
    """Say that a server's AutoMod takes nothing of it."""
    return Hindrance(f"this server's AutoMod blocks it in {place}", _ask(on_server=on_server))


def taken_for_explicit(place: str, *, on_server: bool) -> Hindrance:
    """Say that a filter has stopped a picture: the server's, or in direct messages the person's own."""
    mend = "look at your own filter for sensitive pictures"
    if on_server:
        mend = f"ask a moderator about this server's filter for explicit pictures, or {_WRITE}"
    return Hindrance(f"Discord takes it for explicit, and does not let me post it in {place}", mend)


def may_not_post(place: str, *, on_server: bool) -> Hindrance:
    """Say that the bot lacks a permission."""
    return Hindrance(f"I may no longer post in {place}", _ask(on_server=on_server))


def _ask(*, on_server: bool) -> str:
    return f"ask a moderator to change that, or {_WRITE}" if on_server else _WRITE
