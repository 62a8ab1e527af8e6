import asyncio
from dataclasses import replace

import pytest

from bot.domain.jobs import Job
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.complaints import Complaint, Grievance, Reported
from bot.domain.pictures.sources import MessageRef
from bot.domain.refusals import Refusal
from bot.store import Store
from bot.wording.complaints import cleared_before, reported_before
from tests.store.scenes import ANNA, BEN, CARA, DAY, NOW, delivered

SHOWN = MessageRef(500, 600)
HATE = Complaint(BEN.user_id, Grievance.HATE, "the sign", NOW)
GORE = Complaint(CARA.user_id, Grievance.VIOLENCE, None, NOW + 1)
CLEARED = Action(ANNA.guild_id, 99, ActionKind.CLEAR, About.JOB, 1, "found nothing wrong", None, NOW)


async def read(store: Store) -> Reported | None:
    return await store.complaints.of(SHOWN.message_id, NOW)


async def unshown(store: Store) -> list[Reported]:
    return list(await store.complaints.unshown(10, NOW))


async def refused(store: Store, job: Job, complaint: Complaint) -> str:
    with pytest.raises(Refusal) as said:
        await store.complaints.file(job, SHOWN, complaint)
    return said.value.text


async def test_each_person_reports_a_message_once_and_moderators_are_told_of_each_change(store: Store) -> None:
    job = await delivered(store, 1)
    filed = await asyncio.gather(
        *(store.complaints.file(job, SHOWN, HATE) for _ in range(3)), return_exceptions=True
    )
    assert [type(each) for each in filed].count(Refusal) == 2
    assert await refused(store, job, HATE) == reported_before().text

    [first] = await unshown(store)
    await store.complaints.file(job, SHOWN, GORE)
    await store.complaints.mark_shown(first)  # which the second came after
    [second] = await unshown(store)
    assert (first.count, second.count, list(second.complaints)) == (1, 2, [HATE, GORE])
    await store.complaints.mark_shown(second)
    await store.complaints.record_logged(SHOWN.message_id, MessageRef(700, 800))
    assert await unshown(store) == []

    for change in (store.jobs.record_hidden(1), store.jobs.record_removed(1, ANNA.user_id, NOW)):
        await change
        [told] = await unshown(store)
        await store.complaints.mark_shown(told)
    assert (told.logged, told.job.spoiler, told.job.removed_by) == (MessageRef(700, 800), True, ANNA.user_id)
    assert not await store.jobs.record_hidden(1)


async def test_of_many_at_once_one_finds_nothing_wrong_with_it(store: Store) -> None:
    job = await delivered(store, 1)
    await store.complaints.file(job, SHOWN, HATE)
    by = [replace(CLEARED, actor_id=90 + n) for n in range(5)]
    done = await asyncio.gather(*(store.complaints.clear(SHOWN.message_id, each) for each in by))
    found = await read(store)
    assert found is not None
    assert [each.actor_id for each, first in zip(by, done, strict=True) if first] == [found.cleared_by]
    assert list(found.acts) == [each for each in by if each.actor_id == found.cleared_by]
    assert await refused(store, job, GORE) == cleared_before().text
    assert (await read(store)) == found


async def test_a_report_goes_with_whoever_made_it_and_with_the_words_of_its_job(store: Store) -> None:
    job = await delivered(store, 1)
    for complaint in (HATE, GORE):
        await store.complaints.file(job, SHOWN, complaint)
    [told] = await unshown(store)
    await store.complaints.mark_shown(told)
    assert await store.personal_data.complaints(BEN.user_id) == [(SHOWN.message_id, HATE)]

    erasure = await store.erasures.begin(BEN.user_id, -5, NOW)
    while await store.erasures.go_on(BEN.user_id, 10):
        pass

    assert not erasure.repeated
    [left] = await unshown(store)
    assert (list(left.complaints), left.count) == ([GORE], 2)
    assert await store.personal_data.complaints(BEN.user_id) == []
    assert await store.privacy.erase_old(NOW + DAY, 10, NOW) == 1
    assert await read(store) is None
    assert await store.personal_data.complaints(CARA.user_id) == []
