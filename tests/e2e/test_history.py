import re
from typing import Any

import aiohttp
import pytest

from sandbox.discord import Channel, Interaction, Kind, Member, Message, Permissions, Trouble
from sandbox.discord.model.components import ComponentType, every
from sandbox.spark.order import Order, Paint
from sandbox.spark.painter import swatch
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.pages import controls_of, pictures_on, words_of
from tests.e2e.pressing import form_sent, private

MESSAGES = r"/channels/\d+/messages"
NOTHING = (
    "**You have made nothing here yet.**\n"
    "Begin with this, or with words of your own:\n```\n/imagine prompt:a red fox in snow\n```\n"
    "/help shows the rest."
)


@pytest.fixture
def paint(request: pytest.FixtureRequest) -> Paint:
    """Paint pictures of so many bytes where a test says how many."""
    size = getattr(request, "param", 0)

    def padded(order: Order) -> bytes:
        return swatch(order).ljust(size, b"\0")

    return padded


async def _opened(bot: Harness, member: Member | None = None, place: Channel | None = None) -> Message:
    asked = await bot.command("/history", member, place)
    return await bot.until(lambda: bot.private_answer(asked))


async def _made(bot: Harness, *prompts: str, member: Member | None = None) -> list[Interaction]:
    made = []
    for prompt in prompts:
        made.append(asked := await bot.imagine(member, prompt=prompt))
        await bot.posted(asked)
        await bot.clock.advance(60)
    return made


async def _turned(bot: Harness, history: Message, button: str, until: str) -> list[str]:
    click = await bot.click(bot.alice, history, button)
    await bot.until(lambda: until in words_of(history))
    assert click.followups == []
    return _titles(history)


async def _entry(bot: Harness, history: Message, job: Interaction) -> None:
    await bot.discord.select(bot.alice, history, "Open one…", [str(job.id)])
    await bot.until(lambda: "asked for" in words_of(history))


def _titles(history: Message) -> list[str]:
    return re.findall(r"^\d\. \*\*(.*)\*\* · <t:\d+:R>$", words_of(history), re.MULTILINE)


async def test_an_empty_history_says_how_to_begin(bot: Harness) -> None:
    history = await _opened(bot)
    assert words_of(history) == NOTHING
    assert controls_of(history) == []


async def test_it_is_shown_to_its_person_alone(bot: Harness) -> None:
    await _made(bot, "a fox")
    history = await _opened(bot)
    assert history.ephemeral
    assert history in bot.discord.visible(bot.general, bot.alice)
    assert history not in bot.discord.visible(bot.general, bot.bob)


async def test_the_newest_comes_first_with_what_it_was_and_where_it_is(bot: Harness) -> None:
    first = await bot.imagine(prompt="a *red* fox")
    await bot.posted(first)
    second = await bot.imagine(prompt="an owl", count=2)
    posted = await bot.posted(second)
    history = await _opened(bot)
    link = f"https://discord.com/channels/{bot.guild.id}/{posted.channel.id}/{posted.id}"
    at = int(bot.clock.time())
    assert words_of(history).splitlines()[:4] == [
        "**What you made here** · newest first",
        f"1. **an owl** · <t:{at}:R>",
        f"-# /imagine · 2 pictures · $0.013 · [see it]({link})",
        rf"2. **a \*red\* fox** · <t:{at}:R>",
    ]
    assert controls_of(history) == ["Open one…"]


async def test_each_has_its_picture_and_opened_all_of_them_by_addresses_that_still_work(bot: Harness) -> None:
    """Discord lets an address expire after a day; what it is read from gives a new one."""
    first = await bot.imagine(prompt="an owl", count=2)
    await bot.posted(first)
    await bot.posted(await bot.imagine(prompt="a hidden owl", spoiler=True))
    await bot.clock.advance(3 * 24 * 3600)
    history = await _opened(bot)
    hidden, owl = (each for each in every(history.components) if each["type"] == ComponentType.THUMBNAIL)
    assert (hidden["spoiler"], owl["spoiler"]) == (True, False)
    assert await _works(pictures_on(history)) == 2
    await _entry(bot, history, first)
    assert await _works(pictures_on(history)) == 2
    assert controls_of(history) == ["1", "2", "Again", "⋯ More", "Details", "Delete", "◀ Back"]
    await bot.clock.advance(3 * 24 * 3600)
    await _turned(bot, history, "◀ Back", "newest first")
    assert await _works(pictures_on(history)) == 2


async def test_a_picture_whose_message_is_gone_is_left_out(bot: Harness) -> None:
    (asked,) = await _made(bot, "an owl")
    bot.discord._service.chat.delete(bot.posts(asked)[0])
    history = await _opened(bot)
    assert (_titles(history), pictures_on(history)) == (["an owl"], [])
    await _entry(bot, history, asked)
    assert "Edit" not in controls_of(history)


async def test_what_can_be_done_with_a_picture_is_done_from_its_entry(bot: Harness) -> None:
    (asked,) = await _made(bot, "a fox")
    history = await _opened(bot)
    await _entry(bot, history, asked)
    sent = await form_sent(bot, bot.alice, history, "Edit", **{"What to change": "make it night"})
    await bot.posted(sent)
    assert bot.submits[-1].params["prompt"] == "make it night"
    more = await private(bot, await bot.click(bot.alice, history, "⋯ More"))
    assert "Favourite" in controls_of(more)


async def test_words_and_favourites_are_looked_for_page_by_page_even_after_a_restart(bot: Harness) -> None:
    *_, owl = await _made(bot, *[f"fox {number}" for number in range(6)], "an owl")
    await _made(bot, "bob's fox", member=bot.bob)
    found = await private(bot, await bot.command("/history", search="FOX"))
    assert words_of(found).startswith("**What you made here with “FOX”** · newest first")
    assert _titles(found) == [f"fox {number}" for number in (5, 4, 3, 2, 1)]
    await bot.stop()
    await bot.start()
    await bot.ready()
    assert await _turned(bot, found, "Older ▶", "fox 0") == ["fox 0"]
    assert await _turned(bot, found, "◀ Newer", "fox 5") == [f"fox {number}" for number in (5, 4, 3, 2, 1)]
    nothing = await private(bot, await bot.command("/history", search="dragon"))
    assert words_of(nothing).startswith("**Nothing you made here has “dragon” in its words.**")

    history = await _opened(bot)
    await _entry(bot, history, owl)
    more = await private(bot, await bot.click(bot.alice, history, "⋯ More"))
    await bot.click(bot.alice, more, "Favourite")
    await bot.until(lambda: "Favourite ✓" in controls_of(more))
    marked = await private(bot, await bot.command("/history", favourites=True))
    assert (_titles(marked), len(pictures_on(marked))) == (["an owl"], 1)


async def test_a_favourite_in_a_place_that_is_closed_to_its_person_is_not_shown(bot: Harness) -> None:
    theirs = await bot.posted(await bot.imagine(bot.bob, prompt="a secret owl"))
    more = await private(bot, await bot.click(bot.alice, theirs, "⋯ More"))
    await bot.click(bot.alice, more, "Favourite")
    await bot.until(lambda: "Favourite ✓" in controls_of(more))
    elsewhere = bot.discord.add_channel(bot.guild, "elsewhere")
    seen = await private(bot, await bot.command("/history", place=elsewhere, favourites=True))
    assert _titles(seen) == ["a secret owl"]
    bot.discord.set_overwrite(bot.general, bot.alice, deny=Permissions.VIEW_CHANNEL)
    hidden = await private(bot, await bot.command("/history", place=elsewhere, favourites=True))
    assert "a picture in a place that you do not see any more" in words_of(hidden)
    assert "secret" not in words_of(hidden)
    assert (pictures_on(hidden), controls_of(hidden)) == ([], [])


async def _works(addresses: list[str]) -> int:
    """Count the pictures that Discord gives out by some addresses, all of which must work."""
    async with aiohttp.ClientSession() as web:
        for address in addresses:
            async with web.get(address) as answer:
                assert answer.status == 200, address
    return len(addresses)


async def test_pages_are_turned_in_place_there_and_back_even_after_a_restart(bot: Harness) -> None:
    await _made(bot, *"abcdefg")
    history = await _opened(bot)
    assert _titles(history) == ["g", "f", "e", "d", "c"]
    assert controls_of(history) == ["Open one…", "Older ▶"]
    assert await _turned(bot, history, "Older ▶", "**b**") == ["b", "a"]
    assert controls_of(history) == ["Open one…", "◀ Newer"]
    await bot.stop()
    await bot.start()
    await bot.ready()
    assert await _turned(bot, history, "◀ Newer", "**g**") == ["g", "f", "e", "d", "c"]
    seen = bot.discord.visible(bot.general, bot.alice)
    assert len([message for message in seen if message.ephemeral]) == 1


async def test_what_others_made_and_what_was_made_elsewhere_is_not_shown(bot: Harness) -> None:
    elsewhere = bot.discord.add_guild("Elsewhere")
    channel = bot.discord.add_channel(elsewhere, "general")
    there = bot.discord.add_member(elsewhere, "alice2")
    direct = bot.discord.direct_messages(bot.alice)
    await _made(bot, "alice's")
    await _made(bot, "bob's", member=bot.bob)
    asked = await bot.imagine(there, channel, prompt="elsewhere")
    await bot.posted(asked)
    asked = await bot.imagine(place=direct, prompt="alone")
    await bot.posted(asked)
    shown = [
        _titles(await _opened(bot)),
        _titles(await _opened(bot, bot.bob)),
        _titles(await _opened(bot, there, channel)),
        _titles(await _opened(bot, bot.alice, direct)),
    ]
    assert shown == [["alice's"], ["bob's"], ["elsewhere"], ["alone"]]


async def test_an_entry_has_a_way_back_to_its_page(bot: Harness) -> None:
    first, *_ = await _made(bot, *"abcdefg")
    history = await _opened(bot)
    await _turned(bot, history, "Older ▶", "**b**")
    await _entry(bot, history, first)
    assert words_of(history).startswith("**a**\n-# /imagine · $0.0065 · asked for <t:")
    assert controls_of(history) == ["Again", "Edit", "Style", "Portrait", "⋯ More", "Details", "Delete", "◀ Back"]
    assert await _turned(bot, history, "◀ Back", "**b**") == ["b", "a"]


async def test_again_from_the_history_is_a_new_job(bot: Harness) -> None:
    (first,) = await _made(bot, "a fox")
    history = await _opened(bot)
    await _entry(bot, history, first)
    again = await bot.click(bot.alice, history, "Again")
    posted = await bot.posted(again)
    assert posted.pinged == {bot.alice.id}
    assert [submit.params["prompt"] for submit in bot.submits] == ["a fox", "a fox"]
    assert bot.submits[0].params["seed"] != bot.submits[1].params["seed"]


async def test_delete_from_the_history_deletes_the_result(bot: Harness) -> None:
    (first,) = await _made(bot, "a fox")
    (result,) = bot.posts(first)
    history = await _opened(bot)
    await _entry(bot, history, first)
    click = await bot.click(bot.alice, history, "Delete")
    question = await bot.until(lambda: bot.private_answer(click))
    await bot.click(bot.alice, question, "Delete it")
    await bot.until(lambda: result.deleted)
    await bot.until(lambda: question.content.startswith("**Deleted.**"))
    await _turned(bot, history, "◀ Back", "deleted")
    assert words_of(history).endswith("-# /imagine · $0.0065 · deleted")
    await _entry(bot, history, first)
    assert "Delete" not in controls_of(history)


async def test_what_is_under_way_says_when_it_is_expected(harness: Harness) -> None:
    harness.spark.trouble.add(SparkTrouble("submit", "never", times=None))
    await harness.start(spark={"max_in_flight": 1})
    await harness.ready()
    await harness.imagine(prompt="first")
    await harness.logged("task.running")
    await harness.first_status(await harness.imagine(harness.bob, prompt="bob's"))
    await harness.first_status(await harness.imagine(prompt="second"))
    begun = int(harness.clock.time())
    history = await _opened(harness)
    assert words_of(history).splitlines()[2::2] == [
        f"-# /imagine · not charged yet · waiting, 1 picture before it · ready <t:{begun + 48}:R>",
        f"-# /imagine · not charged yet · being made · ready <t:{begun + 18}:R>",
    ]


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (SparkTrouble("submit", "fail", code="003001095"), "no picture came of it"),
        (SparkTrouble("submit", "reset", accepted=True), "nobody knows yet whether Spark made it"),
    ],
)
async def test_what_came_to_nothing_says_so(bot: Harness, trouble: SparkTrouble, state: str) -> None:
    bot.spark.trouble.add(trouble)
    asked = await bot.imagine(prompt="a fox")
    notice = await bot.posted(asked, tick=1)
    history = await _opened(bot)
    charged = "not charged" if trouble.kind == "fail" else "not charged yet"
    link = f"https://discord.com/channels/{bot.guild.id}/{notice.channel.id}/{notice.id}"
    assert words_of(history).endswith(f"-# /imagine · {charged} · {state} · [what happened]({link})")
    await _entry(bot, history, asked)
    assert "Show" not in controls_of(history)


async def _held(bot: Harness, **options: Any) -> tuple[Interaction, Message]:
    """Have a picture that Discord does not take, and open its entry."""
    bot.discord.trouble.add(Trouble("POST", MESSAGES, status=403, code=50001, times=1000))
    asked = await bot.imagine(prompt="a fox", **options)
    await bot.until(lambda: "is kept for you" in bot.status_message(asked))
    history = await _opened(bot)
    await _entry(bot, history, asked)
    return asked, history


async def _shown(bot: Harness, history: Message) -> Message:
    click = await bot.click(bot.alice, history, "Show")
    return await bot.until(lambda: bot.private_answer(click))


async def test_a_picture_that_discord_does_not_take_is_shown_to_its_owner(bot: Harness) -> None:
    asked, history = await _held(bot, count=2)
    [until] = re.findall(
        r"Discord does not take it yet, and is asked again · kept until <t:(\d+):f>", words_of(history)
    )
    assert 0 <= bot.clock.time() + 7 * 24 * 3600 - int(until) < 600
    assert controls_of(history) == ["Again", "Show", "Details", "◀ Back"]

    shown = await _shown(bot, history)

    assert shown.content == ("-# /imagine · 2 pictures · $0.013 · only you see this: save it before you close it")
    assert [file.filename for file in shown.attachments] == [f"{asked.id}-1.png", f"{asked.id}-2.png"]
    assert shown not in bot.discord.visible(bot.general, bot.bob)
    assert bot.posts(asked) == []


async def test_it_is_shown_for_as_long_as_it_is_kept_and_no_longer(bot: Harness) -> None:
    _, history = await _held(bot)
    await bot.clock.advance(6 * 24 * 3600)
    assert (await _shown(bot, history)).attachments
    await bot.clock.advance(2 * 24 * 3600)
    await bot.logged("job.undeliverable", tick=600)
    gone = await _shown(bot, history)
    while gone.attachments:  # until the sweep has come by
        await bot.clock.advance(60)
        gone = await _shown(bot, history)
    assert gone.content.startswith("**This picture is lost: Discord never took it.**")
    assert "It cost $0.0065." in gone.content
    await bot.click(bot.alice, history, "◀ Back")
    await bot.until(lambda: "Discord never took it · no longer kept" in words_of(history))


async def test_what_is_posted_after_all_is_not_shown_again(bot: Harness) -> None:
    asked, history = await _held(bot)
    bot.discord.trouble.clear()
    await bot.posted(asked, tick=600)
    refused = await _shown(bot, history)
    assert refused.content.startswith("**It was posted or deleted since you opened this.**")
    assert refused.attachments == []


@pytest.mark.parametrize("paint", [9 * 1024 * 1024], indirect=True)
async def test_a_picture_that_is_too_large_is_shown_smaller(bot: Harness) -> None:
    bot.guild.lowered_upload_limit = 8 * 1024 * 1024
    _, history = await _held(bot)
    shown = await _shown(bot, history)
    assert [file.filename.rpartition(".")[2] for file in shown.attachments] == ["jpg"]
    assert "smaller than Spark made it, so that Discord takes it" in shown.content


@pytest.mark.usefixtures("ends_at_once")
async def test_where_spark_does_not_give_it_out_now_that_is_said(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("file", "answer", status=503, body="{}", times=None))
    asked = await bot.imagine(prompt="a fox")
    await bot.logged("job.not_delivered", tick=1)
    history = await _opened(bot)
    await _entry(bot, history, asked)
    click = await bot.click(bot.alice, history, "Show")
    refused = await bot.until(lambda: bot.private_answer(click), tick=1)
    assert refused.content.startswith("**It is made, but Spark does not give it out now.**")


async def test_a_page_whose_edit_is_lost_is_turned_by_another_click(bot: Harness) -> None:
    await _made(bot, *"abcdef")
    history = await _opened(bot)
    edit = rf"/webhooks/\d+/[^/]+/messages/(@original|{history.id})"
    bot.discord.trouble.add(Trouble("PATCH", edit, Kind.RESET))
    click = await bot.click(bot.alice, history, "Older ▶")
    await bot.until(lambda: click.followups)
    assert await _turned(bot, history, "Older ▶", "**a**") == ["a"]
