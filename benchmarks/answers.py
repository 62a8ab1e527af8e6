"""How long people wait for the first answer to /imagine, beside ten lines of discord.py that only defer.

From the moment Discord sends the event to the moment the answer arrives there, both stamped in Discord's process.
In turn: the bots take turns command by command, so that whatever else the machine does befalls all of them, and so
that each rests as long as the others; Spark is done at once, and the next command is typed when the picture of the
one before stands. At once: that many people type in the same moment.

The yardstick runs on asyncio's usual loop, and on the loop that the bot runs on, where that is another one.
"""

import asyncio
import gc
import statistics
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from typing import Final, TypeAlias

from benchmarks.rows import Row, Scale
from benchmarks.stage import BOT, DEFERRING, Bots, Contestant, contestants, percentile
from benchmarks.watched import LOOP
from sandbox.discord import Interaction

_USUAL: Final = "asyncio"
_WARM: Final = 10
_PATIENCE: Final = 300.0
_SETTLING: Final = 0.02
"""Seconds after a picture stands, in which is written down what a bot still writes down."""

_Round: TypeAlias = Mapping[str, Sequence[float]]
"""The seconds that people waited for each of the bots."""


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Measure answers in turn, and at once."""
    async with AsyncExitStack() as resources:
        bots: Bots = {"bot": ((BOT,), {}), _USUAL: ((DEFERRING,), {})}
        compared = dict(await resources.enter_async_context(contestants(bots)))
        same = (compared["bot"].folder / LOOP).read_text(encoding="ascii")
        if same not in compared:
            others: Bots = {same: ((DEFERRING, same), {})}
            compared |= await resources.enter_async_context(contestants(others))
        for each in compared.values():
            asked = [await each.imagines(member) for member in each.people(_WARM)]
            await _over(each, asked)
        with _no_collection():
            in_turn = [await _in_turn(compared, scale.answers) for _ in range(scale.rounds)]
            at_once = [await _at_once(compared, scale.at_once) for _ in range(scale.rounds)]
    what = f"{scale.answers:,} answers in turn, p99, beside ten lines"
    yield _row(f"{what} on the usual loop", 1.0, in_turn, _USUAL)
    yield _row(f"{what} on the same loop ({same})", 1.3, in_turn, same)
    yield _row(f"{scale.at_once} answers at once, p99, beside ten lines", 1.0, at_once, _USUAL)


def _row(what: str, goal: float, rounds: Sequence[_Round], yardstick: str) -> Row:
    def ratios(share: float) -> list[float]:
        return [percentile(each["bot"], share) / percentile(each[yardstick], share) for each in rounds]

    def milliseconds(name: str) -> str:
        p99, p50 = (statistics.median(percentile(each[name], share) for each in rounds) for share in (0.99, 0.5))
        return f"p99 {p99 * 1000:.1f} ms, p50 {p50 * 1000:.1f} ms"

    of_rounds = " ".join(f"{ratio:.2f}" for ratio in ratios(0.99))
    beside = (
        f"{milliseconds('bot')}; ten lines: {milliseconds(yardstick)}; "
        f"p50 {statistics.median(ratios(0.5)):.2f} ×; rounds: {of_rounds}"
    )
    return Row(what, statistics.median(ratios(0.99)), goal, "x", beside)


async def _in_turn(bots: Mapping[str, Contestant], count: int) -> _Round:
    asked: dict[str, list[Interaction]] = {name: [] for name in bots}
    for _ in range(count):
        for name, bot in bots.items():
            [member] = bot.people(1)
            asked[name].append(await bot.imagines(member))
            await _over(bot, asked[name][-1:])
    return {name: bot.waits(asked[name]) for name, bot in bots.items()}


async def _at_once(bots: Mapping[str, Contestant], count: int) -> _Round:
    waits = {}
    for name, bot in bots.items():
        people = bot.people(count)
        asked = [await bot.imagines(member) for member in people]
        await _over(bot, asked)
        waits[name] = bot.waits(asked)
    return waits


async def _over(bot: Contestant, asked: Sequence[Interaction]) -> None:
    """Wait until nothing more comes of these."""
    for each in asked:
        await bot.answers(each)
    if bot.makes_pictures:
        await bot.delivers(asked, _PATIENCE)
        await asyncio.sleep(_SETTLING)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep this process, which stamps, from stopping to look for garbage."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
