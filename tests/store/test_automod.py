import pytest

from bot.domain.jobs import AutoMod, Job
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.states import JobState, TaskState
from bot.store import Store
from bot.store.jobs import AUTOMOD_PATIENCE
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CARA,
    CENT,
    NO_CEILINGS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    delivered,
    delivering,
    got,
    reach,
    reserved,
)


def action(job: Job, kind: ActionKind = ActionKind.WITHHOLD) -> Action:
    return Action(job.account.guild_id, 99, kind, About.JOB, job.id, "this", None, NOW)


async def withheld(store: Store, job_id: int = 1) -> Job:
    job = await delivering(store, job_id)
    await store.deliveries.keep_result(job.tasks[0], b"a PNG", NOW)
    await store.automod.withhold(job, action(job))
    return await got(store, job_id)


async def told(store: Store) -> list[ActionKind]:
    return [each.action.kind for each in await store.moderation.unlogged(99)]


async def test_refused_words_take_back_what_has_not_begun_and_its_money(store: Store) -> None:
    await accept(store, 1, prices=[CENT, CENT])

    assert await store.automod.stop(1, NOW + 5)

    stopped = await got(store, 1)
    assert (stopped.state, stopped.automod) == (JobState.CANCELLED, AutoMod.REFUSED)
    assert await reserved(store) == 0
    assert not await store.automod.stop(1, NOW + 6)
    assert await store.jobs.unfinished_status_messages() == [stopped]


async def test_what_has_begun_goes_on_and_bears_the_mark(store: Store) -> None:
    await reach(store, 1, TaskState.RUNNING)
    assert not await store.automod.stop(1, NOW)
    job = await got(store, 1)
    assert (job.state, job.automod) == (JobState.OPEN, AutoMod.REFUSED)


async def test_from_then_on_the_servers_tasks_wait_for_their_status_messages_but_not_for_ever(
    store: Store,
) -> None:
    await accept(store, 1)
    await store.automod.stop(1, NOW)
    await accept(store, 2, BEN)
    await accept(store, 3, CARA)
    await accept(store, 4, ANNA_ALONE)

    at_once = await claim(store, OWNER, PLENTY, NOW)
    assert [task.job_id for task in at_once] == [3, 4]
    [waiting] = (await got(store, 2)).tasks
    assert waiting.awaits_status_message
    assert (await store.tasks.claim(OWNER, PLENTY, NOW)).next_at == NOW + AUTOMOD_PATIENCE

    await store.automod.let_go(2)
    assert [task.job_id for task in await claim(store, OWNER, PLENTY, NOW)] == [2]
    await accept(store, 5, BEN)
    assert [task.job_id for task in await claim(store, OWNER, PLENTY, NOW + AUTOMOD_PATIENCE)] == [5]


async def test_letting_go_shortens_no_pause_that_spark_has_asked_for(store: Store) -> None:
    await accept(store, 1)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.requeue(await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW), NOW + 60_000, NOW)
    await store.automod.let_go(1)
    assert await claim(store, OWNER, PLENTY, NOW) == []


async def test_nor_the_one_after_its_picture_was_not_to_be_had(store: Store) -> None:
    await accept(store, 1)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    postponed = await store.tasks.postpone(task, NOW + 5000, NOW)
    assert not postponed.awaits_status_message
    await store.automod.let_go(1)
    assert await claim(store, OWNER, PLENTY, NOW) == []


async def test_a_withheld_result_is_kept_and_told_of(store: Store) -> None:
    job = await withheld(store)
    assert (job.state, job.withheld, job.lease) == (JobState.UNDELIVERABLE, True, None)
    assert await store.deliveries.kept_result(job.tasks[0]) == b"a PNG"
    assert await told(store) == [ActionKind.WITHHOLD]
    assert (await store.moderation.rules(ANNA.guild_id)).automod


async def test_a_released_one_is_delivered_once_more(store: Store) -> None:
    job = await withheld(store)
    await store.jobs.record_status_message_final(job)

    assert await store.automod.release(1, action(job, ActionKind.RELEASE))
    assert not await store.automod.release(1, action(job, ActionKind.RELEASE))

    assert await store.deliveries.ready() == [1]
    again = await store.deliveries.begin(1, OWNER, NOW + 5)
    assert again is not None
    assert (again.automod, again.withheld) == (AutoMod.RELEASED, False)
    # what shows how it stood then does not count for how it ends
    assert not await store.jobs.record_status_message_final(job)
    assert await told(store) == [ActionKind.WITHHOLD, ActionKind.RELEASE]


async def test_one_that_is_kept_back_stays_its_owners(store: Store) -> None:
    job = await withheld(store)
    assert await store.automod.keep_back(1, action(job, ActionKind.RELEASE))
    for decide in (store.automod.keep_back, store.automod.release):
        assert not await decide(1, action(job, ActionKind.RELEASE))
    kept = await got(store, 1)
    assert (kept.state, kept.automod) == (JobState.UNDELIVERABLE, AutoMod.KEPT_BACK)
    assert await store.deliveries.kept_result(job.tasks[0]) == b"a PNG"
    assert await told(store) == [ActionKind.WITHHOLD, ActionKind.RELEASE]


async def test_the_click_that_asked_for_it_may_be_open_once_more_by_then(store: Store) -> None:
    await accept(store, 1, click_key="click")
    [task] = await claim(store, OWNER, PLENTY, NOW)
    task = await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW)
    await store.tasks.succeed(task, "spark-1", CENT, "https://spark/1.png", NOW)
    job = await store.deliveries.begin(1, OWNER, NOW)
    assert job is not None
    await store.deliveries.keep_result(job.tasks[0], b"a PNG", NOW)
    await store.automod.withhold(job, action(job))
    assert await accept(store, 2, click_key="click")
    assert await store.automod.release(1, action(job))


@pytest.mark.parametrize("gone", ["deleted", "erased", "forgotten"])
async def test_nobody_decides_about_what_is_gone(store: Store, gone: str) -> None:
    job = await withheld(store)
    match gone:
        case "deleted":
            await store.jobs.record_removed(1, ANNA.user_id, NOW)
        case "erased":
            await store.privacy.erase_old(NOW + 1, 10, NOW)
        case _:
            await store.deliveries.forget_results(NOW + 1)
    assert await store.deliveries.kept_result(job.tasks[0]) is None
    for decide in (store.automod.keep_back, store.automod.release):
        assert not await decide(1, action(job))
    assert await told(store) == [ActionKind.WITHHOLD]


async def test_late_pictures_wait_for_the_same_word_and_are_told_of_once(store: Store) -> None:
    job = await delivering(store, 1)
    job = await store.deliveries.end(job, 500, 600, [], NOW)
    [late] = await store.deliveries.late_pictures()
    for _ in range(2):
        await store.automod.withhold_late(job, action(job))
    await store.deliveries.keep_result(late, b"a PNG", NOW)
    assert await store.deliveries.late_pictures(1) == []
    assert await told(store) == [ActionKind.WITHHOLD]

    assert await store.automod.release(1, action(job))
    assert [task.name for task in await store.deliveries.late_pictures(1)] == ["1-1"]
    assert (await got(store, 1)).state is JobState.DELIVERED


async def test_what_stands_already_is_not_withheld(store: Store) -> None:
    job = await delivered(store, 1)
    assert not await store.automod.release(1, action(job))
