import re

from sandbox.discord import ChannelType, Permissions
from sandbox.discord.http.request_log import LoggedRequest
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.markup import as_shown, markup_in
from tests.spark.images.told import pixels_of

MARKUP = r"@everyone {bob} {role} [x](http://y.example) **b** `c` ||s|| # h"


async def test_a_picture_stands_in_a_thread_under_the_status_message(bot: Harness) -> None:
    asked = await bot.imagine(prompt="a red fox in snow")
    posted = await bot.posted(asked)
    thread = posted.channel
    assert (thread.type, thread.name, thread.parent) == (
        ChannelType.PUBLIC_THREAD,
        "a red fox in snow",
        bot.general,
    )
    assert asked.response is not None
    assert thread.id == asked.response.id
    (file,) = posted.attachments
    assert (file.filename, file.content_type) == (f"{asked.id}-1.png", "image/png")
    assert file.description == "AI-made: a red fox in snow"
    link = f"https://discord.com/channels/{bot.guild.id}/{thread.id}/{posted.id}"
    assert bot.status_message(asked) == f"🖼️ **a red fox in snow**\n-# 1 picture · $0.0065 · [see it]({link})"
    assert posted.content.splitlines() == [
        f"{bot.alice.mention} here is your picture.",
        "-# 1328×1328 · 0 s · $0.0065",
    ]


async def test_the_owner_alone_is_notified_and_once(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine(bot.bob))
    assert posted.pinged == {bot.bob.id}
    assert [message for message in bot.posts() if message.pinged] == [posted]


async def test_the_pictures_of_a_job_are_one_message(bot: Harness) -> None:
    asked = await bot.imagine(prompt="three foxes", seed=70, count=3)
    posted = await bot.posted(asked)
    assert bot.posts() == [posted]
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-{n}.png" for n in (1, 2, 3)]
    assert [file.description for file in posted.attachments] == [
        f"AI-made: three foxes ({n} of 3)" for n in (1, 2, 3)
    ]
    assert posted.content.splitlines() == [
        f"{bot.alice.mention} here are your 3 pictures.",
        "-# 1328×1328 · 0 s · $0.0195",
        "-# To change one of them, press a button below, or reply and name it: “the second, at night”.",
    ]
    pictures = {submit.params["seed"]: bot.spark.tasks[submit.task_id or ""] for submit in bot.submits}
    for seed, file in zip((70, 71, 72), posted.attachments, strict=True):
        [painted] = pictures[seed].pictures.values()
        assert pixels_of(file.content) == pixels_of(await painted)


async def test_the_estimate_is_reserved_until_the_real_cost_is_known(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never", times=2))
    asked = await bot.imagine(count=2)
    await bot.logged("task.running", times=2)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (2, "reserve", "0.03")]
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0.06")

    bot.finish()
    await bot.posted(asked, tick=1)
    assert sorted((await bot.books.entries(asked.id))[2:]) == [(1, "settle", "0.0065"), (2, "settle", "0.0065")]
    assert await bot.books.today(bot.alice, bot.guild) == (bot.bill, "0") == ("0.013", "0")


async def test_what_a_size_has_cost_is_the_next_ones_estimate(bot: Harness) -> None:
    await bot.posted(await bot.imagine(size="hd"))
    again = await bot.imagine(size="hd")
    await bot.posted(again)
    other = await bot.imagine(size="1k")
    await bot.posted(other)
    assert (await bot.books.entries(again.id))[0] == (1, "reserve", "0.013")
    assert (await bot.books.entries(other.id))[0] == (1, "reserve", "0.03")


async def test_the_status_message_counts_down_while_spark_paints(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine(prompt="a slow fox")
    status_message = await bot.first_status(asked)
    assert re.fullmatch(r"🎨 Painting \*\*a slow fox\*\*\n-# ready <t:(\d+):R>", status_message)
    (ready,) = re.findall(r"<t:(\d+):R>", status_message)
    assert 0 < int(ready) - bot.clock.time() <= 60
    assert bot.posts() == []
    await bot.logged("task.running")
    bot.finish()
    await bot.posted(asked, tick=1)


async def test_the_status_message_says_how_many_wait_before_it(harness: Harness) -> None:
    await harness.start(limits={"user_running": 1})
    await harness.ready()
    harness.spark.trouble.add(Trouble("submit", "never", times=None))
    await harness.imagine(count=3)
    await harness.logged("task.running")
    last = await harness.imagine(prompt="the last one")
    status_message = await harness.first_status(last)
    assert status_message.startswith("⏳ Waiting to paint **the last one**\n-# 2 pictures before it · ready <t:")


async def test_words_are_shown_as_words(harness: Harness) -> None:
    guild = harness.discord.add_guild("Powers", bot=Permissions.MENTION_EVERYONE)
    place = harness.discord.add_channel(guild)
    alice, bob = (harness.discord.add_member(guild, name) for name in ("alice", "bob"))
    role = harness.discord.add_role(guild, "painters")
    role.mentionable = True
    bob.roles.append(role)
    await harness.start()
    await harness.ready()

    prompt = MARKUP.format(bob=bob.mention, role=role.mention)
    asked = await harness.imagine(alice, place, prompt=prompt)
    posted = await harness.posted(asked)

    assert harness.pinged() == {alice.id}
    assert [each.body["allowed_mentions"] for each in harness.discord.requests if _says_something(each)] == [
        {"parse": []},
        {"parse": [], "users": [alice.id]},
        {"parse": []},
    ]
    assert harness.submits[0].params["prompt"] == prompt
    shown = harness.status_message(asked).splitlines()[0].removeprefix("🖼️ **").removesuffix("**")
    assert as_shown(shown) == prompt
    assert markup_in(shown) == []
    assert posted.channel.name == prompt[: len(posted.channel.name) - 1] + "…"
    assert len(posted.channel.name) <= 100


async def test_a_long_prompt_is_cut_where_it_names_things_and_sent_whole(bot: Harness) -> None:
    prompt = "fox " * 199 + "fox!"
    posted = await bot.posted(asked := await bot.imagine(prompt=prompt))
    assert bot.submits[0].params["prompt"] == prompt
    assert posted.channel.name.endswith("fox…")
    assert len(posted.channel.name) <= 80
    assert len(bot.status_message(asked)) <= 2000
    description = posted.attachments[0].description
    assert description is not None
    assert description == f"AI-made: {prompt}"


async def test_each_day_and_member_has_an_account(bot: Harness) -> None:
    await bot.posted(await bot.imagine(bot.alice))
    await bot.clock.advance(24 * 3600)
    await bot.posted(await bot.imagine(bot.alice))
    await bot.posted(await bot.imagine(bot.bob))
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0")
    assert await bot.books.today(bot.bob, bot.guild) == ("0.0065", "0")


def _says_something(request: LoggedRequest) -> bool:
    return isinstance(request.body, dict) and "content" in request.body


async def test_the_log_tells_where_the_seconds_went(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine(prompt="a slow fox")
    await bot.logged("task.running")
    await bot.until(lambda: "Painting" in bot.status_message(asked))
    await bot.clock.advance(12)
    bot.finish()
    await bot.posted(asked, tick=1)
    await bot.logged("job.delivered")
    [told] = [entry for entry in bot.log if entry["event"] == "job.delivered"]
    assert told["sent"] == 0
    assert 12 <= told["seen"] <= told["posted"] <= 60
