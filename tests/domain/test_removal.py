from dataclasses import replace

import pytest

from bot.domain.jobs import Job
from bot.domain.pictures.sources import Copy, Source
from bot.domain.refusals import Refusal
from bot.domain.removal import CopyFate
from bot.domain.states import JobState
from bot.orders.removal import require_may_remove
from bot.wording.removal import removal_done, removal_question, removed_text
from tests.examples import JOB, TASK

OWNER, OTHER, MODERATOR = JOB.account.user_id, 2, 3
DONE = replace(
    JOB, state=JobState.DELIVERED, result_id=600, tasks=(replace(TASK, posted=True, cost_nano=6_500_000),)
)


@pytest.mark.parametrize(("person", "moderates"), [(OWNER, False), (OWNER, True), (MODERATOR, True)])
def test_owner_and_moderators_may_delete(person: int, moderates: bool) -> None:
    require_may_remove(DONE, person, moderates=moderates)


def test_nobody_else_may() -> None:
    with pytest.raises(Refusal, match="This is somebody else's picture") as refused:
        require_may_remove(DONE, OTHER, moderates=False)
    assert "whoever may manage messages here" in refused.value.text


@pytest.mark.parametrize("state", [JobState.OPEN, JobState.DELIVERING])
def test_nothing_is_deleted_that_would_be_posted_again(state: JobState) -> None:
    with pytest.raises(Refusal, match="still being posted"):
        require_may_remove(replace(DONE, state=state), OWNER, moderates=False)


@pytest.mark.parametrize(
    ("by", "word"),
    [(OWNER, "Deleted by <@1>\n"), (MODERATOR, "Deleted by <@3>, who moderates here")],
)
def test_the_status_message_says_on_whose_word_and_what_it_cost_but_not_what_was_asked_for(
    by: int, word: str
) -> None:
    text = removed_text(replace(DONE, removed_at=5, removed_by=by))
    assert word in text
    assert "It has cost $0.0065, which is not given back." in text
    assert DONE.title not in text


@pytest.mark.parametrize(
    ("job", "message_id", "told"),
    [
        (DONE, 600, "It has cost $0.0065"),
        (replace(DONE, tasks=(replace(DONE.tasks[0], cost_nano=None),)), 600, "Nothing was charged for it."),
        (DONE, 700, "It has cost $0.0065"),  # a late picture, and the only one
        (replace(DONE, tasks=DONE.tasks * 2), 700, "What it cost is not given back."),
    ],
)
def test_the_money_is_spoken_of(job: Job, message_id: int, told: str) -> None:
    assert told in removal_done(job, message_id, CopyFate.NONE)


COPIED = replace(DONE, source=Source("https://cdn/me.png", "me.png", copy=Copy("https://cdn/copy.png", 500, 700)))


@pytest.mark.parametrize(
    ("channel_id", "fate", "told"),
    [
        (500, CopyFate.DELETED, "is deleted too."),
        (500, CopyFate.GONE, "had been deleted before."),
        (500, CopyFate.NEEDED, "another portrait is being made from it"),
        (500, CopyFate.KEPT, "still stands [here](https://discord.com/channels/10/500/700): Discord did not let"),
        (501, CopyFate.KEPT, "still stands: Discord did not let me delete it now."),
    ],
)
def test_it_is_said_what_became_of_a_copy(channel_id: int, fate: CopyFate, told: str) -> None:
    copy = Copy("https://cdn/copy.png", channel_id, 700)
    source = Source("https://cdn/me.png", "me.png", copy=copy)
    assert told in removal_done(replace(DONE, source=source), 600, fate)


def test_that_a_copy_goes_too_is_said_before_where_it_does() -> None:
    goes = "The copy of your picture that was posted for Spark goes too."
    two = replace(COPIED, tasks=COPIED.tasks * 2)
    assert [goes in removal_question(*asked) for asked in ((COPIED, 600), (DONE, 600), (two, 700))] == [
        True,
        False,
        False,
    ]
