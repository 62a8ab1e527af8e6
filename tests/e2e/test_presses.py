"""How many presses and requests each gesture takes now, as docs/conversation.md says."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sandbox.discord import Interaction, Message
from sandbox.discord.http.request_log import LoggedRequest
from sandbox.discord.model.components import every
from sandbox.spark.latency import Latency
from tests.e2e.harness import Harness
from tests.e2e.pressing import answered, chosen, labels, private, submitted
from tests.e2e.styles import head, order_button
from tests.e2e.talking import edited, note_to, say

PAGE = Path(__file__).parents[2] / "docs" / "conversation.md"
ROW = re.compile(r"^\| (.+?) \| [^|]+ \| \**(\d+)\** \| [^|]+ \| \**(\d+) \+ (\d+)\** \|$", re.MULTILINE)
NOT_COUNTED = re.compile(r"/(interactions|webhooks)/.*")


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(4.0)


class Tally:
    """Alice's presses, and the requests that come of them."""

    def __init__(self, bot: Harness) -> None:
        self.bot = bot
        self.seen: dict[str, tuple[int, int, int]] = {}
        self._presses = self._mark = 0

    async def type(self, name: str, **options: Any) -> Interaction:
        self._presses += 1
        return await self.bot.command(name, **options)

    async def press(self, message: Message, button: str) -> Interaction:
        self._presses += 1
        return await self.bot.click(self.bot.alice, message, button)

    async def card(self, message: Message, button: str) -> Message:
        return await private(self.bot, await self.press(message, button))

    async def choose(self, message: Message, select: str, option: str) -> Interaction:
        self._presses += 1
        return await chosen(self.bot, self.bot.alice, message, select, option)

    async def fill(self, opened: Interaction, words: str) -> Interaction:
        self._presses += len(("words", "Submit"))
        return await submitted(self.bot, opened, **{"What to change": words})

    async def reply(self, message: Message, words: str) -> Message:
        self._presses += len(("Reply", "words"))
        return await say(self.bot, words, reply_to=message)

    async def done(self, gesture: str) -> None:
        """Wait until all is done, and note what it took."""
        await self.bot.done(tick=1)
        await self.bot.rest()  # something goes on beside jobs
        new = [each for each in self.bot.discord.requests.requests[self._mark :] if not _is_late(each)]
        beside = sum(1 for each in new if NOT_COUNTED.fullmatch(each.path))
        self.seen[gesture] = (self._presses, len(new) - beside, beside)
        self._presses, self._mark = 0, len(self.bot.discord.requests)


def _is_late(request: LoggedRequest) -> bool:
    """Whether it says that a picture takes longer than was foreseen."""
    return isinstance(request.body, dict) and "any moment now" in str(request.body.get("content"))


def _priced(page: Message, name: str) -> str:
    return next(str(each["label"]) for each in every(page.components) if str(each.get("label")).startswith(name))


def told() -> Mapping[str, tuple[int, int, int]]:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    return {name: (int(presses), int(counted), int(beside)) for name, presses, counted, beside in rows}


@pytest.mark.timeout(300)
async def test_each_gesture_takes_the_presses_and_requests_that_the_docs_say(bot: Harness) -> None:
    tally = Tally(bot)
    await tally.done("connecting")
    one = await bot.posted(await tally.type("/imagine", prompt="a red fox"), tick=1)
    await tally.done("`/imagine`, one picture")
    four = await bot.posted(await tally.type("/imagine", prompt="a blue fox", count=4), tick=1)
    await tally.done("`/imagine`, four")
    await bot.posted(await tally.press(one, "Again"), tick=1)
    await tally.done("Again")
    night = await bot.posted(await tally.fill(await tally.press(one, "Edit"), "make it night"), tick=1)
    await tally.done("Edit")
    card = await tally.card(four, "3")
    await bot.posted(await tally.fill(await tally.press(card, "Edit"), "make it night"), tick=1)
    await tally.done("Edit picture 3 of four")
    await edited(bot, await tally.reply(four, "#3 at night"), tick=1)
    await tally.done('the same by a reply, "#3 at night"')
    await _styled(bot, tally, one)
    for name in ("Vary ×4", "Again in HD"):
        card = await tally.card(four, "3")
        await bot.posted(await tally.press(card, _priced(card, name)), tick=1)
        await tally.done(name)
    for name, message in (("Details", one), ("Compare", night), ("Favourite", one), ("Spoiler", night)):
        await tally.press(await tally.card(message, "⋯ More"), name)
        await tally.done(name)
    question = await tally.card(await tally.card(one, "⋯ More"), "Delete")
    await tally.press(question, "Delete it")
    await bot.until(lambda: question.components == [])
    await tally.done("Delete")
    await edited(bot, await tally.reply(four, "the second at night"), tick=1)
    await tally.done("a reply that edits at once")
    await _asked_about(bot, tally, night)
    history = await private(bot, await tally.type("/history"))
    [select] = [each for each in every(history.components) if each.get("placeholder") == "Open one…"]
    await tally.choose(history, "Open one…", select["options"][0]["label"])
    await tally.done("`/history`, and one picture of it")
    del tally.seen["connecting"]
    assert tally.seen == told()


async def _styled(bot: Harness, tally: Tally, picture: Message) -> None:
    page = await tally.card(picture, "Style")
    await tally.choose(page, "Choose a style…", "Watercolor Style")
    await bot.until(lambda: "**Watercolor Style**" in head(page))
    await bot.posted(await answered(bot, await tally.press(page, order_button(page)["custom_id"])), tick=1)
    await tally.done("Style")


async def _asked_about(bot: Harness, tally: Tally, picture: Message) -> None:
    said = await tally.reply(picture, "a cowboy hat")
    question = await note_to(bot, said)
    await tally.press(question, labels(question)[0][0])
    await edited(bot, said, tick=1)
    await tally.done("a reply that is asked about")
