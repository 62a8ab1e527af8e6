import re
from functools import partial

import pytest

from sandbox.discord import Interaction, Kind
from sandbox.discord import Trouble as DiscordTrouble
from sandbox.spark.latency import Latency
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness


async def _start(harness: Harness, *, in_flight: int = 20, running: int = 3, queued: int = 10) -> None:
    """Start the bot before a Spark that ends no task by itself."""
    harness.spark.trouble.add(Trouble("submit", "never", times=None))
    await harness.start(
        spark={"max_in_flight": in_flight}, limits={"user_running": running, "user_queued": queued}
    )
    await harness.ready()


async def _never_more_at_spark_than(harness: Harness, most: int, *, tasks: int) -> None:
    """Let Spark end the tasks one by one; as one ends, one more is sent."""
    for ended in range(tasks):
        sent = min(tasks, ended + most)
        await harness.logged("task.running", times=sent)
        assert len(harness.submits) == sent
        harness.spark.finish(harness.submits[ended].task_id or "")
        await harness.logged("task.succeeded", times=ended + 1, tick=1)
    assert len(harness.submits) == tasks


async def test_no_more_of_one_persons_pictures_are_at_spark_than_allowed(harness: Harness) -> None:
    await _start(harness, running=2)
    first, second = await harness.imagine(count=4), await harness.imagine()
    await _never_more_at_spark_than(harness, 2, tasks=5)
    await harness.done()
    assert [len(harness.posts(asked)[0].attachments) for asked in (first, second)] == [4, 1]


@pytest.mark.usefixtures("prices_known")
async def test_no_more_than_the_keys_share_is_at_spark(harness: Harness) -> None:
    await _start(harness, in_flight=3)
    for member in (harness.alice, harness.bob):
        await harness.imagine(member, count=4)
    await _never_more_at_spark_than(harness, 3, tasks=8)


async def test_more_than_may_wait_is_refused(harness: Harness) -> None:
    await _start(harness, running=1, queued=2)
    first = await harness.imagine(count=2)
    text = await harness.refused(await harness.imagine(count=2))
    assert text.splitlines()[:2] == [
        "**You have 2 pictures on the way, and 3 is the most.**",
        "One more fits now; the rest when some have arrived.",
    ]
    assert await harness.books.jobs() == [first.id]
    assert await harness.books.today(harness.alice, harness.guild) == ("0", "0.06")

    await harness.imagine()
    await harness.refused(await harness.imagine())
    await harness.imagine(harness.bob)
    await harness.logged("task.running", times=2)


# invariant I11
async def test_whoever_asks_for_little_does_not_wait_for_all_of_somebody_elses(harness: Harness) -> None:
    await _start(harness, in_flight=2)
    await harness.imagine(harness.alice, prompt="alice's", count=4)
    await harness.logged("task.running", times=2)
    await harness.imagine(harness.bob, prompt="bob's")
    harness.spark.finish(harness.submits[0].task_id or "")
    await harness.logged("task.running", times=3, tick=1)
    assert [submit.params["prompt"] for submit in harness.submits] == ["alice's", "alice's", "bob's"]


async def test_what_waits_for_its_moment_is_not_held_up_by_what_waits_for_a_place(harness: Harness) -> None:
    busy = Trouble("submit", "answer", status=429, headers={"Retry-After": "5"}, body="{}")
    busy.where = lambda params: params["prompt"] == "bob's"
    harness.spark.trouble.add(busy)
    await _start(harness, running=1)
    await harness.imagine(harness.alice, prompt="alice's", count=2)
    await harness.logged("task.running")
    await harness.imagine(harness.bob, prompt="bob's")
    await harness.logged("task.requeued")
    await harness.logged("task.running", times=2, tick=1)
    assert [submit.params["prompt"] for submit in harness.submits] == ["alice's", "bob's", "bob's"]


async def test_a_crowd_is_answered_before_anybodys_order_is_worked_on(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.interactions.ordering._HEAD_START", 60)
    slow = bot.discord.trouble.add(DiscordTrouble("POST", r"/interactions/\d+/[^/]+/callback", Kind.HANG))
    first = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "alice's"})
    await slow.reached.wait()
    second = await bot.imagine(bot.bob, prompt="bob's")
    await bot.until(lambda: second.callback)
    await bot.rest()
    assert await bot.books.jobs() == []
    slow.release()
    for each in (first, second):
        await bot.posted(each)


SECONDS = 40


def _expected(status_message: str) -> int:
    found = re.search(r"ready <t:(\d+):R>", status_message)
    assert found is not None, status_message
    return int(found[1])


def _ahead(status_message: str) -> int:
    found = re.search(r"-# (\d+) pictures? before it", status_message)
    return int(found[1]) if found else 0


@pytest.fixture
def latency(request: pytest.FixtureRequest) -> Latency:
    return getattr(request, "param", Latency.instant())


async def _five_ask(harness: Harness, *, count: int) -> list[Interaction]:
    """Have five people ask for so many pictures each, with two places, once it is known how long one takes."""
    people = [harness.discord.add_member(harness.guild, f"member{n}") for n in range(5)]
    await harness.start(spark={"max_in_flight": 2})
    await harness.ready()
    first = await harness.imagine()
    await harness.posted(first, tick=4)
    asked = []
    for n, member in enumerate(people):
        asked.append(each := await harness.imagine(member, prompt=f"{n}", count=count))
        await harness.first_status(each)
    return asked


async def _arrived(harness: Harness, asked: list[Interaction]) -> list[float]:
    """Let time go by until all is posted, and tell when each job was."""
    found = [(await harness.until(partial(harness.posts, each), tick=4))[0] for each in asked]
    await harness.done()
    return [message.created_at for message in found]


def _apart(promised: list[int], arrived: list[float]) -> float:
    return max(abs(there - told) for told, there in zip(promised, arrived, strict=True))


@pytest.mark.parametrize("latency", [Latency.fixed(SECONDS)], indirect=True)
async def test_the_place_and_time_that_are_shown_are_what_then_happens(harness: Harness) -> None:
    asked = await _five_ask(harness, count=1)
    status_messages = [harness.status_message(each) for each in asked]
    assert [status_message.startswith("⏳") for status_message in status_messages] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert [_ahead(status_message) for status_message in status_messages] == [0, 0, 0, 1, 2]
    promised = [_expected(status_message) for status_message in status_messages]
    assert promised == sorted(promised)
    assert promised[-1] - promised[0] == pytest.approx(2 * SECONDS, rel=0.25)
    assert _apart(promised, await _arrived(harness, asked)) < SECONDS


@pytest.mark.parametrize("latency", [Latency.fixed(SECONDS)], indirect=True)
async def test_where_others_come_in_between_the_status_messages_are_mended(harness: Harness) -> None:
    asked = await _five_ask(harness, count=2)
    before = [_expected(harness.status_message(each)) for each in asked[1:]]
    await harness.until(lambda: harness.status_message(asked[2]).startswith("🎨"), tick=4)
    later = harness.clock.time() + 20  # by then all status messages have been looked at again
    await harness.until(lambda: harness.clock.time() > later, tick=4)
    promised = [_expected(harness.status_message(each)) for each in asked[1:]]
    arrived = await _arrived(harness, asked[1:])
    assert _apart(promised, arrived) < SECONDS
    assert _apart(before, arrived) > SECONDS  # when they asked, nobody else had yet


async def test_what_begins_before_its_command_is_answered_is_shown_when_it_is(harness: Harness) -> None:
    await _start(harness)
    callback = r"/interactions/\d+/[^/]+/callback"
    slow = harness.discord.trouble.add(DiscordTrouble("POST", callback, Kind.HANG, applied=True))
    early = await harness.imagine()
    await slow.reached.wait()
    await harness.logged("job.accepted")
    await harness.imagine(harness.bob)  # whose claim finds both
    await harness.logged("task.running", times=2)
    edits = rf"/webhooks/\d+/[^/]+/messages/({early.response.id if early.response else 0}|@original)"
    assert harness.discord.requests.matching("PATCH", edits) == []

    slow.release()
    await harness.until(lambda: "🎨" in harness.status_message(early))
    assert harness.discord.requests.matching("GET", r"/webhooks/.*/@original") == []
    assert len(harness.discord.requests.matching("PATCH", edits)) == 1
