"""Two processes on one PostgreSQL, of which one has an accident; by name, and each as short as it can be."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.moderation.server_rules import ResultPlace
from bot.domain.states import TaskState
from bot.settings import EstimateSettings
from bot.store.schema import server_rules, workers
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox, Interaction
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.discord.model.snowflakes import shard_of
from sandbox.discord.rules.nonces import REMEMBERED_SECONDS
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.databases import outside
from tests.e2e.photos import photo
from tests.jobs.proxy import Proxy
from tests.kill.apart import a_network_of_its_own, can_move_out
from tests.kill.delivering import MESSAGES
from tests.kill.fleet import LEASE, cut_connections, named, next_shard, shard
from tests.kill.lives import Lives
from tests.kill.processes import BotProcess, Conditions
from tests.kill.waiting import PATIENCE, eventually, within_patience

SHORT = Conditions(LEASE)
ENDLESS = Conditions(3600.0)
"""Nobody's lease is over before the test is."""
MINUTES = 420.0
"""By so many seconds a wrong clock is wrong."""
A_MINUTE = Conditions(60.0)
"""Nobody's lease is over before the test is, unless a wrong clock says so."""
ESTIMATE: Decimal = EstimateSettings().spark_t2i_3_0
"""What a picture is expected to cost before any was paid for."""


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


async def first_of_two(lives: Lives, conditions: Conditions = SHORT, /, **settings: str) -> BotProcess:
    """Start the process that hears what is typed in #general."""
    return await lives.begin(conditions, **shard(_home(lives), 2), **settings)


async def second_of_two(lives: Lives, conditions: Conditions = SHORT, /, **settings: str) -> BotProcess:
    """Start the one that hears none of it."""
    return await lives.begin(conditions, **shard(1 - _home(lives), 2), **settings)


def _home(lives: Lives) -> int:
    return shard_of(lives.stage.member.guild.id, 2)


async def running(lives: Lives, count: int) -> list[Interaction]:
    """Have so many pictures be under way at Spark, each another person's."""
    guild, general = lives.stage.member.guild, lives.stage.general
    people = [lives.stage.discord.add_member(guild, f"member-{n}") for n in range(count)]
    asked = [await lives.imagine_as(member, f"fox {n}", general) for n, member in enumerate(people)]
    await all_run(lives, count)
    return asked


async def all_run(lives: Lives, count: int) -> None:
    """Wait until so many tasks are known to be at Spark, and no others are there."""

    async def states() -> list[TaskState]:
        return [task.state for task in (await lives.books()).tasks]

    await eventually(states, lambda states: states == [TaskState.RUNNING] * count)


async def posting(lives: Lives, discord: DiscordSandbox, *, applied: bool) -> tuple[Interaction, Trouble]:
    """Have a picture be on its way to Discord, and hang there."""
    post = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    [asked] = await running(lives, 1)
    lives.finish()
    await within_patience(post.reached.wait())
    return asked, post


async def works_again(lives: Lives, spark: SparkSandbox) -> Interaction:
    """Have a picture made of what the first process hears, if it does."""
    before = len(spark.tasks)
    asked = await lives.imagine("a blue fox in snow")
    await lives.submitted(before + 1)
    lives.finish()
    return asked


async def test_a_killed_workers_task_goes_on_at_the_other(lives: Lives, spark: SparkSandbox) -> None:
    first, second = await first_of_two(lives), await second_of_two(lives)
    [asked] = await running(lives, 1)
    await first.kill()
    await second.prints("worker.adopted")
    lives.finish()
    books = await lives.end_and_prove(asked)
    assert len(spark.submits) == 1
    assert asked.response is not None
    assert lives.message(books.jobs[asked.id]).channel is asked.response.thread  # which the other had to open


async def test_the_results_of_a_day_stand_in_one_thread_whoever_posts_them(
    lives: Lives, database_url: str
) -> None:
    rules = {"guild_id": lives.stage.member.guild.id, "replies": True, "results": ResultPlace.DAY}
    with outside(database_url) as connection:
        connection.execute(sa.insert(server_rules).values(rules))
    first, second = await first_of_two(lives), await second_of_two(lives)
    asked = [await lives.imagine("a red fox"), await lives.imagine("a blue fox")]
    await all_run(lives, 2)
    await first.kill()
    await second.prints("worker.adopted")
    lives.finish()
    books = await lives.end_and_prove(*asked)
    [place] = {lives.message(books.jobs[each.id]).channel for each in asked}
    assert place.thread is not None


async def test_what_was_being_sent_is_unknown_once_another_has_taken_over(
    lives: Lives, spark: SparkSandbox
) -> None:
    submit = spark.trouble.add(SparkTrouble("submit", "hang", accepted=True))
    first, _ = await first_of_two(lives), await second_of_two(lives)
    asked = await lives.imagine("a red fox in snow")
    await within_patience(submit.reached.wait())
    await first.kill()
    submit.release()
    books = await lives.end_and_prove(asked)
    assert [task.state for task in books.tasks] == [TaskState.UNKNOWN]


# invariant I9
async def test_what_a_killed_worker_had_posted_is_found_there_though_its_clock_was_wrong(
    lives: Lives, discord: DiscordSandbox, clock: MovableClock
) -> None:
    first, _ = await first_of_two(lives, replace(SHORT, ahead=MINUTES)), await second_of_two(lives)
    asked, _ = await posting(lives, discord, applied=True)
    await first.kill()
    await clock.advance(REMEMBERED_SECONDS + 1)  # no nonce helps
    await lives.end_and_prove(asked)
    assert len(discord.requests.matching("POST", MESSAGES)) == 1


async def test_a_clock_that_is_wrong_by_minutes_takes_no_lease_away(lives: Lives, spark: SparkSandbox) -> None:
    first = await first_of_two(lives, A_MINUTE)
    [asked] = await running(lives, 1)
    second = await second_of_two(lives, replace(A_MINUTE, ahead=MINUTES))
    again = await works_again(lives, spark)
    await lives.settled(asked, again)
    assert "worker.adopted" not in second.printed
    assert "lease.lost" not in first.printed
    await lives.end_and_prove(asked, again)


async def test_a_paused_worker_loses_its_task_and_works_again(lives: Lives, spark: SparkSandbox) -> None:
    first, second = await first_of_two(lives), await second_of_two(lives)
    [asked] = await running(lives, 1)
    first.pause()
    await second.prints("worker.adopted")
    lives.finish()
    await lives.settled(asked)
    first.go_on()
    await first.prints("lease.lost")
    await lives.end_and_prove(asked, await works_again(lives, spark))
    assert len(spark.submits) == 2


async def test_a_paused_worker_that_was_posting_posts_nothing_twice(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox
) -> None:
    first, second = await first_of_two(lives), await second_of_two(lives)
    asked, post = await posting(lives, discord, applied=False)
    first.pause()
    await second.prints("worker.adopted")
    await lives.settled(asked)
    post.release()
    first.go_on()
    await first.prints("lease.lost")
    await lives.end_and_prove(asked, await works_again(lives, spark))


async def test_a_worker_whose_connections_are_cut_goes_on(
    lives: Lives, spark: SparkSandbox, database_url: str
) -> None:
    first = await first_of_two(lives, ENDLESS, DATABASE_URL=named(database_url, "first"))
    await second_of_two(lives)
    [asked] = await running(lives, 1)
    cut_connections(database_url, "first")
    await lives.end_and_prove(asked, await works_again(lives, spark))
    assert "lease.lost" not in first.printed


async def test_a_worker_that_hears_nothing_of_its_database_lets_go_in_time(
    lives: Lives, spark: SparkSandbox, database_url: str
) -> None:
    async with Proxy(database_url) as proxy:
        first = await first_of_two(lives, DATABASE_URL=proxy.url)
        second = await second_of_two(lives)
        [asked] = await running(lives, 1)
        proxy.fall_silent()
        await second.prints("worker.adopted")
        lives.finish()
        await lives.settled(asked)
        proxy.mend()
        await first.prints("lease.lost")
        await lives.end_and_prove(asked, await works_again(lives, spark))
        assert len(spark.submits) == 2


async def test_a_worker_that_is_cut_off_as_it_claims_keeps_nobody_from_claiming(
    lives: Lives, spark: SparkSandbox, database_url: str
) -> None:
    async with Proxy(database_url) as proxy:
        first = await first_of_two(lives, DATABASE_URL=proxy.url)
        await second_of_two(lives)
        [before] = await running(lives, 1)
        proxy.fall_silent_after(b"pg_advisory_xact_lock")
        asked = await lives.imagine("a blue fox in snow")
        await lives.submitted(2)
        lives.finish()
        await lives.settled(before, asked)
        proxy.mend()
        await first.prints("lease.lost")
        await lives.end_and_prove(before, asked)
        assert len(spark.submits) == 2


async def test_a_worker_that_is_told_to_end_hands_its_tasks_over_at_once(
    lives: Lives, spark: SparkSandbox
) -> None:
    first, second = await first_of_two(lives, ENDLESS), await second_of_two(lives, ENDLESS)
    asked = await running(lives, 2)  # as many as are sent while no price is known
    first.tell_to_end()
    assert await first.ended() == 0
    await second.prints("worker.adopted")
    lives.finish()
    await lives.end_and_prove(*asked)
    assert len(spark.submits) == 2


async def test_a_new_process_takes_an_old_ones_place_and_everybody_is_answered(
    lives: Lives, spark: SparkSandbox
) -> None:
    old = await lives.begin(ENDLESS)
    asked = await running(lives, 2)
    await lives.begin(ENDLESS)
    asked.append(await lives.imagine("what both have heard"))
    old.tell_to_end()
    asked.append(await lives.imagine("what one may have heard"))
    assert await old.ended() == 0
    asked.append(await lives.imagine("what the new one has heard"))
    lives.finish()
    await lives.submitted(5)
    lives.finish()
    await lives.end_and_prove(*asked)
    assert [each.state for each in asked if each.callback is None] == []
    assert len(spark.submits) == 5


async def test_what_an_old_process_has_asked_for_a_new_one_is_sent(lives: Lives, discord: DiscordSandbox) -> None:
    old, member = await lives.begin(ENDLESS), lives.stage.member
    asked = await discord.command(member, lives.stage.general, "/edit", {"prompt": "make it night"})
    [refusal] = await discord.wait_for(lambda: asked.followups, PATIENCE)
    await lives.begin(ENDLESS)
    opened = await discord.click(member, refusal, "Attach a picture")  # which both hear
    await discord.wait_for(lambda: opened.modal, PATIENCE)
    await old.kill()
    sent = await discord.submit(opened, {"picture": photo()})
    await lives.submitted(1)
    lives.finish()
    await lives.end_and_prove(sent)


# invariant I5
async def test_of_forty_at_once_at_two_processes_those_ten_are_accepted_that_there_is_money_for(
    lives: Lives, discord: DiscordSandbox
) -> None:
    limit = {"LIMITS_TOTAL_DAY_USD": str(10 * ESTIMATE)}
    here = lives.stage.member.guild
    there = discord.add_guild("Beyond", guild_id=next_shard(here.id))
    places = {here: lives.stage.general, there: discord.add_channel(there, "general")}
    await first_of_two(lives, **limit)
    await second_of_two(lives, **limit)
    asked = [
        await lives.imagine_as(discord.add_member(guild, f"member-{n}"), "a fox", place)
        for n in range(20)
        for guild, place in places.items()
    ]
    await discord.wait_for(lambda: all(each.response is not None for each in asked), PATIENCE)
    books = await eventually(lives.books, lambda books: len(books.jobs) >= 10)
    assert len(books.jobs) == 10


async def test_what_a_killed_worker_had_still_to_say_is_said_at_once(
    lives: Lives, discord: DiscordSandbox
) -> None:
    first, _ = await first_of_two(lives, replace(SHORT, ahead=MINUTES)), await second_of_two(lives)
    asked, post = await posting(lives, discord, applied=True)
    edit = discord.trouble.add(Trouble("PATCH", r"/webhooks/\d+/[^/]+/messages/\d+", Kind.HANG))
    post.release()
    await within_patience(edit.reached.wait())
    await first.kill()
    await lives.end_and_prove(asked)


@pytest.mark.skipif(not can_move_out(), reason="no network of its own for a process here (unshare)")
async def test_two_hosts_that_cannot_see_each_other_need_only_the_database(
    lives: Lives, spark: SparkSandbox, database_url: str, tmp_path: Path
) -> None:
    addresses = (lives.stage.discord.api_url, spark.base_url)
    async with (
        a_network_of_its_own("host-1", addresses, tmp_path) as one,
        a_network_of_its_own("host-2", addresses, tmp_path) as other,
    ):
        first = await first_of_two(lives, Conditions(LEASE, host=one))
        second = await second_of_two(lives, Conditions(LEASE, host=other))
        with outside(database_url) as connection:
            assert set(connection.scalars(sa.select(workers.c.host))) == {"host-1", "host-2"}
        [asked] = await running(lives, 1)
        await first.kill()
        await second.prints("worker.adopted")
        lives.finish()
        await lives.end_and_prove(asked)
