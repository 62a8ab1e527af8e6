from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sandbox.discord import Interaction
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.markup import as_shown


def _seed(number: int) -> Callable[[Mapping[str, Any]], bool]:
    return lambda params: params["seed"] == number


async def _failed(bot: Harness, **options: Any) -> Interaction:
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001095"))
    asked = await bot.imagine(**options)
    await bot.posted(asked)
    return asked


async def test_what_failed_of_a_job_is_named_beside_what_was_made(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001098", where=_seed(51)))
    asked = await bot.imagine(seed=50, count=3)
    posted = await bot.posted(asked)

    assert bot.posts() == [posted]
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png", f"{asked.id}-3.png"]
    assert posted.content.splitlines() == [
        f"{bot.alice.mention} here are your 2 pictures.",
        "Picture 2 of 3: Spark's text to image lost track of this picture. Try again in a few minutes.",
        "-# 1328×1328 · 0 s · $0.013",
        "-# To change one of them, press a button below, or reply and name it: “the second, at night”.",
        "-# What was not made was not charged.",
    ]
    assert "2 pictures · $0.013" in bot.status_message(asked)
    ends = sorted((await bot.books.entries(asked.id))[3:])
    assert ends == [(1, "settle", "0.0065"), (2, "release", "0.03"), (3, "settle", "0.0065")]
    assert await bot.books.today(bot.alice, bot.guild) == (bot.bill, "0") == ("0.013", "0")


async def test_what_failed_of_a_job_can_be_tried_again_by_itself(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001098", where=_seed(51)))
    posted = await bot.posted(await bot.imagine(seed=50, count=3))
    again = await bot.click(bot.alice, posted, "Try picture 2 again")
    second = await bot.posted(again)
    assert [submit.params["seed"] for submit in bot.submits[3:]] == [51]
    assert second.channel is posted.channel  # right there, in the thread
    assert len(second.attachments) == 1


async def test_where_all_failed_there_is_one_notice_and_no_thread(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001095", times=2))
    asked = await bot.imagine(prompt="a shy fox", count=2)
    notice = await bot.posted(asked)

    assert bot.posts() == [notice]
    assert (notice.channel, notice.attachments) == (bot.general, [])
    assert notice.pinged == {bot.alice.id}
    why = "Spark's text to image failed while it made the picture."
    advice = "Try again; if it fails again, change the words."
    assert as_shown(notice.content).splitlines() == [
        f"{bot.alice.mention} there is no picture this time.",
        "> a shy fox",
        f"{why} {advice}",
        "-# Nothing was charged.",
    ]
    assert asked.response is not None
    assert asked.response.thread is None
    assert bot.status_message(asked).startswith("⚠️ No picture of **a shy fox**\n-# Nothing was charged · [why](")
    assert str(notice.id) in bot.status_message(asked)
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")
    assert bot.bill == "0"


async def test_what_was_charged_without_a_picture_is_settled_and_told(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "pictures", pictures=0))
    asked = await bot.imagine(prompt="a shy fox")
    notice = await bot.posted(asked)

    assert as_shown(notice.content).splitlines() == [
        f"{bot.alice.mention} there is no picture this time.",
        "> a shy fox",
        "Spark said that it was done, but gave no picture. Try again. "
        "Spark charged $0.0065 for it all the same; tell whoever runs this bot.",
    ]
    assert "-# Spark charged $0.0065 all the same · [why](" in bot.status_message(asked)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    assert await bot.books.today(bot.alice, bot.guild) == (bot.bill, "0") == ("0.0065", "0")
    assert await bot.books.problems() == ()
    assert [e["cost_nano"] for e in bot.log if e["event"] == "task.charged_without_picture"] == [6_500_000]


async def test_what_was_charged_for_a_failure_is_told_beside_what_was_made(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "pictures", pictures=0, where=_seed(51)))
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001098", where=_seed(52)))
    asked = await bot.imagine(seed=50, count=3)
    posted = await bot.posted(asked)
    assert "Picture 2 of 3: Spark said that it was done, but gave no picture." in posted.content
    assert "charged $0.0065 for it all the same" in posted.content
    assert posted.content.endswith("-# What else was not made was not charged.")
    assert "1 picture · $0.013" in bot.status_message(asked)
    assert await bot.books.today(bot.alice, bot.guild) == ("0.013", "0")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("'blocked *by* policy'", "Spark could not make it. It says: “blocked *by* policy”."),
        ("{'message': 'too many cats'}", "Spark could not make it. It says: “too many cats”."),
        ("{'code': 50411, 'message': 'too many cats'}", "It says: “too many cats”."),
        ("{}", "Spark could not make it, and gave no reason."),
    ],
)
async def test_a_failure_without_a_documented_code_is_told_in_sparks_own_words(
    bot: Harness, error: str, said: str
) -> None:
    body = f"{{'id': 't-1', 'status': 'failed', 'error': {error}}}".replace("'", '"')
    bot.spark.trouble.add(Trouble("submit", "answer", status=200, body=body))
    notice = await bot.posted(await bot.imagine())
    assert said in as_shown(notice.content)
    assert "Nothing was charged." in notice.content


async def test_a_task_that_fails_while_it_runs(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    (task,) = bot.spark.tasks.values()
    task.failure = "003001097"
    bot.finish()
    notice = await bot.posted(asked, tick=1)
    assert "A service that Spark's text to image relies on is in trouble." in notice.content
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]


async def test_try_again_makes_a_new_job_that_says_so_and_is_paid_for_by_itself(bot: Harness) -> None:
    asked = await _failed(bot, prompt="a shy fox", seed=33, size="hd", enhance="off", spoiler=True)
    (notice,) = bot.posts()
    again = await bot.click(bot.alice, notice, "Try again")
    posted = await bot.posted(again)

    first, second = (submit.params for submit in bot.submits)
    assert first == second
    assert "A new picture, paid for separately." in posted.content
    assert posted.attachments[0].filename == f"SPOILER_{again.id}-1.png"
    assert posted.channel.name == "a shy fox"
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert await bot.books.entries(again.id) == [(1, "reserve", "0.03"), (1, "settle", "0.013")]
    assert (await bot.books.job(again.id)).repeats_id == asked.id


async def test_another_members_click_is_refused(bot: Harness) -> None:
    asked = await _failed(bot)
    (notice,) = bot.posts()
    text = await bot.refused(await bot.click(bot.bob, notice, "Try again"))
    assert text.startswith("**This one is somebody else's.**")
    assert await bot.books.jobs() == [asked.id]
    assert await bot.books.today(bot.bob, bot.guild) == ("0", "0")


async def test_two_clicks_at_once_make_one_job(bot: Harness) -> None:
    asked = await _failed(bot)
    (notice,) = bot.posts()
    bot.spark.trouble.add(Trouble("submit", "never", times=None))
    clicks = [await bot.discord.click(bot.alice, notice, "Try again") for _ in range(2)]
    refused = await bot.until(lambda: next((c for c in clicks if bot.private_answer(c)), None))
    text = await bot.refused(refused)
    assert "Already on it." in text
    assert refused.response is None  # the deferral that everybody saw is gone
    (made,) = [click for click in clicks if click is not refused]
    assert await bot.books.jobs() == [asked.id, made.id]
    await bot.logged("task.running")
    assert len(bot.submits) == 2
    bot.finish()
    await bot.posted(made, tick=1)


async def test_a_click_on_a_job_that_has_arrived_by_now_is_refused(bot: Harness) -> None:
    lost = bot.spark.trouble.add(Trouble("submit", "hang", accepted=True))
    asked = await bot.imagine()
    await lost.reached.wait()
    await bot.clock.advance(61)
    notice = await bot.posted(asked)
    lost.release()
    await bot.logged("task.succeeded")
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=1)
    text = await bot.refused(await bot.click(bot.alice, notice, "Try again"))
    assert "Every picture has come" in text
    assert await bot.books.jobs() == [asked.id]


@pytest.mark.parametrize("code", ["003001002", "003001099"])
async def test_a_failure_without_a_picture_costs_nothing_whatever_its_code(bot: Harness, code: str) -> None:
    bot.spark.trouble.add(Trouble("submit", "fail", code=code))
    asked = await bot.imagine()
    await bot.posted(asked)
    job = await bot.books.job(asked.id)
    assert [task.error_code for task in job.tasks] == [code]
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")


async def test_parts_that_failed_alike_are_named_together(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001098", where=_seed(50)))
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001098", where=_seed(52)))
    posted = await bot.posted(await bot.imagine(seed=50, count=3))
    assert "Pictures 1 and 3 of 3: Spark's text to image lost track of this picture." in posted.content


async def test_what_a_second_try_has_brought_is_not_tried_a_third_time(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001098"))
    notice = await bot.posted(await bot.imagine())
    await bot.posted(await bot.click(bot.alice, notice, "Try again"))
    third = await bot.click(bot.alice, notice, "Try again")
    assert "It has come already." in await bot.refused(third)
    assert len(bot.submits) == 2
