"""`spark-bot previews`: has a picture of each style made, once, on the operator's word and at the operator's cost.

It is no member's money: no ledger, budget or limit counts it. What was paid stands in the folder and in the log.
"""

from collections.abc import Callable, Sequence
from typing import Final

import structlog

import spark
from bot.domain.money import usd_text
from bot.domain.prices import RECENT, Price
from bot.jobs.estimates import Estimates
from bot.operator.beside import NotOpened, opened_beside
from bot.settings import Settings, required
from bot.sheets.drawing import draw_sheets
from bot.sheets.folder import BASE, StyleFolder
from bot.sheets.making import BASE_REQUEST, PaidAndLost, Plan, fitted, make, plan
from bot.store import TaskStore
from bot.wording.prices import price_text
from spark.clock import SystemClock

_log = structlog.get_logger()
_LEARNT_FROM: Final = 50 * RECENT

Say = Callable[[str], None]
Ask = Callable[[str], bool]


class PreviewsRefused(Exception):
    """Nothing is made; the text says why."""


async def previews(settings: Settings, picture: bytes | None, *, yes: bool, ask: Ask, say: Say) -> bool:
    """Make what is missing and draw the sheets; give whether every style has its picture.

    `picture` is what they are made from, where Spark is not to paint one. `yes` answers what it costs, but not
    whether something may be paid for twice.

    Raises `SettingsInvalid`, `PreviewsRefused`, `FolderInUse`, `ImageRefused`, `NotDrawn`.
    """
    key = required(settings.spark.api_key, "spark", "api_key")
    folder = StyleFolder(settings.styles_folder)
    with folder.held_alone():
        if picture is not None:
            await _take_base(folder, picture)
        planned = plan(folder)
        prices = await _prices(settings, folder)
        names = [*planned.to_fetch, *_agreed_to(planned, prices, yes=yes, ask=ask, say=say)]
        if BASE not in names and not folder.has_picture(BASE):
            raise PreviewsRefused("Without a picture to begin with there are none; give one with --picture.")
        if names:
            await _make(settings, key, folder, sorted(names, key=lambda name: name != BASE), prices, say)
        await draw_sheets(folder)
        left = plan(folder)
        missing = [_named(name) for name in (*left.to_pay, *left.unclear, *left.to_fetch)]
        if missing:
            say(f"Without a picture: {', '.join(missing)}. Run it again; what is there is not paid for again.")
        else:
            say(f"Every style has its picture, in {folder.path}. /stylize shows them from now on.")
        return not missing


async def _take_base(folder: StyleFolder, picture: bytes) -> None:
    """Keep the picture that was given; raises `PreviewsRefused` where the styles are made from another one."""
    given = await fitted(picture)
    if folder.sent() and folder.picture(BASE) != given:
        raise PreviewsRefused(f"The styles are made from another picture. To begin anew, remove {folder.path}.")
    folder.keep_picture(BASE, given)


async def _prices(settings: Settings, folder: StyleFolder) -> dict[str, Price]:
    """Expect what a style costs (by its model's name), and the base: as paid here before, else as learnt."""
    estimates = await _estimates(settings)
    side = spark.DEFAULT_SIDE
    prices = {
        spark.StyleTemplate.name: estimates.price_of(spark.StyleTemplate.name),
        BASE: estimates.price_of(BASE_REQUEST.name, side, side),
    }
    paid = [sent.cost_nano for name, sent in folder.sent().items() if name != BASE and sent.cost_nano is not None]
    if paid:
        prices[spark.StyleTemplate.name] = Price(max(paid), learnt=True)
    return prices


async def _estimates(settings: Settings) -> Estimates:
    estimates = Estimates(settings.estimates.first_price, SystemClock(), exact=settings.estimates.exact)
    try:
        async with opened_beside(settings.database.url, read_only=True) as database:
            for task in await TaskStore(database).recent_successes(_LEARNT_FROM):
                estimates.learn(task)
    except NotOpened as unknown:
        _log.debug("previews.prices_of_the_settings", reason=str(unknown))
    return estimates


def _agreed_to(planned: Plan, prices: dict[str, Price], *, yes: bool, ask: Ask, say: Say) -> Sequence[str]:
    """Give what the operator wants to pay for; raises `PreviewsRefused` where that is not what it costs."""
    names = list(planned.to_pay)
    if names:
        say(f"To be made: {_cost_text(names, prices)}. Your key pays; no member's limit and no ledger counts it.")
        if not yes and not ask("Go on?"):
            raise PreviewsRefused("Nothing was sent.")
    if planned.unclear:
        listed = ", ".join(map(_named, planned.unclear))
        say(f"Sent before, and no picture came: {listed}. They may be paid for already.")
        if yes:
            say("They are left out: run it without --yes to be asked about them.")
        elif ask(f"Pay for them (once more)? {_cost_text(planned.unclear, prices)}."):
            names += planned.unclear
    return names


def _cost_text(names: Sequence[str], prices: dict[str, Price]) -> str:
    styles = len([name for name in names if name != BASE])
    each = prices[spark.StyleTemplate.name]
    parts = [f"{styles} × a style at {price_text(each)}"] if styles else []
    total = each * styles
    if BASE in names:
        parts.append(f"the picture to begin with at {price_text(prices[BASE])}")
        total += prices[BASE]
    return f"{' and '.join(parts)}, {price_text(total)} in all"


async def _make(
    settings: Settings, key: str, folder: StyleFolder, names: Sequence[str], prices: dict[str, Price], say: Say
) -> None:
    paid = 0
    async with spark.Client(key, str(settings.spark.base_url)) as client:
        for name in names:
            expected = prices[BASE if name == BASE else spark.StyleTemplate.name]
            try:
                charged = await make(client, folder, name)
            except (spark.TaskFailed, PaidAndLost) as failed:
                _log.warning("previews.not_made", style=name, reason=str(failed))
                say(f"{_named(name)}: {failed}")
                if name == BASE:
                    break
                continue
            except spark.SparkError as error:
                _log.warning("previews.stopped", style=name, reason=error.summary)
                say(f"{_named(name)}: {error.summary} Stopped here.")
                break
            _log.info("previews.made", style=name, charged=None if charged is None else usd_text(charged))
            say(f"{_named(name)}: {'fetched' if charged is None else usd_text(charged)}")
            paid += charged or 0
            if charged is not None and charged > expected.nano:
                say(f"That is more than the {usd_text(expected.nano)} that you were told. Stopped here.")
                break
    say(f"Paid in all: {usd_text(paid)}.")


def _named(name: str) -> str:
    return "The picture to begin with" if name == BASE else spark.STYLES[name].label
