import asyncio
import logging
import socket
import traceback

import pytest

import spark
from spark import Client, TextToImage
from tests.spark.conftest import KEY, HurriedClock, client_of
from tests.spark.scripted import HANG, RESET, RESET_UNHEARD, Reply, ScriptedServer, answer

FOX = TextToImage(prompt="a red fox")
HTML = b"<html><head><title>502</title></head><body>Bad gateway</body></html>"


async def failure(client: Client, request: spark.Request = FOX) -> spark.SparkError:
    with pytest.raises(spark.SparkError) as raised:
        await client.submit(request)
    return raised.value


async def test_sends_one_post_with_the_key_and_the_documented_body(server: ScriptedServer, client: Client) -> None:
    server.replies = [answer(200, {"id": "t-1", "status": "queued"})]
    task = await client.submit(TextToImage(prompt="狐 'quoted'", seed=7))
    assert (task.id, task.model, task.status) == ("t-1", "spark_t2i_3_0", spark.TaskStatus.QUEUED)
    (heard,) = server.heard
    assert (heard.method, heard.path) == ("POST", "/model/v1/generation")
    assert heard.headers["authorization"] == f"Bearer {KEY}"
    assert heard.headers["content-type"] == "application/json"
    assert heard.json == {
        "model": "spark_t2i_3_0",
        "input": [{"params": {"prompt": "狐 'quoted'", "seed": 7}}],
    }


async def test_sends_a_large_picture_whole(server: ScriptedServer, client: Client) -> None:
    server.replies = [answer(200, {"id": "t-1", "status": "queued"})]
    encoded = "Qk1B" * 1_000_000
    await client.submit(spark.Edit(prompt="x", binary_data_base64=(encoded,)))
    assert server.heard[0].json["input"][0]["params"]["binary_data_base64"] == [encoded]


async def test_gives_back_a_task_that_is_finished_already(server: ScriptedServer, client: Client) -> None:
    server.replies = [
        answer(
            200,
            {
                "id": "t-1",
                "status": "completed",
                "output": [{"content": [{"type": "image", "url": "https://cdn/1.png"}]}],
                "usage": {"cost": "0.0065"},
            },
        )
    ]
    task = await client.submit(FOX)
    assert task.succeeded
    assert task.images[0].url == "https://cdn/1.png"


# invariant I1
@pytest.mark.parametrize(
    ("reply", "kind", "maybe", "retryable"),
    [
        (answer(400, {"message": "no"}), spark.BadRequest, False, False),
        (answer(401, {"error": "key"}), spark.Unauthorized, False, False),
        (answer(403, {"error": {"message": "balance"}}), spark.Forbidden, False, False),
        (answer(402, {"status": {"code": 402, "message": "no credit"}}), spark.PaymentRequired, False, False),
        (answer(404), spark.NotFound, False, False),
        (answer(422, {"message": "no"}), spark.BadRequest, False, False),
        (answer(429), spark.RateLimited, False, True),
        (answer(413, HTML), spark.StatusError, False, False),
        (answer(302, b"", {"Location": "/elsewhere"}), spark.StatusError, True, False),
        (answer(307, b"", {"Location": "/elsewhere"}), spark.StatusError, True, False),
        (answer(408), spark.StatusError, True, False),
        (answer(500, HTML), spark.ServerError, True, True),
        (answer(502, HTML), spark.ServerError, True, True),
        (answer(503, HTML), spark.ServerError, True, True),
        (answer(200, {"error": {"code": 3001002}}), spark.SubmitRefused, False, False),
        (answer(200, {"error": "content policy violation"}), spark.SubmitRefused, False, False),
        (answer(200, b"junk"), spark.UnreadableAnswer, True, True),
        (answer(200, HTML), spark.UnreadableAnswer, True, True),
        (answer(200), spark.UnreadableAnswer, True, True),
        (answer(200, []), spark.UnreadableAnswer, True, True),
        (answer(200, {"status": "queued"}), spark.UnreadableAnswer, True, True),
        (answer(200, b"x" * 5_000_000), spark.UnreadableAnswer, True, True),
        (Reply(b"SMTP ready\r\n\r\n"), spark.UnreadableAnswer, True, True),
        (Reply(), spark.ConnectionLost, True, True),
        (RESET, spark.ConnectionLost, True, True),
        (RESET_UNHEARD, spark.ConnectionLost, True, True),
        (answer(200, b"{", {"Content-Length": "90"}, then="reset"), spark.ConnectionLost, True, True),
        (answer(200, b"{", {"Content-Length": "90"}), spark.ConnectionLost, True, True),
        (answer(200, b"junk", {"Content-Encoding": "gzip"}), spark.ConnectionLost, True, True),
        (answer(400, b"{", {"Content-Length": "90"}, then="reset"), spark.BadRequest, False, False),
    ],
)
async def test_a_failed_submit_means_what_the_contract_says_and_is_never_repeated(
    server: ScriptedServer,
    client: Client,
    reply: Reply,
    kind: type[spark.SparkError],
    maybe: bool,
    retryable: bool,
) -> None:
    server.replies = [reply]
    error = await failure(client)
    assert type(error) is kind
    assert error.may_have_been_accepted is maybe
    assert error.retryable is retryable
    assert server.connections == 1
    assert server.posts <= 1


async def test_a_timeout_after_the_request_was_written_may_have_been_accepted(server: ScriptedServer) -> None:
    server.replies = [HANG]
    async with client_of(server.url, timeouts=spark.Timeouts(submit=0.2)) as client:
        error = await failure(client)
    assert type(error) is spark.RequestTimeout
    assert error.may_have_been_accepted is True
    assert server.posts == 1


async def test_a_timeout_while_connecting_was_not_accepted() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = []
        for _ in range(4):  # until the queue of those who wait to be accepted is full
            caller = socket.socket()
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
            waiting.append(caller)
        async with client_of(f"http://127.0.0.1:{port}", timeouts=spark.Timeouts(connect=0.2)) as client:
            error = await failure(client)
        for caller in waiting:
            caller.close()
    assert type(error) is spark.RequestTimeout
    assert error.may_have_been_accepted is False


async def test_a_timeout_of_the_whole_while_still_connecting_was_not_accepted() -> None:
    async def never_answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(never_answers, "127.0.0.1", 0)
    async with server:  # TLS is spoken to a server that says nothing, so that the handshake never ends
        port = server.sockets[0].getsockname()[1]
        async with client_of(f"https://127.0.0.1:{port}", timeouts=spark.Timeouts(submit=0.2)) as client:
            error = await failure(client)
    assert type(error) is spark.RequestTimeout
    assert error.may_have_been_accepted is False


async def test_a_refused_connection_was_not_accepted() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can take the port
        async with client_of(f"http://127.0.0.1:{unheard.getsockname()[1]}") as client:
            error = await failure(client)
    assert type(error) is spark.ConnectionFailed
    assert error.may_have_been_accepted is False
    assert error.retryable


async def test_a_name_that_does_not_resolve_was_not_accepted() -> None:
    async with client_of("http://no-such-host.invalid") as client:
        error = await failure(client)
    assert type(error) is spark.ConnectionFailed
    assert error.may_have_been_accepted is False


async def test_a_failed_tls_handshake_was_not_accepted() -> None:
    async def speaks_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(speaks_plainly, "127.0.0.1", 0)
    async with server, client_of(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}") as client:
        error = await failure(client)
    assert type(error) is spark.ConnectionFailed
    assert error.may_have_been_accepted is False


async def test_each_submit_has_a_connection_of_its_own(server: ScriptedServer, client: Client) -> None:
    server.replies = [answer(200, {"id": "t-1", "status": "queued"}, {"Connection": "keep-alive"}, then="hang")]
    await client.submit(FOX)
    await client.submit(FOX)
    assert server.connections == 2


async def test_a_missing_picture_is_refused_before_anything_is_sent(
    server: ScriptedServer, client: Client
) -> None:
    error = await failure(client, spark.Edit(prompt="make it night"))
    assert isinstance(error, spark.InvalidRequest)
    assert error.code == "003007002"
    assert server.connections == 0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0", 0.0), ("1.5", 1.5), ("Sun, 09 Sep 2001 01:47:00 GMT", 20.0), ("soon", None), (None, None)],
)
async def test_retry_after_is_read_as_seconds_or_as_a_date(
    server: ScriptedServer, client: Client, hurried: HurriedClock, header: str | None, seconds: float | None
) -> None:
    hurried.now = 1_000_000_000.0  # 2001-09-09T01:46:40Z
    server.replies = [answer(429, b"", {"Retry-After": header} if header else {})]
    assert (await failure(client)).retry_after == seconds


async def test_a_status_error_tells_what_the_answer_said(server: ScriptedServer, client: Client) -> None:
    body = {"error": {"code": 3001005, "message": "bad size"}}
    server.replies = [answer(400, body, {"X-Request-Id": "r-9"})]
    error = await failure(client)
    assert isinstance(error, spark.StatusError)
    assert (error.status, error.message, error.request_id) == (400, "bad size", "r-9")
    assert error.code == spark.CODES["003001005"]


# invariant I14
async def test_the_key_is_in_no_log_and_no_message(
    server: ScriptedServer, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for reply in (
        answer(401, {"message": f"key {KEY} is wrong"}),
        answer(200, f"<{KEY}>".encode()),
        RESET,
        Reply(),
    ):
        server.replies = [reply]
        error = await failure(client)
        told = "".join(traceback.format_exception(error)) + repr(error) + str(vars(error))
        assert KEY not in told
    server.replies = [answer(200, {"id": "t-1", "status": f"odd {KEY}"})]
    task = await client.submit(FOX)
    assert KEY not in repr(task) + repr(client) + str(client) + caplog.text
    assert "unknown status" in caplog.text


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "ключ"])
def test_a_key_that_no_header_takes_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(ValueError, match="api_key") as raised:
        Client(key)
    assert not key or key not in str(raised.value)


@pytest.mark.parametrize("base_url", ["cloud.vtrix.ai", "ftp://cloud.vtrix.ai", "https://"])
def test_a_base_url_that_is_none_is_refused(base_url: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        Client(KEY, base_url)
