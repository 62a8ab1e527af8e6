"""What a bot of many does in a day, all of it: what runs for each job, each minute and each command."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from bot.domain.budgets import Account, Period
from bot.domain.history import Mark, Search, Way
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.complaints import Complaint, Grievance
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.pictures.consents import Verdict
from bot.domain.pictures.sources import Copy, MessageRef
from bot.domain.prices import Price
from bot.domain.refusals import ListedWords, Refusal, Refuser
from bot.domain.sizes import Quality
from bot.domain.spending import ReportPeriod, Span
from bot.domain.states import TaskState
from bot.store import PendingValue, Store
from tests.examples import PICTURE, SOURCE
from tests.store.asking import asks
from tests.store.picture_scenes import picture
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CARA,
    CENT,
    DAY,
    HOUR,
    NO_CEILINGS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    ask,
    claim,
    edit,
    origin,
    reach,
    terms,
)

ALL_LIMITED = terms(
    user_day=CENT,
    user_month=CENT,
    everywhere_day=CENT,
    everywhere_month=CENT,
    guild_day=CENT,
    guild_month=CENT,
    total_day=CENT,
    total_month=CENT,
)
ROLES = frozenset({71, 72})
NO_TEXTS: frozenset[str] = frozenset()
FIRST = 1_000_000
"""The id of the first job; those of the year before are lower."""
DUE = NOW - 90 * DAY + HOUR
"""What is older has been kept long enough, since less than an hour ago."""


async def the_bot_starts(store: Store) -> None:
    """Leaves out what came late to all jobs: it is read from all tasks, once."""
    await store.commands.digest(900)
    await store.commands.record(900, "digest", NOW)
    await store.workers.adopt(OWNER, NOW)
    await store.tasks.recent_successes(200)
    await store.tasks.undecided_jobs()
    await store.deliveries.held_by(OWNER)
    await store.deliveries.ready()
    await store.jobs.unfinished_status_messages()
    await store.jobs.unfinished()


async def pictures_are_asked_for(store: Store) -> None:
    await store.pending.keep("a key", ANNA, PendingValue("agreed", {}), NOW)
    await store.pending.peek("a key", ANNA, "agreed", NOW - DAY)
    await store.pending.take("a key", ANNA, "agreed", NOW - DAY, FIRST)
    await store.jobs.require_welcome(origin(FIRST), NO_TEXTS, ALL_LIMITED)
    await store.jobs.require_room(origin(FIRST), NO_TEXTS, "click", Price(CENT, learnt=True), ALL_LIMITED)
    await accept(store, FIRST, prices=[CENT // 2] * 2, roles=ROLES, click_key="click", under=ALL_LIMITED)
    await store.warnings.take(ANNA, NOW)
    for account in (ANNA, ANNA_ALONE):
        await store.ledger.budgets(account, ROLES, ALL_LIMITED.ceilings, NOW)
    await store.refusals.record(ANNA, Refusal(Refuser.BOT, "No.", ""), NOW)
    listed = ListedWords(Refuser.SERVER, "No.", "", used="rude words")
    await store.refusals.record_words(origin(FIRST), "imagine", listed, 600_000, NOW)
    await store.hints.show(500, ANNA.user_id, NOW)
    await store.preferences.change(ANNA.user_id, lambda own: replace(own, quality=Quality.HD))
    await store.preferences.of(ANNA.user_id)
    await store.favourites.toggle(BEN.user_id, FIRST, NOW)
    await store.favourites.has(BEN.user_id, FIRST)
    await store.jobs.record_status_message(FIRST, 600)
    await store.automod.let_go(FIRST)
    await store.tasks.queue()


async def pictures_are_made(store: Store) -> None:
    first, second = await claim(store, OWNER, PLENTY, NOW)
    first = await store.tasks.begin_submit(first, CENT // 2, ALL_LIMITED.ceilings, NOW)
    first = await store.tasks.start(first, "spark-1")
    await store.tasks.get(first)
    await store.tasks.succeed(first, "spark-1", CENT, "https://spark/1.png", NOW)
    second = await store.tasks.begin_submit(second, 0, ALL_LIMITED.ceilings, NOW)
    assert second.state is TaskState.FAILED  # what the first has cost leaves nothing for it


async def pictures_are_delivered(store: Store) -> None:
    job = await store.deliveries.begin(FIRST, OWNER, NOW)
    assert job is not None
    [task, _] = job.tasks
    await store.deliveries.record_place(job, 501)
    await store.deliveries.record_size(task, (640, 480))
    await store.deliveries.keep_result(task, b"a PNG", NOW)
    await store.deliveries.kept_result(task)
    job = await store.deliveries.end(job, 501, 601, [1], NOW)
    await store.deliveries.late_pictures(FIRST)
    await store.deliveries.late_ends(FIRST)
    await store.deliveries.record_late(task, NOW)
    await store.jobs.record_status_message_final(job)


async def things_go_wrong(store: Store) -> None:
    await accept(store, FIRST + 1, CARA)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.postpone(task, NOW + 1, NOW)
    assert await claim(store, OWNER, PLENTY, NOW) == []
    [task] = await claim(store, OWNER, PLENTY, NOW + 1)
    await store.tasks.requeue(await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW), NOW, NOW)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.claimed_by(OWNER)
    task = await store.tasks.begin_submit(task, 2 * CENT, NO_CEILINGS, NOW)
    await store.tasks.moved_on(task)
    task = await store.tasks.mark_unknown(task, NOW)
    task = await store.tasks.start_late(task, OWNER, "spark-2")
    task = await store.tasks.mark_overdue(task)
    await store.tasks.fail(task, None, "No.", NOW)
    job = await store.deliveries.begin(FIRST + 1, OWNER, NOW)
    assert job is not None
    await store.deliveries.held_by(OWNER)
    await store.deliveries.give_up(job, NOW)
    await store.automod.stop(FIRST + 1, NOW)
    await reach(store, FIRST + 2, TaskState.UNKNOWN)
    await reach(store, FIRST + 7, TaskState.UNKNOWN, Account(0, CARA.user_id))
    tights = terms(guild_month=CENT), terms(total_month=CENT), terms(everywhere_month=2 * CENT)
    for job_id, tight in enumerate(tights, start=FIRST + 8):
        await accept(store, job_id, CARA, prices=[0])
        [task] = await claim(store, OWNER, PLENTY, NOW)
        task = await store.tasks.begin_submit(task, 2 * CENT, tight.ceilings, NOW)
        assert task.state is TaskState.FAILED


async def automod_withholds_a_result(store: Store) -> None:
    await reach(store, FIRST + 11, TaskState.SUCCEEDED, BEN)
    about = (ActionKind.WITHHOLD, About.JOB, FIRST + 11)
    acted = Action(BEN.guild_id, BEN.user_id, *about, "this", None, NOW)
    for decide in (store.automod.release, store.automod.keep_back):
        job = await store.deliveries.begin(FIRST + 11, OWNER, NOW)
        assert job is not None
        await store.deliveries.keep_result(job.tasks[0], b"a PNG", NOW)
        await store.automod.withhold(job, acted)
        await store.automod.withhold_late(job, acted)
        assert await decide(job.id, acted)


async def a_minute_passes(store: Store) -> None:
    await store.jobs.forget_tokens(NOW + DAY)
    await store.deliveries.forget_results(DUE)
    await store.images.forget(DUE)
    await store.privacy.erase_old(DUE, 200, NOW)
    await store.refusals.forget(DUE, 200)
    await store.hints.forget(DUE, 200)
    await store.pending.forget(DUE, 200)
    await store.ownership.forget(DUE, 200)
    await store.consents.forget(DUE, 200)
    await store.consents.end_silent(NOW)
    await store.consents.unfinished(NOW)
    await store.erasures.next(lambda: -1, NOW)
    await store.tasks.release_unknown(NOW + 1, NOW)
    await store.jobs.unfinished_status_messages(NOW)
    await store.moderation.unlogged(10)
    for used in await store.refusals.untold(10):
        await store.refusals.mark_told(used.id)
    await store.warnings.untold_of_servers(10)
    await store.complaints.unshown(10, NOW)


async def buttons_are_pressed(store: Store) -> None:
    await ask(store, FIRST + 5, edit(), account=ANNA_ALONE)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW)
    await store.images.get(PICTURE.sha256)
    await store.jobs.record_source(FIRST + 5, SOURCE)
    await store.jobs.needs_copy(Copy("https://cdn/1.png", 500, 600))
    await ask(store, FIRST + 6, edit(anew=False))
    assert await store.jobs.cancel(FIRST + 6, NOW)
    await store.jobs.with_status_message(600)
    await store.jobs.was_repeated(FIRST)
    reported = await store.jobs.get(FIRST)
    assert reported is not None
    for user_id in (BEN.user_id, CARA.user_id):
        complaint = Complaint(user_id, Grievance.OTHER, None, NOW)
        await store.complaints.file(reported, MessageRef(501, 601), complaint)
    await store.complaints.require_open(601, ANNA.user_id)
    await store.jobs.record_hidden(FIRST)
    await store.jobs.record_removed(FIRST, ANNA.user_id, NOW)
    await store.lineage.of(FIRST, 10)


async def owners_are_asked_about_their_pictures(store: Store) -> None:
    here, hers = ANNA.guild_id, picture(1, ANNA.user_id, 600)
    await store.ownership.recognise(here, hers, NOW, NOW)
    await store.ownership.of(here, hers, None)
    await store.ownership.of(here, None, FIRST)
    assert await asks(store, FIRST + 7, hers)
    await store.consents.get(FIRST + 7)
    await store.consents.asked(FIRST + 7)
    await store.consents.record_posted(FIRST + 7, MessageRef(500, 602))
    await store.consents.answer(FIRST + 7, ANNA.user_id, Verdict.NEVER, NOW)
    await store.consents.take_back_never(FIRST + 7, ANNA.user_id)
    await store.consents.still_holds(FIRST + 7, BEN.user_id)
    await store.consents.close(FIRST + 7, NOW)
    assert await asks(store, FIRST + 8, picture(2, ANNA.user_id, 600))
    await store.consents.withdraw(FIRST + 8)
    found = await store.ownership.remembered(here, hers.sha256)
    assert found is not None
    said = Action(here, 99, ActionKind.SETTLE, About.MEMBER, BEN.user_id, "this", None, NOW)
    await store.ownership.remembered_as(here, found.id)
    await store.ownership.settle(found.id, BEN.user_id, said)
    await store.ownership.of_job(FIRST)


async def members_look_back(store: Store) -> None:
    *_, oldest = (await store.history.page(ANNA, 10)).entries
    for way in (Way.older_than(oldest.job), Way.newer_than(oldest.job)):
        for search in (Search(), Search("red fox in the snow", favourites=True)):
            await store.history.page(ANNA, 10, way, search)
    await store.history.entry(ANNA, oldest.job.id)
    for period in ReportPeriod:
        await store.spending.of_account(ANNA, Span.at(period, NOW))
    await store.limits.of(ANNA, ROLES, NOW)
    await store.limits.grants_of(ANNA, NOW)


async def moderators_look_after_a_server(store: Store) -> None:
    here = ANNA.guild_id
    acted = Action(here, 99, ActionKind.LIMIT, About.MEMBER, ANNA.user_id, "this", None, NOW)
    # the time of all is not among them: it reads a whole server, for which PostgreSQL may well read everything
    for period in (each for each in ReportPeriod if each is not ReportPeriod.ALL):
        await store.spending.of_server(here, Span.at(period, NOW))
        await store.spending.spenders(here, Span.at(period, NOW), 10)
    last_month = Span.at(ReportPeriod.LAST_MONTH, NOW)
    [*_, last] = (await store.exports.batch(here, last_month, 200)).jobs
    await store.exports.batch(here, last_month, 200, Mark.of(last))
    await store.refusals.newest(ANNA, 10)
    await store.moderation.actions_about(here, ANNA.user_id, 10)
    await store.moderation.was_asked(ANNA, "asked for more", NOW)
    await store.limits.of_server(here)
    await store.moderation.set_limits([Limit(Subject.ROLE, 71, Period.DAY, CENT)], acted)
    await store.moderation.clear_limits(Subject.ROLE, 71, [Period.DAY], acted)
    await store.moderation.grant(Grant(ANNA, CENT, "a poster", 99, NOW, NOW + DAY), acted)
    await store.moderation.end_grants(ANNA, acted)
    await store.moderation.block(Block(ANNA, "spam", None, 99, NOW, None), acted)
    await store.moderation.unblock(ANNA, acted)
    await store.moderation.change_rules(lambda rules: rules, acted)
    await store.moderation.record_told(acted)
    await store.welcomes.take(here, NOW)
    [reported] = await store.complaints.unshown(1, NOW)
    await store.complaints.record_logged(601, MessageRef(700, 800))
    await store.complaints.mark_shown(reported)
    await store.complaints.has_changed(FIRST)
    await store.complaints.clear(601, acted)
    await store.complaints.of(601, NOW)
    [unlogged] = await store.moderation.unlogged(1)
    await store.moderation.mark_logged(unlogged.id, NOW)
    [untold] = await store.warnings.untold_of_servers(1)
    await store.warnings.mark_told(untold, NOW)


async def somebody_asks_for_their_data_and_leaves(store: Store) -> None:
    whose = BEN.user_id
    [*_, last] = await store.personal_data.jobs(whose, None, 10)
    await store.personal_data.jobs(whose, (last.account.guild_id, last.accepted_at, last.id), 10)
    await store.personal_data.refusals(whose, 0, 10)
    await store.personal_data.kept(whose)
    await store.personal_data.images(whose)
    await store.personal_data.decisions(whose)
    await store.personal_data.preferences(whose)
    await store.personal_data.favourites(whose)
    await store.personal_data.pending(whose)
    await store.personal_data.complaints(whose)
    await store.personal_data.pictures(whose)
    await store.personal_data.consents(whose)
    await store.erasures.begin(whose, -1, NOW)
    while await store.erasures.go_on(whose, 20):
        pass


Flow: TypeAlias = Callable[[Store], Awaitable[None]]
FLOWS: tuple[Flow, ...] = (
    the_bot_starts,
    pictures_are_asked_for,
    pictures_are_made,
    pictures_are_delivered,
    things_go_wrong,
    automod_withholds_a_result,
    buttons_are_pressed,
    owners_are_asked_about_their_pictures,
    members_look_back,
    moderators_look_after_a_server,
    a_minute_passes,
    somebody_asks_for_their_data_and_leaves,
)
"""One after the other: what is asked for is then made, and so on."""
