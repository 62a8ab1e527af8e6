"""`spark-bot privacy`: exports or erases what is kept of one person, for requests that reach the operator.

It does what `/privacy` does, beside the bots that run or without any, and keeps a record of it.
"""

import asyncio
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.privacy import Erasure, month_of
from bot.domain.refusals import Refusal
from bot.jobs.privacy import Privacy
from bot.operator.beside import opened_beside
from bot.settings import Settings
from bot.store import Store
from bot.store.personal_data import Kept
from bot.usage.personal_data import PersonalData
from bot.wording.actions import ERASED_PERSON, EXPORTED_PERSON
from bot.wording.text import listed
from spark.clock import Clock

Say = Callable[[str], None]
Ask = Callable[[str], bool]

_NO_LIMIT: Final = 2**63
_ID_DIGITS: Final = range(15, 21)
"""How many digits an id of Discord's has: it counts milliseconds since 2015."""


class RequestRefused(Exception):
    """Nothing was done; the text says why."""


def person_named(written: str) -> int:
    """Read a person's id as an operator writes it; raises `RequestRefused`."""
    if not (written.isascii() and written.isdigit() and len(written) in _ID_DIGITS and int(written) < 2**63):
        raise RequestRefused(
            f"{written} is nobody's id: Copy User ID gives it in Discord, once Developer Mode is on "
            "(Settings → Advanced)"
        )
    return int(written)


async def export(settings: Settings, user_id: int, out: Path, clock: Clock) -> str:
    """Write all that is kept of a person to a file that is not there yet; gives what to say.

    Raises `RequestRefused`, `NotOpened`.
    """
    async with opened_beside(settings.database.url, read_only=False) as database:
        store = Store.over(database)
        kept = await _kept(store, user_id)
        async with PersonalData(store, clock).export(user_id, _NO_LIMIT) as written:
            await asyncio.to_thread(_copy, written.file, out)
        await _record(store, user_id, ActionKind.EXPORT, EXPORTED_PERSON, clock)
    return f"{out}: {_kept_text(kept)}. Hand it to nobody but this person."


async def erase(
    settings: Settings, user_id: int, clock: Clock, rng: random.Random, *, yes: bool, ask: Ask, say: Say
) -> str:
    """Erase what is kept of a person, as they could themselves; gives what to say.

    Raises `RequestRefused`, `NotOpened`.
    """
    async with opened_beside(settings.database.url, read_only=False) as database:
        store = Store.over(database)
        kept = await _kept(store, user_id)
        say(f"Kept of {user_id}: {_kept_text(kept)}.")
        say(
            "All of it goes but for what moderators decided and for what each order has cost, which goes under a "
            "random number in place of the person: of past months at once, of this month when it is over. What "
            "stands in Discord stays there."
        )
        if not yes and not ask("Erase it? It cannot be brought back."):
            raise RequestRefused("Nothing was erased.")
        try:
            erasure = await Privacy(store, settings.privacy.keeping, clock, rng).erase(user_id)
        except Refusal:
            raise RequestRefused(
                f"Nothing was erased: something of {user_id} is still on the way. Run it again once that is there."
            ) from None
        await _record(store, user_id, ActionKind.ERASE, ERASED_PERSON, clock)
    return _erased_text(erasure)


async def _kept(store: Store, user_id: int) -> Kept:
    kept = await store.personal_data.kept(user_id)
    if kept == Kept():
        raise RequestRefused(f"Nothing is kept of {user_id}: they have never used this bot, or all of it is gone.")
    return kept


async def _record(store: Store, user_id: int, kind: ActionKind, what: str, clock: Clock) -> None:
    action = Action(0, 0, kind, About.MEMBER, user_id, what, None, clock.now_ms())
    await store.moderation.record_told(action)


def _copy(written: IO[bytes], out: Path) -> None:
    """Write a new file that its owner alone may read; nothing is left of one that could not be completed."""
    try:
        out.touch(0o600, exist_ok=False)
        try:
            with out.open("wb") as file:
                shutil.copyfileobj(written, file)
        except OSError:
            out.unlink()
            raise
    except FileExistsError:
        raise RequestRefused(f"{out} is there already: name another file with --out") from None
    except OSError as error:
        raise RequestRefused(f"{out} cannot be written: {error.strerror}") from None


def _kept_text(kept: Kept) -> str:
    counts = (
        (kept.jobs, "order", "orders"),
        (kept.with_words, "of them with its words", "of them with their words"),
        (kept.pictures, "picture", "pictures"),
        (kept.refusals, "refusal", "refusals"),
        (kept.favourites, "favourite", "favourites"),
        (kept.begun, "thing begun and not sent", "things begun and not sent"),
        (kept.decisions, "decision of moderators", "decisions of moderators"),
    )
    told = [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
    return listed([*told, "their settings"] if kept.settings else told)


def _erased_text(erasure: Erasure) -> str:
    left = f"What they spent in {month_of(erasure.asked_at)} goes under a random number once that month is over."
    if erasure.repeated:
        return f"Erased before, and nothing has come since. {left}"
    orders = "1 order" if erasure.jobs == 1 else f"{erasure.jobs:,} orders"
    return f"Erased: words, options, pictures and links of {orders}. {left}"
