"""What somebody has begun and not yet sent: another life of the bot knows it, and nobody else gets at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

from bot.app import opened
from bot.features.generation.attaching import AttachButton
from bot.features.generation.consent import ConsentButton
from bot.store import DatabaseAway, PendingStore
from sandbox.discord import Interaction, Message
from sandbox.discord.model.kinds import InteractionType
from spark.clock import Clock
from tests.e2e.harness import Harness
from tests.e2e.photos import photo, picture_of
from tests.e2e.pressing import answered, bot_view, labels, menu, posted_by_bot, private, submitted
from tests.e2e.styles import choose_style, head, ordered
from tests.e2e.talking import edited, note_to, result, say

CAREFUL = {"limits": {"confirm_above_usd": Decimal("0.001")}}
AWAY = "I cannot reach my own records"
LATE = "has waited too long"


async def started(bot: Harness, **settings: Any) -> None:
    await bot.start(**settings)
    await bot.ready()


async def begun_anew(bot: Harness, **settings: Any) -> None:
    """End the bot and start it again, as a deploy does."""
    await bot.stop()
    await started(bot, **settings)


async def question(bot: Harness, asked: Interaction) -> tuple[Message, str]:
    """Wait for a private question with one button, and give both."""
    told = await private(bot, asked)
    [[label]] = labels(told)
    return told, label


async def shown_by_bob(bot: Harness, *names: str) -> Message:
    """Have bob show pictures, which the bot sees in no other way than by a menu."""
    return await bot.discord.say(bot.bob, bot.general, "look", files=[photo(name=name) for name in names])


def key_of(told: Message) -> str:
    """Read the key out of a custom id, as anybody can who sees the button."""
    [[button]] = [row["components"] for row in told.components]
    return str(button["custom_id"]).partition(":")[2]


# another life of the bot


async def test_what_was_asked_before_a_restart_is_agreed_to_afterwards(harness: Harness) -> None:
    await started(harness, **CAREFUL)
    asked, label = await question(harness, await harness.imagine(prompt="a red fox", seed=7))
    await begun_anew(harness, **CAREFUL)

    pressed = await harness.click(harness.alice, asked, label)

    assert (await harness.posted(pressed)).attachments
    [submit] = harness.submits
    assert (submit.params["prompt"], submit.params["seed"]) == ("a red fox", 7)
    assert LATE in await harness.refused(await harness.click(harness.alice, asked, label))
    assert await harness.books.jobs() == [pressed.id]


async def test_an_order_of_a_picture_is_agreed_to_with_its_picture(harness: Harness) -> None:
    await started(harness, **CAREFUL)
    picture = photo()
    asked, label = await question(harness, await harness.command("/edit", prompt="make it night", image=picture))
    assert await harness.books.images() == []
    await begun_anew(harness, **CAREFUL)

    await harness.posted(await harness.click(harness.alice, asked, label))

    [submit] = harness.submits
    assert picture_of(submit) == picture.content


async def test_fewer_pictures_are_offered_until_after_a_restart(harness: Harness) -> None:
    limits = {"limits": {"user_day_usd": Decimal("0.07")}}
    await started(harness, **limits)
    refusal, label = await question(harness, await harness.imagine(count=4))
    await begun_anew(harness, **limits)
    assert len((await harness.posted(await harness.click(harness.alice, refusal, label))).attachments) == 2


async def test_a_form_that_was_opened_before_a_restart_is_sent_afterwards(bot: Harness) -> None:
    said = await shown_by_bob(bot, "a.png")
    opened = await menu(bot, bot.alice, said, "Edit image")
    await begun_anew(bot)

    sent = await submitted(bot, opened, **{"What to change": "make it night"})

    await bot.posted(sent)
    source = (await bot.books.job(sent.id)).source
    assert source is not None
    assert (source.message_id, source.filename) == (said.id, "a.png")


async def test_the_page_of_styles_goes_on_after_a_restart(bot: Harness) -> None:
    page = await private(bot, await menu(bot, bot.alice, await shown_by_bob(bot, "a.png"), "Stylize image"))
    await begun_anew(bot)
    await choose_style(bot, bot.alice, page, "Anime Style")
    assert "a.png" in head(page)
    await begun_anew(bot)
    await bot.posted(await ordered(bot, bot.alice, page))


async def test_a_picture_is_attached_after_a_restart_and_its_form_sent_after_another(bot: Harness) -> None:
    refusal, label = await question(bot, await bot.command("/edit", prompt="make it night"))
    await begun_anew(bot)
    opened = await bot.click(bot.alice, refusal, label)
    await begun_anew(bot)
    await bot.posted(await submitted(bot, opened, picture=photo()))
    [submit] = bot.submits
    assert submit.params["prompt"] == "make it night"


# hosts whose clocks differ


class _Off(Clock):
    """The clock of a host that is ahead by some seconds, or behind."""

    def __init__(self, right: Clock, ahead: float) -> None:
        self._right = right
        self._ahead = ahead

    def time(self) -> float:
        return self._right.time() + self._ahead

    def monotonic(self) -> float:
        return self._right.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._right.sleep(seconds)


@contextmanager
def on_a_host_that_is_off(ahead: float) -> Iterator[None]:
    """Have the bot that is started meanwhile read another time than Discord's."""
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(
            "tests.e2e.harness.opened", lambda settings, clock, rng: opened(settings, _Off(clock, ahead), rng)
        )
        yield


async def test_what_a_host_has_asked_whose_clock_is_behind_is_agreed_to_at_another(harness: Harness) -> None:
    with on_a_host_that_is_off(-20 * 60):
        await started(harness, **CAREFUL)
    asked, label = await question(harness, await harness.imagine())
    await begun_anew(harness, **CAREFUL)
    await harness.posted(await harness.click(harness.alice, asked, label))


async def test_a_question_about_a_reply_is_open_for_two_minutes_of_discords_own(harness: Harness) -> None:
    with on_a_host_that_is_off(5 * 60):
        await started(harness)
    said = await say(harness, "a cowboy hat", reply_to=await result(harness))
    asked = await note_to(harness, said)
    await answered(harness, await harness.discord.click(harness.alice, asked, "Edit it · about $0.03"))
    await edited(harness, said)


# nobody else, nowhere else, not for ever


# invariant I15
@pytest.mark.parametrize("who", ["bob", "alice elsewhere"])
async def test_the_key_opens_nothing_for_anybody_else_or_on_another_server(harness: Harness, who: str) -> None:
    await started(harness, **CAREFUL)
    asked, label = await question(harness, await harness.imagine())
    missing, _ = await question(harness, await harness.command("/edit", prompt="make it night"))
    place, person = harness.general, harness.bob
    if who == "alice elsewhere":
        guild = harness.discord.add_guild("Elsewhere")
        place, person = harness.discord.add_channel(guild, "general"), harness.discord.add_member(guild, "alice")
    buttons = bot_view(ConsentButton(key_of(asked), "Yes"), AttachButton(key_of(missing)))
    sent = await harness.app.client.get_partial_messageable(place.id).send("old", view=buttons)

    for button in ("Yes", "Attach a picture"):
        assert LATE in await harness.refused(await harness.click(person, place.messages[sent.id], button))
    form = {"custom_id": f"attach-form:{key_of(missing)}", "components": []}
    begun = harness.discord._service.responses.begin(InteractionType.MODAL_SUBMIT, person, place, form)
    await harness.refused(await answered(harness, begun))

    assert await harness.books.jobs() == []
    await harness.posted(await harness.click(harness.alice, asked, label))


async def test_the_key_of_one_thing_is_not_that_of_another(bot: Harness) -> None:
    missing, _ = await question(bot, await bot.command("/edit", prompt="make it night"))
    old = await posted_by_bot(bot, bot_view(ConsentButton(key_of(missing), "Yes")))
    assert LATE in await bot.refused(await bot.click(bot.alice, old, "Yes"))


async def test_nothing_of_it_is_kept_once_its_time_is_over(harness: Harness) -> None:
    await started(harness, **CAREFUL)
    asked, label = await question(harness, await harness.command("/edit", prompt="night", image=photo()))
    assert len(await harness.books.pending()) == 1

    await harness.clock.advance(14 * 60)
    await harness.rest()
    assert len(await harness.books.pending()) == 1
    for _ in range(2):
        await harness.clock.advance(60)
        await harness.rest()
    assert await harness.books.pending() == []
    assert LATE in await harness.refused(await harness.click(harness.alice, asked, label))


async def test_what_is_kept_holds_no_interactions_token(harness: Harness) -> None:
    await started(harness, **CAREFUL)
    asked = await harness.command("/edit", prompt="make it night", image=photo())
    await question(harness, asked)
    [kept] = await harness.books.pending()
    assert "make it night" in str(kept.value)
    assert asked.token not in str(kept)


# the database is away


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    async def keep(*_: object) -> None:
        raise DatabaseAway("it is not there")

    monkeypatch.setattr(PendingStore, "keep", keep)


@pytest.mark.usefixtures("away")
async def test_a_form_that_could_not_be_sent_is_not_opened(bot: Harness) -> None:
    opened = await menu(bot, bot.alice, await shown_by_bob(bot, "a.png"), "Edit image")
    assert opened.modal is None
    assert AWAY in await bot.refused(opened)


@pytest.mark.usefixtures("away")
async def test_where_nobody_can_be_asked_that_is_told(harness: Harness) -> None:
    await started(harness, **CAREFUL)
    assert AWAY in await harness.refused(await harness.imagine())
    assert await harness.books.jobs() == []


@pytest.mark.usefixtures("away")
async def test_a_refusal_stands_without_the_button_that_cannot_be(bot: Harness) -> None:
    refusal = await private(bot, await bot.command("/edit", prompt="make it night"))
    assert refusal.content.startswith("**Which picture?")
    assert refusal.components == []


@pytest.mark.parametrize("step", ["take", "peek"])
async def test_a_press_while_it_is_away_can_be_made_again(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    await started(harness, **CAREFUL)
    asked = await (harness.imagine() if step == "take" else harness.command("/edit", prompt="make it night"))
    told, label = await question(harness, asked)

    async def nothing(*_: object) -> None:
        raise DatabaseAway("it is not there")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(PendingStore, step, nothing)
        assert AWAY in await harness.refused(await harness.click(harness.alice, told, label))

    pressed = await harness.click(harness.alice, told, label)
    assert pressed.modal is not None or (await harness.posted(pressed)).attachments
