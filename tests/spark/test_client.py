import pytest

import spark
from spark import Client, Task
from tests.spark.conftest import KEY, HurriedClock, client_of
from tests.spark.scripted import RESET, Reply, ScriptedServer, answer

QUEUED = answer(200, {"id": "t-1", "model": "spark_t2i_3_0", "status": "queued"})
RUNNING = answer(200, {"id": "t-1", "model": "spark_t2i_3_0", "status": "in_progress", "progress": 0.5})
DONE = answer(200, {"id": "t-1", "model": "spark_t2i_3_0", "status": "completed", "usage": {"cost": "0.01"}})
FAILED = answer(200, {"id": "t-1", "status": "failed", "error": {"code": 3001095}})
PNG = b"\x89PNG\r\n\x1a\n and so on"


async def test_looks_at_a_task_with_the_key(server: ScriptedServer, client: Client) -> None:
    server.replies = [RUNNING]
    task = await client.get("t-1")
    assert (task.id, task.status, task.progress) == ("t-1", spark.TaskStatus.IN_PROGRESS, 0.5)
    assert (server.heard[0].method, server.heard[0].path) == ("GET", "/model/v1/generation/task/t-1")
    assert server.heard[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("task_id", "path"),
    [("a/../b", "a%2F..%2Fb"), ("a?b#c", "a%3Fb%23c"), ("a b", "a%20b"), ("ü", "%C3%BC"), ("50%25", "50%2525")],
)
async def test_a_task_id_is_quoted_into_the_path(
    server: ScriptedServer, client: Client, task_id: str, path: str
) -> None:
    server.replies = [RUNNING]
    await client.get(task_id)
    assert server.heard[0].path == f"/model/v1/generation/task/{path}"


@pytest.mark.parametrize("task_id", ["", ".", ".."])
async def test_what_would_be_a_step_in_the_path_is_no_task_id(client: Client, task_id: str) -> None:
    with pytest.raises(ValueError, match="no task id"):
        await client.get(task_id)


@pytest.mark.parametrize(
    "trouble", [answer(429), answer(500), answer(503, b"<html>"), RESET, Reply(), answer(200, b"junk")]
)
async def test_a_read_is_repeated_after_trouble_in_passing(
    server: ScriptedServer, client: Client, hurried: HurriedClock, trouble: Reply
) -> None:
    server.replies = [trouble, trouble, trouble, DONE]
    assert (await client.get("t-1")).succeeded
    assert hurried.slept  # not thrice: aiohttp repeats a GET by itself where the connection breaks


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
async def test_a_read_is_not_repeated_where_that_cannot_help(
    server: ScriptedServer, client: Client, status: int
) -> None:
    server.replies = [answer(status)]
    with pytest.raises(spark.StatusError) as raised:
        await client.get("t-1")
    assert len(server.heard) == 1
    assert raised.value.may_have_been_accepted is False


async def test_a_read_gives_up_after_five_attempts_with_growing_pauses(
    server: ScriptedServer, client: Client, hurried: HurriedClock
) -> None:
    server.replies = [answer(500)]
    with pytest.raises(spark.ServerError):
        await client.get("t-1")
    assert len(server.heard) == 5
    for pause, longest in zip(hurried.slept, (0.5, 1, 2, 4), strict=True):
        assert longest / 2 <= pause <= longest


async def test_a_read_waits_as_long_as_it_is_told_to(
    server: ScriptedServer, client: Client, hurried: HurriedClock
) -> None:
    server.replies = [answer(429, b"", {"Retry-After": "33"}), DONE]
    await client.get("t-1")
    assert hurried.slept == [33]


async def test_a_read_leaves_a_very_long_retry_after_to_its_caller(
    server: ScriptedServer, client: Client, hurried: HurriedClock
) -> None:
    server.replies = [answer(429, b"", {"Retry-After": "3600"})]
    with pytest.raises(spark.RateLimited):
        await client.get("t-1")
    assert hurried.slept == []


async def test_waits_for_a_task_from_its_submit_to_its_end(
    server: ScriptedServer, client: Client, hurried: HurriedClock
) -> None:
    server.replies = [QUEUED, RUNNING, RUNNING, DONE]
    seen: list[Task] = []
    task = await client.wait(await client.submit(spark.TextToImage(prompt="x")), on_progress=seen.append)
    assert task.succeeded
    assert [look.progress for look in seen] == [0.5, 0.5]
    assert len(hurried.slept) == 3
    assert server.posts == 1


async def test_waiting_for_a_finished_task_asks_nothing(server: ScriptedServer, client: Client) -> None:
    server.replies = [DONE]
    task = await client.submit(spark.TextToImage(prompt="x"))
    assert await client.wait(task) is task
    assert len(server.heard) == 1


async def test_a_failed_task_is_given_back_and_raises_when_asked(server: ScriptedServer, client: Client) -> None:
    server.replies = [RUNNING, FAILED]
    task = await client.wait("t-1")
    with pytest.raises(spark.TaskFailed) as raised:
        task.raise_for_failure()
    assert raised.value.code == spark.CODES["003001095"]
    assert raised.value.task_id == "t-1"


async def test_waiting_ends_with_one_last_look_at_its_time(
    server: ScriptedServer, client: Client, hurried: HurriedClock
) -> None:
    server.replies = [RUNNING]
    with pytest.raises(spark.TaskTimeout) as raised:
        await client.wait("t-1", timeout=100)
    assert sum(hurried.slept) == pytest.approx(100)
    assert raised.value.may_have_been_accepted


async def test_waiting_outlives_a_longer_outage(server: ScriptedServer, client: Client) -> None:
    server.replies = [*[answer(502)] * 12, DONE]
    assert (await client.wait("t-1")).succeeded


async def test_waiting_ends_where_spark_does_not_know_the_task(server: ScriptedServer, client: Client) -> None:
    server.replies = [answer(404)]
    with pytest.raises(spark.NotFound):
        await client.wait("t-1")


async def test_tells_of_an_unknown_status_once(
    server: ScriptedServer, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies = [answer(200, {"id": "t-1", "status": "pondering"})]
    for _ in range(3):
        task = await client.get("t-1")
        assert not task.finished
    assert caplog.text.count("pondering") == 1


async def test_a_client_that_was_not_opened_says_how() -> None:
    client = client_of("http://127.0.0.1:1")
    for call in (client.look("t-1"), client.submit(spark.TextToImage(prompt="x")), client.download("http://a/1")):
        with pytest.raises(RuntimeError, match=r"async with spark\.Client"):
            await call
    async with client:
        pass
    with pytest.raises(RuntimeError, match=r"async with spark\.Client"):
        await client.look("t-1")


async def test_fetches_a_result_without_the_key(server: ScriptedServer, client: Client) -> None:
    server.replies = [answer(200, PNG, {"Content-Type": "Image/PNG; charset=x"})]
    got = await client.download(f"{server.url}/results/1.png?sig=a%2Fb")
    assert got == spark.Download(PNG, "image/png")
    assert server.heard[0].path == "/results/1.png?sig=a%2Fb"
    assert "authorization" not in server.heard[0].headers


async def test_follows_a_result_that_moved_without_the_key(server: ScriptedServer, client: Client) -> None:
    server.replies = [answer(302, b"", {"Location": "/there.png"}), answer(200, PNG)]
    assert (await client.download(f"{server.url}/here.png")).data == PNG
    assert "authorization" not in server.heard[1].headers


@pytest.mark.parametrize(
    "trouble",
    [
        answer(503),
        answer(429),
        RESET,
        answer(200),
        answer(200, PNG, {"Content-Length": "900"}),
    ],
)
async def test_a_download_is_repeated_after_trouble_in_passing(
    server: ScriptedServer, client: Client, trouble: Reply
) -> None:
    server.replies = [trouble, answer(200, PNG)]
    assert (await client.download(f"{server.url}/1.png")).data == PNG


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_an_expired_result_is_not_asked_for_again(
    server: ScriptedServer, client: Client, status: int
) -> None:
    server.replies = [answer(status)]
    with pytest.raises(spark.DownloadFailed) as raised:
        await client.download(f"{server.url}/1.png")
    assert raised.value.status == status
    assert not raised.value.retryable
    assert len(server.heard) == 1


@pytest.mark.parametrize(
    "reply",
    [
        answer(200, b"x" * 1001),
        Reply(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 1001),
        Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", then="hang"),
    ],
)
async def test_a_download_ends_at_the_bytes_allowed(server: ScriptedServer, client: Client, reply: Reply) -> None:
    server.replies = [reply]
    with pytest.raises(spark.DownloadTooLarge):
        await client.download(f"{server.url}/1.png", max_bytes=1000)


async def test_a_download_may_have_just_the_bytes_allowed(server: ScriptedServer, client: Client) -> None:
    server.replies = [answer(200, b"x" * 1000)]
    assert len((await client.download(f"{server.url}/1.png", max_bytes=1000)).data) == 1000


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/1.png",
        "data:image/png;base64,AA",
        "",
        "http://",
        "http://h:port/1.png",
    ],
)
async def test_only_the_web_is_downloaded_from(client: Client, url: str) -> None:
    with pytest.raises(spark.DownloadFailed):
        await client.download(url)


async def test_timeouts_bound_a_read(server: ScriptedServer, hurried: HurriedClock) -> None:
    server.replies = [Reply(then="hang")]
    async with client_of(server.url, hurried, timeouts=spark.Timeouts(read=0.1)) as client:
        with pytest.raises(spark.RequestTimeout) as raised:
            await client.look("t-1")
    assert raised.value.may_have_been_accepted is False


async def test_whoever_wants_to_hears_of_each_look_and_submit(server: ScriptedServer) -> None:
    heard: list[spark.Outcome] = []
    clock = HurriedClock()
    async with Client(KEY, server.url, clock=clock, on_outcome=heard.append) as client:
        server.replies = [answer(503), DONE, answer(401)]
        await client.get("t-1")
        with pytest.raises(spark.Unauthorized) as raised:
            await client.submit(spark.TextToImage(prompt="a boat"))
        with pytest.raises(spark.InvalidRequest):
            await client.submit(spark.TextToImage(prompt=""))
    assert [(each.model, each.task and each.task.status, type(each.error)) for each in heard] == [
        (None, None, spark.ServerError),
        (None, "completed", type(None)),
        ("spark_t2i_3_0", None, spark.Unauthorized),
    ]
    assert heard[-1].error is raised.value
    assert all(each.seconds >= 0 for each in heard)
