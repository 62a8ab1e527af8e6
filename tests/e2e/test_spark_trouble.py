import json
import re

import pytest

from sandbox.spark.latency import Latency
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.markup import as_shown, markup_in


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


async def test_a_task_is_looked_at_until_it_is_finished(bot: Harness) -> None:
    asked = await bot.imagine()
    posted = await bot.posted(asked, tick=1)
    assert len(posted.attachments) == 1
    job = await bot.books.job(asked.id)
    (task,) = job.tasks
    assert task.submitted_at is not None
    assert task.ended_at is not None
    seconds = (task.ended_at - task.submitted_at) // 1000
    assert seconds >= 10
    assert f"· {seconds} s ·" in posted.content


async def test_too_many_requests_are_waited_out_and_the_task_is_sent_again(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "answer", status=429, headers={"Retry-After": "7"}, body="{}"))
    asked = await bot.imagine()
    await bot.posted(asked, tick=1)
    first, second = bot.submits
    assert (first.task_id, second.task_id is None) == (None, False)
    assert second.when - first.when >= 7
    assert len(bot.spark.tasks) == 1
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_a_refused_connection_is_tried_again(bot: Harness) -> None:
    await bot.spark.go_away()
    asked = await bot.imagine()
    await bot.logged("task.requeued", times=3, tick=1)
    assert bot.submits == []
    await bot.spark.come_back()
    await bot.posted(asked, tick=1)
    assert len(bot.submits) == 1
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_that_spark_is_away_is_said_once_however_many_wait(bot: Harness) -> None:
    await bot.spark.go_away()
    asked = [await bot.imagine(member) for member in (bot.alice, bot.alice, bot.bob)]
    await bot.logged("task.requeued", times=12, tick=1)
    [begun] = bot.troubles()
    assert (begun["event"], begun["trouble"]) == ("spark.away", "began")
    await bot.spark.come_back()
    for each in asked:
        await bot.posted(each, tick=1)
    [_, ended] = bot.troubles()
    assert (ended["event"], ended["trouble"]) == ("spark.away", "ended")
    assert ended["seconds"] > 2
    assert ended["affected"] >= 12


async def test_one_request_that_fails_is_no_trouble(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "answer", status=503, body="oops"))
    await bot.posted(await bot.imagine(), tick=1)
    assert bot.troubles() == []


async def test_a_key_that_is_refused_is_known_before_anybody_asks(bot: Harness) -> None:
    bot.spark.api_key, accepted = "another", bot.spark.api_key
    await bot.logged("spark.refuses_key", tick=30)
    await bot.clock.advance(600)
    bot.spark.api_key = accepted
    await bot.logged("spark.refuses_key", times=2, tick=30)
    [begun, ended] = bot.troubles()
    assert (begun["trouble"], ended["trouble"]) == ("began", "ended")
    assert ended["seconds"] >= 600
    assert bot.submits == []


async def test_where_spark_stays_away_the_job_ends_and_nothing_is_charged(bot: Harness) -> None:
    await bot.spark.go_away()
    asked = await bot.imagine()
    # in steps that are short beside the time that a submit is given: one may be under way on a busy machine
    notice = await bot.posted(asked, tick=8)
    assert "Spark took no new pictures for too long: it cannot be reached." in notice.content
    assert "Nothing was charged." in notice.content
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert bot.clock.monotonic() >= 15 * 60


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (
            400,
            '{"error": {"code": "3001002", "message": "x"}}',
            "The prompt for the picture is too long or empty.",
        ),
        (400, '{"message": "no unicorns"}', "Spark does not make this. It says: “no unicorns”."),
        (422, '{"message": "no unicorns"}', "Spark does not make this. It says: “no unicorns”."),
        (
            401,
            '{"message": "invalid API key"}',
            "Spark does not let me in at the moment. Whoever runs this bot has to renew its key.",
        ),
        (403, '{"message": "balance"}', "Whoever runs this bot has to top up its account"),
        (
            402,
            '{"status": {"code": 402, "message": "Insufficient credits", "error_code": 40201}, "data": null}',
            "My account at Spark is used up. Whoever runs this bot has to top it up.",
        ),
        (404, '{"message": "no such model"}', "Spark does not make this kind of picture for me"),
        (413, "<html>too large</html>", "Spark did not take it. Try again;"),
        (200, '{"error": {"code": 3001002}}', "The prompt for the picture is too long or empty."),
        (200, '{"error": "content policy violation"}', "It says: “content policy violation”."),
    ],
)
async def test_what_spark_refuses_for_good_is_explained_and_not_sent_again(
    bot: Harness, status: int, body: str, said: str
) -> None:
    bot.spark.trouble.add(Trouble("submit", "answer", status=status, body=body))
    asked = await bot.imagine()
    notice = await bot.posted(asked)
    assert said in notice.content
    assert "Nothing was charged." in notice.content
    assert notice.pinged == {bot.alice.id}
    assert len(bot.submits) == 1
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]


@pytest.mark.parametrize(
    ("status", "trouble", "remedy"),
    [
        (401, "spark.refuses_key", "give spark.api_key a key that Spark accepts"),
        (402, "spark.out_of_credit", "top up the account at Spark"),
        (
            403,
            "spark.out_of_credit",
            "top up the account at Spark, or give its key the permission that it lacks",
        ),
        (
            404,
            "spark.refuses_model",
            "Spark has no model spark_t2i_3_0 for this key: it is retired, misspelt or not allowed",
        ),
    ],
)
async def test_what_only_the_operator_can_mend_is_said_once_with_its_remedy(
    bot: Harness, status: int, trouble: str, remedy: str
) -> None:
    bot.spark.trouble.add(Trouble("submit", "answer", status=status, body="{}", times=3))
    for _ in range(3):
        notice = await bot.posted(await bot.imagine())
        assert "{" not in notice.content
        assert "spark_" not in notice.content
    [begun] = bot.troubles()
    assert (begun["event"], begun["trouble"], begun["remedy"]) == (trouble, "began", remedy)

    await bot.posted(await bot.imagine(), tick=1)
    [_, ended] = bot.troubles()
    assert (ended["event"], ended["trouble"], ended["affected"]) == (trouble, "ended", 3)


async def test_no_line_of_the_log_is_forged_by_what_spark_says(
    bot: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    forged = "x\r\n2026-11-20 [critical] forged\x1b[2J"
    bot.spark.trouble.add(Trouble("submit", "answer", status=400, body=json.dumps({"message": forged})))
    bot.spark.trouble.add(
        Trouble("submit", "answer", status=200, body=json.dumps({"id": forged, "status": "queued"}))
    )
    bot.spark.trouble.add(Trouble("status", "answer", status=500, body=forged, times=2))
    for _ in range(3):
        await bot.posted(await bot.imagine(), tick=1)
    lines = [str(value) for event in bot.log for value in event.values()] + [
        r.getMessage() for r in caplog.records
    ]
    assert any("forged" in line for line in lines)
    assert [line for line in lines if "forged" in line and not line.isprintable()] == []


async def test_what_spark_says_is_shown_as_text(bot: Harness) -> None:
    said = f"@everyone [x](http://y) {bot.bob.mention} **no**"
    bot.spark.trouble.add(Trouble("submit", "answer", status=400, body=json.dumps({"message": said})))
    notice = await bot.posted(await bot.imagine())
    (shown,) = re.findall("“(.*)”", notice.content)
    assert as_shown(shown) == said
    assert markup_in(shown) == []
    assert notice.pinged == {bot.alice.id}


async def test_however_much_spark_says_the_member_is_told(bot: Harness) -> None:
    for reason in ("no ", "never ", "not so ", "refused "):
        body = json.dumps({"message": reason * 5000})
        bot.spark.trouble.add(Trouble("submit", "answer", status=400, body=body))
    notice = await bot.posted(await bot.imagine(prompt="*" * 800, count=4))
    assert notice.content.count("Spark does not make this.") == 4
    assert notice.content.endswith("Nothing was charged.")


async def test_looks_survive_errors_of_every_kind(bot: Harness) -> None:
    for trouble in (
        Trouble("status", "answer", status=500, body="oops"),
        Trouble("status", "reset"),
        Trouble("status", "junk"),
        Trouble("status", "answer", status=429, headers={"Retry-After": "3"}, body="{}"),
        Trouble("status", "answer", status=404, body="{}"),
    ):
        bot.spark.trouble.add(trouble)
    asked = await bot.imagine()
    posted = await bot.posted(asked, tick=1)
    assert len(posted.attachments) == 1
    assert len(bot.submits) == 1
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_a_task_that_spark_forgets_ends_and_is_not_charged(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("status", "answer", status=404, body='{"message": "no such task"}', times=None))
    asked = await bot.imagine()
    notice = await bot.posted(asked, tick=5)
    assert "Spark has forgotten it." in notice.content
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]


async def test_a_key_that_is_refused_for_a_while_loses_no_task(bot: Harness) -> None:
    refused = bot.spark.trouble.add(Trouble("status", "answer", status=401, body="{}", times=3))
    asked = await bot.imagine()
    posted = await bot.posted(asked, tick=10)
    assert refused.times == 0
    assert len(posted.attachments) == 1


async def test_a_picture_that_spark_gives_out_late_is_waited_for(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("file", "answer", status=503, body="later", times=8))
    asked = await bot.imagine()
    posted = await bot.posted(asked, tick=1)
    assert len(posted.attachments) == 1
    assert bot.posts() == [posted]


@pytest.mark.parametrize("status", [403, 404])
async def test_a_file_that_is_not_there_yet_is_waited_for(harness: Harness, status: int) -> None:
    await harness.start()
    await harness.ready()
    not_yet = harness.spark.trouble.add(Trouble("file", "answer", status=status, body="not yet", times=None))
    asked = await harness.imagine()
    await harness.logged("job.not_delivered", times=6, tick=1)
    await harness.stop()
    await harness.start(seed=12)
    await harness.ready()
    await harness.logged("job.not_delivered", times=7, tick=1)
    assert harness.posts() == []
    not_yet.times = 0
    posted = await harness.posted(asked, tick=5)
    assert len(posted.attachments) == 1
    assert harness.posts() == [posted]


async def test_a_picture_that_is_gone_is_said_to_be(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("file", "answer", status=403, body="expired", times=None))
    asked = await bot.imagine()
    notice = await bot.posted(asked, tick=10)
    [task] = (await bot.books.job(asked.id)).tasks
    assert 240 <= bot.clock.time() - (task.ended_at or 0) / 1000 < 400
    assert "your picture was made, but Spark no longer gives it out" in notice.content
    assert "charged $0.0065" in notice.content
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0")


async def test_a_wish_to_wait_for_ever_ends_at_the_deadline(bot: Harness) -> None:
    bot.spark.trouble.add(
        Trouble("submit", "answer", status=429, headers={"Retry-After": "999999999"}, body="{}", times=None)
    )
    asked = await bot.imagine()
    await bot.logged("task.requeued")
    await bot.clock.advance(15 * 60)
    notice = await bot.posted(asked, tick=2)  # a pause that begins only after the jump lasts for as long again
    assert "Spark took no new pictures for too long: it is overloaded." in notice.content
    assert len(bot.submits) == 2
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")


async def test_a_page_in_the_place_of_a_picture_is_not_posted(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("file", "answer", status=200, body="<html>soon</html>", times=2))
    posted = await bot.posted(await bot.imagine(), tick=5)
    [file] = posted.attachments
    assert file.content.startswith(b"\x89PNG")
