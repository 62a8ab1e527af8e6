from dataclasses import replace

import pytest

from bot.domain.history import Direction, Mark, Page, Search
from bot.domain.states import JobState, TaskState
from bot.store import Store
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CENT,
    NOW,
    accept,
    ask,
    delivered,
    delivering,
    got,
    order,
    reach,
)

ANNA_ELSEWHERE = ANNA.__class__(20, ANNA.user_id)


def ids(page: Page) -> list[int]:
    return [entry.job.id for entry in page.entries]


def last(page: Page) -> tuple[Direction, Mark]:
    return Direction.OLDER, Mark.of(page.entries[-1].job)


def first(page: Page) -> tuple[Direction, Mark]:
    return Direction.NEWER, Mark.of(page.entries[0].job)


async def test_an_empty_history(store: Store) -> None:
    assert await store.history.page(ANNA, 5) == Page([], newer=False, older=False)


async def test_the_newest_come_first_page_by_page_there_and_back(store: Store) -> None:
    for job_id in range(1, 8):
        await accept(store, job_id, at=NOW + job_id)
    newest = await store.history.page(ANNA, 3)
    middle = await store.history.page(ANNA, 3, last(newest))
    oldest = await store.history.page(ANNA, 3, last(middle))
    pages = [newest, middle, oldest]
    assert [ids(page) for page in pages] == [[7, 6, 5], [4, 3, 2], [1]]
    assert [(page.newer, page.older) for page in pages] == [(False, True), (True, True), (True, False)]
    assert await store.history.page(ANNA, 3, first(oldest)) == middle
    assert await store.history.page(ANNA, 3, first(middle)) == newest


@pytest.mark.parametrize("size", [1, 2, 3])
async def test_what_was_asked_for_in_the_same_millisecond_is_shown_once_each(store: Store, size: int) -> None:
    for job_id in (3, 9, 5, 2, 7):
        await accept(store, job_id)
    page = await store.history.page(ANNA, size)
    forth = ids(page)
    while page.older:
        page = await store.history.page(ANNA, size, last(page))
        forth += ids(page)
    assert forth == [9, 7, 5, 3, 2]
    back = ids(page)
    while page.newer:
        page = await store.history.page(ANNA, size, first(page))
        back = ids(page) + back
    assert back == forth


async def test_what_comes_while_somebody_reads_moves_nothing(store: Store) -> None:
    for job_id in range(1, 5):
        await accept(store, job_id, at=NOW + job_id)
    newest = await store.history.page(ANNA, 2)
    await accept(store, 9, at=NOW + 9)
    older = await store.history.page(ANNA, 2, last(newest))
    assert ids(older) == [2, 1]
    assert ids(await store.history.page(ANNA, 2, first(newest))) == [9]


async def test_a_full_page_before_the_newest_is_no_page_more(store: Store) -> None:
    for job_id in range(1, 5):
        await accept(store, job_id, at=NOW + job_id)
    newest = await store.history.page(ANNA, 2)
    oldest = await store.history.page(ANNA, 2, last(newest))
    assert (oldest.newer, oldest.older) == (True, False)
    assert await store.history.page(ANNA, 2, last(oldest)) == Page([], newer=True, older=False)
    assert await store.history.page(ANNA, 2, first(newest)) == Page([], newer=False, older=True)


async def test_nothing_of_other_people_and_other_servers_is_shown(store: Store) -> None:
    await accept(store, 1, ANNA)
    await accept(store, 2, BEN)
    await accept(store, 3, ANNA_ELSEWHERE)
    await accept(store, 4, ANNA_ALONE)
    for job_id, account in ((1, ANNA), (2, BEN), (3, ANNA_ELSEWHERE), (4, ANNA_ALONE)):
        page = await store.history.page(account, 5)
        assert (ids(page), page.newer, page.older) == ([job_id], False, False)
        mark = Mark(NOW, job_id)
        for direction in Direction:
            beside = await store.history.page(account, 5, (direction, mark))
            assert ids(beside) == []
        assert [job for job in range(1, 5) if await store.history.entry(account, job)] == [job_id]


async def test_what_was_taken_back_is_left_out(store: Store) -> None:
    await accept(store, 1)
    await accept(store, 2, at=NOW + 1)
    assert await store.jobs.cancel(2, NOW + 2)
    assert ids(await store.history.page(ANNA, 5)) == [1]
    assert await store.history.entry(ANNA, 2) is None


async def test_an_entry_is_the_whole_job_and_says_since_when_a_picture_is_kept(store: Store) -> None:
    await delivered(store, 1)
    held = await delivering(store, 2)
    await store.deliveries.keep_result(held.tasks[0], b"picture", NOW + 50)
    await accept(store, 3, prices=[CENT] * 4, at=NOW + 1)

    page = await store.history.page(ANNA, 5)

    assert [(entry.job.id, entry.job.state, entry.kept_at) for entry in page.entries] == [
        (3, JobState.OPEN, None),
        (2, JobState.DELIVERING, NOW + 50),
        (1, JobState.DELIVERED, None),
    ]
    assert [len(entry.job.tasks) for entry in page.entries] == [4, 1, 1]
    for entry in page.entries:
        assert entry.job == await store.jobs.get(entry.job.id)
        assert entry == await store.history.entry(ANNA, entry.job.id)


async def test_a_status_message_whose_job_was_cancelled_is_to_be_finished(store: Store) -> None:
    await reach(store, 1, TaskState.QUEUED)
    await accept(store, 2)
    assert await store.jobs.cancel(1, NOW, has_status_message=True)
    assert await store.jobs.cancel(2, NOW)
    assert [job.id for job in await store.jobs.unfinished_status_messages()] == [1]
    await store.jobs.record_status_message_final(await got(store, 1))
    assert await store.jobs.unfinished_status_messages() == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fox", [1, 5]),
        ("FOX snow", [1]),
        ("snow fox", [1]),
        ("fo%", []),
        ("f_x", []),
        ("100%", [3]),
        ("ägypten", [4]),
        ("狐狸", [2]),
        ("a fox who hops over a dog", [5]),
        ("a fox who over hops a dog", []),
        ("", [1, 2, 3, 4, 5]),
    ],
)
async def test_what_has_some_words_is_found(store: Store, typed: str, found: list[int]) -> None:
    titles = ["a red Fox in snow", "雪里的狐狸", "100% wool", "Ägypten bei Nacht", "A fox, who hops over a dog"]
    for job_id, title in enumerate(titles, start=1):
        await ask(store, job_id, replace(order(), title=title), at=NOW + job_id)
    page = await store.history.page(ANNA, 9, None, Search(typed))
    assert ids(page)[::-1] == found


async def test_pages_of_what_has_some_words_go_there_and_back(store: Store) -> None:
    for job_id in range(1, 8):
        title = "a fox" if job_id % 2 else "an owl"
        await ask(store, job_id, replace(order(), title=title), at=NOW + job_id)
    fox = Search("fox")
    newest = await store.history.page(ANNA, 2, None, fox)
    oldest = await store.history.page(ANNA, 2, last(newest), fox)
    assert [(ids(page), page.newer, page.older) for page in (newest, oldest)] == [
        ([7, 5], False, True),
        ([3, 1], True, False),
    ]
    assert await store.history.page(ANNA, 2, first(oldest), fox) == newest
