"""The README's chart: an invented month of a server."""

import random
from datetime import UTC, datetime, timedelta

from bot.domain.kinds import Kind
from bot.domain.money import NANO_PER_USD
from bot.domain.spending import Cell, ReportPeriod, Span, Spending
from bot.usage.charts import spending_chart
from bot.usage.drawing import Drawing
from tests.pictures.files import write_png

_FIRST = datetime(2026, 11, 1, tzinfo=UTC)
_DAYS = 26
_PRICES = {Kind.IMAGINE: 0.0065, Kind.EDIT: 0.008, Kind.STYLIZE: 0.005, Kind.PORTRAIT: 0.03}
_PICTURES = {Kind.IMAGINE: 48, Kind.EDIT: 19, Kind.STYLIZE: 16, Kind.PORTRAIT: 3}
"""On a usual day."""


async def make_chart() -> None:
    now = int((_FIRST + timedelta(days=_DAYS - 1, hours=12)).timestamp() * 1000)
    spending = Spending(Span.at(ReportPeriod.MONTH, now), _cells(random.Random(11)))
    chart = spending_chart(spending, "this server's spending", now)
    write_png("spend", await Drawing().png(chart))


def _cells(rng: random.Random) -> list[Cell]:
    cells = []
    for day in range(_DAYS):
        begins_at = int((_FIRST + timedelta(days=day)).timestamp())
        busy = rng.lognormvariate(0, 0.4)
        for kind, usual in _PICTURES.items():
            pictures = round(usual * busy * rng.uniform(0.6, 1.4))
            cells.append(Cell(begins_at, kind, round(pictures * _PRICES[kind] * NANO_PER_USD), 0, pictures))
    return cells
