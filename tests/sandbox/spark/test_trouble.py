import asyncio
import errno
from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from sandbox.clock import MovableClock
from sandbox.spark.catalogue import CODES, EDIT, PORTRAIT, T2I, printed
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import On, Trouble

Call = Callable[..., Coroutine[Any, Any, tuple[int, Any]]]

VALID = {"prompt": "a fox"}


async def test_an_answer_is_sent_as_scripted_and_only_as_often(
    spark: SparkSandbox, session: aiohttp.ClientSession, post: Call
) -> None:
    spark.trouble.add(
        Trouble("submit", "answer", times=2, status=429, body="slow down", headers={"Retry-After": "3"})
    )
    for _ in range(2):
        body = {"model": T2I, "input": [{"params": VALID}]}
        async with session.post(f"{spark.base_url}/model/v1/generation", json=body) as answer:
            assert answer.status == 429
            assert answer.headers["Retry-After"] == "3"
            assert await answer.text() == "slow down"
    assert (await post(T2I, **VALID))[0] == 200
    assert [submit.task_id is None for submit in spark.submits] == [True, True, False]


async def test_an_answer_after_acceptance_leaves_a_task_that_is_billed(
    spark: SparkSandbox, clock: MovableClock, session: aiohttp.ClientSession
) -> None:
    html = b"<html>502 Bad Gateway</html>"
    spark.trouble.add(Trouble("submit", "answer", accepted=True, status=502, body=html))
    body = {"model": T2I, "input": [{"params": VALID}]}
    async with session.post(f"{spark.base_url}/model/v1/generation", json=body) as answer:
        assert (answer.status, await answer.read()) == (502, html)
    assert spark.submits[0].task_id in spark.tasks
    await clock.advance(10)
    assert spark.bill == Decimal("0.0065")


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_reset_cuts_the_connection(spark: SparkSandbox, post: Call, accepted: bool) -> None:
    spark.trouble.add(Trouble("submit", "reset", accepted=accepted))
    with pytest.raises(aiohttp.ClientOSError) as cut:
        await post(T2I, **VALID)
    assert cut.value.errno == errno.ECONNRESET
    assert len(spark.tasks) == accepted
    await spark.wait_for(lambda s: len(s.requests) == 1)
    assert spark.requests[0].status is None


async def test_a_hang_of_an_accepted_task_is_answered_when_released(spark: SparkSandbox, post: Call) -> None:
    trouble = spark.trouble.add(Trouble("submit", "hang", accepted=True))
    waiting = asyncio.create_task(post(T2I, **VALID))
    await trouble.reached.wait()
    assert spark.submits[0].task_id in spark.tasks
    assert not waiting.done()
    trouble.release()
    status, task = await waiting
    assert (status, task["id"]) == (200, spark.submits[0].task_id)


async def test_a_hang_that_was_not_accepted_ends_as_a_gateway_timeout(
    spark: SparkSandbox, session: aiohttp.ClientSession
) -> None:
    trouble = spark.trouble.add(Trouble("submit", "hang"))
    body = {"model": T2I, "input": [{"params": VALID}]}
    sending = session.post(f"{spark.base_url}/model/v1/generation", json=body)
    waiting = asyncio.create_task(_status_of(sending))
    await trouble.reached.wait()
    trouble.release()
    assert await waiting == 504
    assert spark.tasks == {}


async def _status_of(sending: Any) -> int:
    async with sending as answer:
        status: int = answer.status
        return status


async def test_what_hangs_does_not_keep_the_sandbox_from_going_away(spark: SparkSandbox, post: Call) -> None:
    trouble = spark.trouble.add(Trouble("submit", "hang", accepted=True))
    waiting = asyncio.create_task(post(T2I, **VALID))
    await trouble.reached.wait()
    await spark.go_away()
    with pytest.raises(aiohttp.ClientError):
        await waiting


@pytest.mark.parametrize("on", ["submit", "status", "file"])
async def test_junk_is_answered_200_with_what_nobody_can_read(
    on: On, spark: SparkSandbox, clock: MovableClock, session: aiohttp.ClientSession, post: Call
) -> None:
    _, task = await post(T2I, **VALID)
    await clock.advance(10)
    spark.trouble.add(Trouble(on, "junk"))
    body = {"model": T2I, "input": [{"params": VALID}]}
    sending = {
        "submit": lambda: session.post(f"{spark.base_url}/model/v1/generation", json=body),
        "status": lambda: session.get(f"{spark.base_url}/model/v1/generation/task/{task['id']}"),
        "file": lambda: session.get(f"{spark.base_url}/files/{task['id']}.png"),
    }
    async with sending[on]() as answer:
        assert answer.status == 200
        with pytest.raises(ValueError, match="codec can't decode"):
            await answer.json()


@pytest.mark.parametrize("on", ["status", "file"])
async def test_trouble_with_reading_passes(
    on: On, spark: SparkSandbox, clock: MovableClock, post: Call, look: Call, fetch: Call
) -> None:
    _, task = await post(T2I, **VALID)
    await clock.advance(10)
    url = (await look(task["id"]))[1]["output"][0]["content"][0]["url"]
    address = url if on == "file" else f"{spark.base_url}/model/v1/generation/task/{task['id']}"
    spark.trouble.add(Trouble(on, "answer", status=503, body="busy"))
    spark.trouble.add(Trouble(on, "reset"))
    hang = spark.trouble.add(Trouble(on, "hang"))
    assert await fetch(address) == (503, b"busy")
    # aiohttp's client repeats a GET once by itself when a kept connection is cut, so the reset is seen or skipped
    waiting = asyncio.create_task(fetch(address))
    done, _ = await asyncio.wait(
        [waiting, asyncio.create_task(hang.reached.wait())], return_when="FIRST_COMPLETED"
    )
    if waiting in done:
        assert isinstance(waiting.exception(), aiohttp.ClientOSError)
        waiting = asyncio.create_task(fetch(address))
    await hang.reached.wait()
    hang.release()
    assert (await waiting)[0] == 200


@pytest.mark.parametrize(("model", "code"), [(model, code) for model in CODES for code in CODES[model]])
async def test_every_documented_code_can_end_a_task_or_refuse_it(
    model: str, code: str, spark: SparkSandbox, clock: MovableClock, post: Call, look: Call
) -> None:
    spark.trouble.add(Trouble("submit", "fail", code=code))
    spark.trouble.add(Trouble("submit", "answer", code=code))
    _, task = await post(T2I, **VALID)
    assert task["status"] == "pending"
    await clock.advance(10)
    status, task = await look(task["id"])
    assert (status, task["status"]) == (200, "failed")
    assert task["error"] == {"code": printed(code), "error_message": CODES[model][code]}
    assert "usage" not in task
    assert spark.bill == 0
    assert await post(T2I, **VALID) == (400, {"error": {"code": printed(code), "message": CODES[model][code]}})


@pytest.mark.parametrize(
    ("code", "shown"),
    [("003001095", 3001095), ("003003095", "003003095"), ("3007095", "3007095"), (3010095, "003010095")],
)
async def test_a_failure_prints_its_code_as_the_page_does(
    code: str | int, shown: str | int, spark: SparkSandbox, clock: MovableClock, post: Call, look: Call
) -> None:
    spark.trouble.add(Trouble("submit", "fail", code=code))
    _, task = await post(T2I, **VALID)
    await clock.advance(10)
    assert (await look(task["id"]))[1]["error"]["code"] == shown


async def test_a_task_that_never_ends_ends_when_it_is_told_to(
    spark: SparkSandbox, clock: MovableClock, post: Call, look: Call
) -> None:
    spark.trouble.add(Trouble("submit", "never"))
    _, task = await post(T2I, **VALID)
    await clock.advance(3600)
    assert (await look(task["id"]))[1]["status"] in ("processing", "in_progress")
    assert spark.bill == 0
    spark.finish(task["id"])
    assert (await look(task["id"]))[1]["status"] == "completed"
    assert spark.bill == Decimal("0.0065")


async def test_trouble_befalls_only_what_it_is_meant_for(spark: SparkSandbox, post: Call) -> None:
    spark.trouble.add(Trouble("submit", "answer", status=500, model=EDIT))
    meant = Trouble("submit", "answer", status=403, code=3010095, where=lambda p: "wolf" in p["prompt"])
    spark.trouble.add(meant)
    assert (await post(T2I, prompt="a fox"))[0] == 200
    assert not meant.reached.is_set()
    assert (await post(T2I, prompt="a wolf"))[0] == 403
    assert (await post(T2I, prompt="a wolf"))[0] == 200


async def test_trouble_without_times_stays_until_removed(spark: SparkSandbox, post: Call) -> None:
    lasting = spark.trouble.add(Trouble("submit", "answer", times=None, code=3001099))
    for _ in range(3):
        assert (await post(T2I, **VALID))[0] == 400
    spark.trouble.remove(lasting)
    assert (await post(T2I, **VALID))[0] == 200


async def test_what_the_service_would_refuse_is_refused_whatever_is_scripted(
    spark: SparkSandbox, post: Call
) -> None:
    spark.trouble.add(Trouble("submit", "never"))
    assert (await post(T2I, prompt=""))[0] == 400
    assert spark.tasks == {}
    assert (await post(T2I, **VALID))[0] == 200


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"on": "status", "kind": "never"}, "befalls a submit"),
        ({"on": "file", "kind": "fail", "code": 3001095}, "befalls a submit"),
        ({"on": "submit", "kind": "fail"}, "needs a code"),
    ],
)
def test_trouble_that_makes_no_sense_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Trouble(**arguments)


def test_only_documented_codes_can_be_scripted() -> None:
    with pytest.raises(KeyError, match="003001042"):
        Trouble("submit", "fail", code=3001042, model=PORTRAIT)
