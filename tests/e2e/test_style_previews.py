"""`spark-bot previews`: what it costs is told and asked; nothing is knowingly paid for twice, whatever ends it."""

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

import spark
from bot.domain.styles import StyleGroup
from bot.operator.previews import PreviewsRefused, previews
from bot.settings import load
from bot.sheets.folder import BASE, FolderInUse, Sent, StyleFolder
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import Trouble
from spark.clock import SystemClock
from spark.images.provenance import FROM_A_PICTURE
from tests.spark.images.pictures import encoded, scene
from tests.spark.images.told import told_in

PICTURE = encoded(scene(640, 800), "PNG")


class Operator:
    """Runs the command, and hears what it says."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.settings = load(None, environment)
        self.folder = StyleFolder(self.settings.styles_folder)
        self.said: list[str] = []
        self.asked: list[str] = []

    async def run(self, picture: bytes | None = PICTURE, *answers: bool, yes: bool = False) -> bool:
        self.said.clear()
        self.asked.clear()
        given = iter(answers)

        def ask(question: str) -> bool:
            self.asked.append(question)
            return next(given)

        return await previews(self.settings, picture, yes=yes, ask=ask, say=self.said.append)

    def says(self, part: str) -> bool:
        return any(part in line for line in self.said)


@pytest.fixture
async def sandbox() -> AsyncIterator[SparkSandbox]:
    async with SparkSandbox(
        clock=SystemClock(), rng=random.Random(3), latency=Latency.instant(), paint=swatch
    ) as sandbox:
        yield sandbox


@pytest.fixture
def operator(sandbox: SparkSandbox, tmp_path: Path) -> Operator:
    address = {"SPARK_BASE_URL": sandbox.base_url, "SPARK_API_KEY": "sandbox-key"}
    return Operator({**address, "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"})


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the sheets, which take longer to draw than all else here."""

    async def draw_sheets(_: StyleFolder) -> None:
        pass

    monkeypatch.setattr("bot.operator.previews.draw_sheets", draw_sheets)


async def test_it_says_what_it_costs_and_makes_nothing_without_a_yes(
    operator: Operator, sandbox: SparkSandbox
) -> None:
    with pytest.raises(PreviewsRefused, match=r"Nothing was sent\."):
        await operator.run(None, False)
    assert operator.asked == ["Go on?"]
    assert operator.says(
        "22 × a style at about $0.03 and the picture to begin with at about $0.03, about $0.69 in all"
    )
    assert operator.says("no ledger counts it")
    assert sandbox.submits == []


async def test_it_makes_a_picture_to_begin_with_and_one_of_each_style_and_draws_their_sheets(
    operator: Operator, sandbox: SparkSandbox
) -> None:
    assert await operator.run(None, True)
    first, *styles = sandbox.submits
    assert first.model == spark.TextToImage.name
    assert len({(each.params["req_key"], each.params.get("sub_req_key")) for each in styles}) == len(styles) == 22
    assert operator.says("Paid in all: $0.1165.")
    assert sandbox.bill == Decimal("0.1165")
    for group in StyleGroup:
        sheet = await operator.folder.sheet(group)
        assert sheet is not None
        assert sheet[8:12] == b"WEBP"
        assert told_in(sheet) == {"DigitalSourceType": FROM_A_PICTURE}
    assert await operator.run(None)
    assert operator.asked == []
    assert len(sandbox.submits) == 23


@pytest.mark.usefixtures("undrawn")
async def test_it_goes_on_where_it_was_killed_and_pays_for_nothing_twice(
    operator: Operator, sandbox: SparkSandbox
) -> None:
    anime = spark.STYLES["anime"].req_key
    never = Trouble("submit", "never", where=lambda params: params.get("req_key") == anime)
    looked_at = Trouble("status", "hang")
    for trouble in (never, looked_at):
        sandbox.trouble.add(trouble)
    operator.folder.keep_picture(BASE, PICTURE)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "previews", "--yes"), env={**os.environ, **operator.environment}
    )
    await asyncio.wait_for(looked_at.reached.wait(), 30)
    process.kill()
    await process.wait()
    assert [operator.folder.has_picture(slug) for slug in ("influencer-anime", "anime")] == [True, False]

    looked_at.release()
    sandbox.finish(sandbox.submits[-1].task_id or "")
    assert await operator.run(None, True)
    assert operator.says("20 × a style at $0.005, $0.10 in all")
    assert operator.says("Anime Style: $0.005")
    assert len(sandbox.submits) == 22
    assert sandbox.bill == Decimal("0.11")


@pytest.mark.usefixtures("undrawn")
async def test_what_may_be_paid_for_already_is_asked_about_and_left_out_by_yes(
    operator: Operator, sandbox: SparkSandbox
) -> None:
    sandbox.trouble.add(Trouble("submit", "reset", accepted=True))
    assert not await operator.run(yes=True)
    assert operator.says("Stopped here.")
    assert len(sandbox.submits) == 1

    assert not await operator.run(yes=True)
    assert operator.says("Sent before, and no picture came: Influencer Anime Style.")
    assert operator.says("Without a picture: Influencer Anime Style.")
    assert len(sandbox.submits) == 22

    assert not await operator.run(PICTURE, False)
    assert len(sandbox.submits) == 22
    assert await operator.run(PICTURE, True)
    assert operator.asked == ["Pay for them (once more)? 1 × a style at $0.005, $0.005 in all."]
    assert len(sandbox.submits) == 23


@pytest.mark.usefixtures("undrawn")
async def test_a_price_above_what_was_told_stops_it(operator: Operator, sandbox: SparkSandbox) -> None:
    prices = operator.settings.estimates.model_copy(update={"spark_style_template": Decimal("0.001")})
    operator.settings = operator.settings.model_copy(update={"estimates": prices})
    assert not await operator.run(yes=True)
    assert operator.says("That is more than the $0.001 that you were told. Stopped here.")
    assert len(sandbox.submits) == 1
    assert await operator.run(PICTURE, True)
    assert operator.says("21 × a style at $0.005, $0.105 in all")


async def test_a_style_that_fails_is_named_and_the_others_are_made(
    operator: Operator, sandbox: SparkSandbox
) -> None:
    sandbox.trouble.add(Trouble("submit", "fail", code="003008099"))
    assert not await operator.run(yes=True)
    assert operator.says("Without a picture: Influencer Anime Style.")
    assert await operator.run(yes=True)


async def test_another_picture_to_begin_with_is_refused(operator: Operator) -> None:
    operator.folder.keep_picture(BASE, b"another")
    operator.folder.note("doll", Sent("7"))
    with pytest.raises(PreviewsRefused, match="made from another picture"):
        await operator.run(yes=True)


async def test_two_at_once_are_one(operator: Operator) -> None:
    with operator.folder.held_alone(), pytest.raises(FolderInUse):
        await operator.run(yes=True)
