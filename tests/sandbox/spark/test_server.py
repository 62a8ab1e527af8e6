import asyncio
import base64
import io
import random
from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any

import aiohttp
import pytest
from PIL import Image

from sandbox.clock import MovableClock
from sandbox.spark.catalogue import EDIT, I2I, PORTRAIT, STYLE, T2I
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.spark.server import SparkSandbox

Call = Callable[..., Coroutine[Any, Any, tuple[int, Any]]]
Make = Callable[..., bytes]


async def test_a_task_moves_by_the_clock_from_pending_to_completed(
    clock: MovableClock, post: Call, look: Call
) -> None:
    status, task = await post(T2I, prompt="a fox")
    assert status == 200
    seen = [task["status"]]
    for _ in range(10):
        await clock.advance(1)
        seen.append((await look(task["id"]))[1]["status"])
    assert seen[0] == "pending"
    assert seen[1] == "queued"
    assert set(seen[2:10]) in ({"processing"}, {"in_progress"})
    assert seen[10] == "completed"


async def test_unfinished_tasks_tell_no_output_and_no_usage(post: Call) -> None:
    _, task = await post(T2I, prompt="a fox")
    assert task == {
        "id": task["id"],
        "model": T2I,
        "status": "pending",
        "created_at": 1_767_225_600,
        "metadata": {},
    }


async def test_progress_comes_sometimes_and_grows(clock: MovableClock, post: Call, look: Call) -> None:
    ids = [(await post(T2I, prompt="a fox"))[1]["id"] for _ in range(20)]
    await clock.advance(5)
    early = [(await look(id_))[1] for id_ in ids]
    await clock.advance(4)
    late = [(await look(id_))[1] for id_ in ids]
    telling = [
        (one["progress"], two["progress"]) for one, two in zip(early, late, strict=True) if "progress" in one
    ]
    assert 0 < len(telling) < 20
    assert all(0 < one < two < 1 for one, two in telling)
    assert {one["status"] for one in early if "progress" not in one} == {"processing"}


async def test_a_completed_task_tells_its_file_and_its_cost(
    clock: MovableClock, post: Call, look: Call, fetch: Call
) -> None:
    _, task = await post(T2I, prompt="a red fox", seed=5)
    await clock.advance(10)
    _, task = await look(task["id"])
    [group] = task["output"]
    [item] = group["content"]
    status, data = await fetch(item["url"])
    assert (status, item["type"], item["size"]) == (200, "image", len(data))
    assert Image.open(io.BytesIO(data)).size == (1328, 1328)
    assert task["usage"] == {
        "cost": "0.0065",
        "discount": 1,
        "input_tokens": 3,
        "output_tokens": 1,
        "total_tokens": 4,
    }


@pytest.mark.parametrize(
    ("model", "params", "cost"),
    [
        (T2I, {"width": 2016, "height": 864}, "0.0065"),
        (T2I, {"width": 2048, "height": 2048}, "0.0130"),
        (T2I, {"width": 2560, "height": 1440}, "0.0130"),
        (I2I, {}, "0.0080"),
        (EDIT, {}, "0.0080"),
    ],
)
async def test_a_picture_costs_what_its_model_and_size_cost(
    model: str,
    params: dict[str, int],
    cost: str,
    spark: SparkSandbox,
    post: Call,
    clock: MovableClock,
    look: Call,
    picture: Make,
) -> None:
    image = {} if model == T2I else {"binary_data_base64": [base64.b64encode(picture()).decode()]}
    _, task = await post(model, prompt="a fox", **params, **image)
    assert spark.bill == 0
    await clock.advance(10)
    assert (await look(task["id"]))[1]["usage"]["cost"] == cost
    assert spark.bill == Decimal(cost)


async def test_style_and_portrait_work_on_the_pictures_that_they_are_given(
    spark: SparkSandbox, clock: MovableClock, post: Call, look: Call
) -> None:
    _, first = await post(T2I, prompt="a face", width=1024, height=1024)
    await clock.advance(10)
    url = (await look(first["id"]))[1]["output"][0]["content"][0]["url"]
    _, styled = await post(STYLE, req_key="img2img_ceramics_style_usage", image_urls=[url])
    _, portrait = await post(PORTRAIT, image_input=url, prompt="on stage", width=512, height=768)
    await clock.advance(10)
    assert (await look(styled["id"]))[1]["usage"] == {"cost": "0.0050", "discount": 1}
    assert (await look(portrait["id"]))[1]["usage"] == {"cost": "0.0200", "discount": 1}
    assert spark.tasks[portrait["id"]].order.size == (512, 768)
    assert spark.bill == Decimal("0.0065") + Decimal("0.0050") + Decimal("0.0200")


async def test_an_instant_task_is_completed_in_the_answer_to_its_post(
    clock: MovableClock, rng: random.Random, session: aiohttp.ClientSession
) -> None:
    async with SparkSandbox(clock=clock, rng=rng, latency=Latency.instant(), paint=swatch) as spark:
        body = {"model": T2I, "input": [{"params": {"prompt": "a fox"}}]}
        async with session.post(f"{spark.base_url}/model/v1/generation", json=body) as answer:
            task = await answer.json()
    assert task["status"] == "completed"
    assert task["output"]
    assert task["usage"]["cost"] == "0.0065"


async def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    clock: MovableClock, post: Call, look: Call, fetch: Call
) -> None:
    ids = [(await post(T2I, prompt="a fox", seed=seed))[1]["id"] for seed in (5, 5, 6)]
    await clock.advance(10)
    urls = [(await look(id_))[1]["output"][0]["content"][0]["url"] for id_ in ids]
    one, same, other = [(await fetch(url))[1] for url in urls]
    assert one == same
    assert one != other


async def test_a_given_seed_is_the_one_that_is_painted(spark: SparkSandbox, post: Call) -> None:
    _, task = await post(T2I, prompt="a fox", seed=41)
    assert spark.tasks[task["id"]].order.seed == 41


async def test_a_seed_is_drawn_where_none_is_given(spark: SparkSandbox, post: Call) -> None:
    for seed in ({}, {"seed": -1}):
        await post(T2I, prompt="a fox", **seed)
    seeds = [task.order.seed for task in spark.tasks.values()]
    assert len(set(seeds)) == 2
    assert all(1 <= seed < 2**31 for seed in seeds)


async def test_a_file_expires_after_twenty_four_hours(
    clock: MovableClock, post: Call, look: Call, fetch: Call
) -> None:
    _, task = await post(T2I, prompt="a fox")
    await clock.advance(10)
    url = (await look(task["id"]))[1]["output"][0]["content"][0]["url"]
    await clock.advance(24 * 3600 - 1)
    assert (await fetch(url))[0] == 200
    await clock.advance(1)
    status, body = await fetch(url)
    assert (status, b"expired" in body) == (403, True)


async def test_there_is_no_file_before_its_task_is_completed(spark: SparkSandbox, post: Call, fetch: Call) -> None:
    _, task = await post(T2I, prompt="a fox")
    assert (await fetch(f"{spark.base_url}/files/{task['id']}.png"))[0] == 404
    assert (await fetch(f"{spark.base_url}/files/other.png"))[0] == 404


async def test_an_unknown_task_is_not_found(look: Call) -> None:
    assert (await look("nobody"))[0] == 404


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer other"}, {"Authorization": "sandbox-key"}])
async def test_a_wrong_key_is_refused_everywhere(spark: SparkSandbox, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession(headers=headers) as stranger:
        body = {"model": T2I, "input": [{"params": {"prompt": "a fox"}}]}
        async with stranger.post(f"{spark.base_url}/model/v1/generation", json=body) as answer:
            assert answer.status == 401
        async with stranger.get(f"{spark.base_url}/model/v1/generation/task/x") as answer:
            assert answer.status == 401
    assert spark.tasks == {}


@pytest.mark.parametrize(
    ("model", "params", "error"),
    [
        (T2I, {}, {"code": 3001001, "message": "Missing prompt: prompt is required"}),
        (EDIT, {}, {"code": "3007001", "message": "Missing prompt: prompt is required"}),
        (STYLE, {}, {"code": "003008001", "message": "Missing req_key: req_key is required"}),
    ],
)
async def test_a_refusal_prints_the_code_as_its_page_does(
    model: str, params: dict[str, Any], error: dict[str, Any], spark: SparkSandbox, post: Call
) -> None:
    assert await post(model, **params) == (400, {"error": error})
    assert spark.tasks == {}


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        b'{"model": "spark_t2i_3_0"}',
        b'{"model": "spark_t2i_3_0", "input": []}',
        b'{"model": "spark_t2i_3_0", "input": [{"prompt": "a fox"}]}',
        b'{"model": "spark_t2i_3_0", "input": [{"params": {}}, {"params": {}}]}',
        b'{"model": 5, "input": [{"params": {"prompt": "a fox"}}]}',
        b'{"model": "spark_t2i_2_0", "input": [{"params": {"prompt": "a fox"}}]}',
    ],
)
async def test_a_body_of_another_shape_is_refused(
    body: bytes, spark: SparkSandbox, session: aiohttp.ClientSession
) -> None:
    async with session.post(f"{spark.base_url}/model/v1/generation", data=body) as answer:
        assert answer.status == 400
        assert set(await answer.json()) == {"message"}


async def test_requests_and_submits_are_logged_in_order(
    spark: SparkSandbox, clock: MovableClock, post: Call, look: Call
) -> None:
    _, task = await post(T2I, prompt="a fox")
    await clock.advance(2)
    await look(task["id"])
    await post(T2I, prompt="")
    await look("nobody")
    await spark.wait_for(lambda s: s.requests[-1].status is not None)
    assert [(r.method, r.status, r.when - clock.time(), r.params) for r in spark.requests] == [
        ("POST", 200, -2, {"prompt": "a fox"}),
        ("GET", 200, 0, {}),
        ("POST", 400, 0, {"prompt": ""}),
        ("GET", 404, 0, {}),
    ]
    assert spark.requests[1].path == f"/model/v1/generation/task/{task['id']}"
    assert [(s.model, s.params, s.task_id) for s in spark.submits] == [
        (T2I, {"prompt": "a fox"}, task["id"]),
        (T2I, {"prompt": ""}, None),
    ]


async def test_waiting_ends_when_what_is_waited_for_has_come(spark: SparkSandbox, post: Call) -> None:
    waiting = asyncio.create_task(spark.wait_for(lambda s: len(s.submits) == 3))
    for _ in range(2):
        await post(T2I, prompt="a fox")
    assert not waiting.done()
    await post(T2I, prompt="a fox")
    await waiting


async def test_waiting_for_what_never_comes_times_out(spark: SparkSandbox) -> None:
    with pytest.raises(TimeoutError):
        await spark.wait_for(lambda s: bool(s.submits), timeout=0.01)


async def test_a_sandbox_that_went_away_refuses_connections_and_comes_back_on_its_port(
    spark: SparkSandbox, post: Call, look: Call
) -> None:
    _, task = await post(T2I, prompt="a fox")
    address = spark.base_url
    await spark.go_away()
    with pytest.raises(aiohttp.ClientConnectorError) as refused:
        await look(task["id"])
    assert isinstance(refused.value.os_error, ConnectionRefusedError)
    await spark.come_back()
    assert spark.base_url == address
    assert (await look(task["id"]))[0] == 200


async def test_pictures_are_painted_where_nothing_else_is_asked_for(
    clock: MovableClock, rng: random.Random, session: aiohttp.ClientSession
) -> None:
    async with SparkSandbox(clock=clock, rng=rng, latency=Latency.instant()) as spark:
        body = {"model": T2I, "input": [{"params": {"prompt": "a fox", "width": 600, "height": 512}}]}
        async with session.post(f"{spark.base_url}/model/v1/generation", json=body) as answer:
            task = await answer.json()
        async with session.get(task["output"][0]["content"][0]["url"]) as answer:
            image = Image.open(io.BytesIO(await answer.read()))
    assert image.size == (600, 512)
    colours = image.convert("RGB").getcolors(600 * 512)
    assert colours is not None
    assert len(colours) > 1000


async def test_the_event_loop_goes_on_while_a_picture_is_painted(
    clock: MovableClock, rng: random.Random, session: aiohttp.ClientSession
) -> None:
    loop = asyncio.get_running_loop()
    painting = asyncio.Event()

    def slow(order: Any) -> bytes:
        asyncio.run_coroutine_threadsafe(_set(painting), loop).result(10)
        return swatch(order)

    async with SparkSandbox(clock=clock, rng=rng, latency=Latency.instant(), paint=slow) as spark:
        body = {"model": T2I, "input": [{"params": {"prompt": "a fox"}}]}
        async with session.post(f"{spark.base_url}/model/v1/generation", json=body) as answer:
            assert (await answer.json())["status"] == "completed"
    assert painting.is_set()


async def _set(event: asyncio.Event) -> None:
    event.set()
