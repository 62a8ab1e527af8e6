"""Spark on localhost: the documented endpoints, the result files, and what can go wrong with them."""

import asyncio
import json
import random
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from types import TracebackType
from typing import Any, Final, Self

import aiohttp
from aiohttp import web

from sandbox.spark import catalogue, painter, pictures
from sandbox.spark.journal import Changes, Request, Submit
from sandbox.spark.latency import TYPICAL, Latency
from sandbox.spark.order import Order, Paint
from sandbox.spark.prices import price
from sandbox.spark.refusal import Refusal
from sandbox.spark.sizes import Size, result_size
from sandbox.spark.task import Task
from sandbox.spark.trouble import Trouble, Troubles
from sandbox.spark.validation import validate
from spark.clock import Clock

_MAX_BODY: Final = 16 * 2**20  # five megabytes of image as base64, with room to be refused for their size
_JUNK: Final = b"\x00\xffjunk"
_RST: Final = struct.pack("ii", 1, 0)  # SO_LINGER on, for no time: closing sends RST in place of FIN
_SEEDS: Final = 2**31 - 1
_APART: Final = 7919
"""Between the seeds of several pictures of one task."""
_RECORD: Final = web.RequestKey("record", Request)

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SparkSandbox:
    """A strict Spark on real sockets, for tests and the demo; an async context manager.

    `latency` says how long tasks take on `clock`; `rng` draws durations, ids and the seeds that nobody gave.
    `paint` makes the pictures, in a thread: `painter.paint`, or `painter.swatch` where only the size matters.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        rng: random.Random,
        api_key: str = "sandbox-key",
        latency: Latency = TYPICAL,
        host: str = "127.0.0.1",
        port: int = 0,
        paint: Paint = painter.paint,
    ) -> None:
        self.requests: list[Request] = []
        self.submits: list[Submit] = []
        self.tasks: dict[str, Task] = {}
        self.trouble = Troubles()
        self._clock = clock
        self._rng = rng
        self.api_key = api_key
        """The one that it accepts from now on."""
        self.latency = latency
        """How long the tasks take that are submitted from now on."""
        self._host = host
        self._port = port
        self._paint = paint
        self._changes = Changes()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        self._easel = ThreadPoolExecutor(max_workers=1, thread_name_prefix="painter")
        await self.come_back()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.trouble.release_all()
        await self.go_away()
        await self._session.close()
        await asyncio.to_thread(self._easel.shutdown, cancel_futures=True)

    @property
    def base_url(self) -> str:
        """Tell the address that stands for the vendor's, without a slash at its end."""
        return f"http://{self._host}:{self._port}"

    @property
    def bill(self) -> Decimal:
        """Sum what the tasks that have completed by now cost, in USD."""
        return sum((task.cost for task in self.tasks.values() if task.status == "completed"), Decimal(0))

    async def come_back(self) -> None:
        """Listen, on the same port as before; does nothing where it already listens."""
        if self._runner is not None:
            return
        app = web.Application(client_max_size=_MAX_BODY, middlewares=[self._log])
        app.router.add_post("/model/v1/generation", self._submit)
        app.router.add_get("/model/v1/generation/task/{id}", self._status)
        app.router.add_get("/files/{name}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port, reuse_address=True).start()
        self._port = self._runner.addresses[0][1]

    async def go_away(self) -> None:
        """Close the port and every connection: from here on connections are refused."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    def finish(self, task_id: str) -> None:
        """End a task now, whatever its latency or trouble said."""
        task = self.tasks[task_id]
        task.finish()
        self._start_painting(task)
        self._changes.ring()

    async def wait_for(
        self,
        holds: Callable[["SparkSandbox"], bool],
        timeout: float = 10.0,  # noqa: ASYNC109 - a guard against a test that waits for ever
    ) -> None:
        """Wait until `holds` says yes to this sandbox; it is asked again at each request, task and answer.

        Raises `TimeoutError` where it said no for `timeout` real seconds.
        """
        async with asyncio.timeout(timeout):
            await self._changes.until(lambda: holds(self))

    @web.middleware
    async def _log(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        record = Request(request.method, request.path, self._clock.time())
        self.requests.append(record)
        request[_RECORD] = record
        self._changes.ring()
        try:
            answer = await handler(request)
        except web.HTTPException as refusal:  # aiohttp's own: no such route, a body that is too large
            answer = web.json_response({"message": refusal.reason}, status=refusal.status)
        if request.transport is not None and not request.transport.is_closing():  # else nothing is answered
            record.status = answer.status
        self._changes.ring()
        return answer

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        if (refused := self._check_key(request)) is not None:
            return refused
        try:
            model, params = _parse(await request.read())
            request[_RECORD].params = params
            submit = Submit(model, params, self._clock.time())
            self.submits.append(submit)
            self._changes.ring()
            order = await self._order(model, params)
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.status)
        trouble = self.trouble.take("submit", model, params)
        task = None
        if trouble is None or trouble.makes_a_task:
            task = self._accept(order, trouble)
            submit.task_id = task.id
        self._changes.ring()
        if trouble is not None and (answer := await self._suffer(request, trouble)) is not None:
            return answer
        if task is None:
            return web.Response(status=504, text="<html>504 Gateway Timeout</html>", content_type="text/html")
        return web.json_response(await task.body(self.base_url))

    async def _status(self, request: web.Request) -> web.StreamResponse:
        if (refused := self._check_key(request)) is not None:
            return refused
        task = self.tasks.get(request.match_info["id"])
        if task is None:
            return web.json_response({"message": "task not found"}, status=404)
        trouble = self.trouble.take("status", task.order.model, task.order.params)
        if trouble is not None and (answer := await self._suffer(request, trouble)) is not None:
            return answer
        return web.json_response(await task.body(self.base_url))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        task = self.tasks.get(name.removesuffix(".png").partition("-")[0])
        if task is None or name not in task.pictures or task.status != "completed":
            return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>", content_type="text/xml")
        if task.file_expired:
            text = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
            return web.Response(status=403, text=text, content_type="text/xml")
        trouble = self.trouble.take("file", task.order.model, task.order.params)
        if trouble is not None and (answer := await self._suffer(request, trouble)) is not None:
            return answer
        return web.Response(body=await asyncio.shield(task.pictures[name]), content_type="image/png")

    def _check_key(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") == f"Bearer {self.api_key}":
            return None
        return web.json_response({"message": "invalid API key"}, status=401)

    async def _order(self, model: str, params: Mapping[str, Any]) -> Order:
        source = validate(model, params)
        data: bytes | None = None
        size: Size | None = None
        if source is not None:
            data, size = await pictures.obtain(model, source, self._session)
        given = int(params.get("seed", -1))
        seed = given if given > 0 else self._rng.randint(1, _SEEDS)
        return Order(model, params, seed, result_size(model, params, size), data)

    def _accept(self, order: Order, trouble: Trouble | None) -> Task:
        seconds = self.latency.draw(order.model, self._rng)
        task = Task(
            id=f"{self._rng.getrandbits(128):032x}",
            order=order,
            cost=price(order.model, order.size),
            seconds=None if trouble is not None and trouble.kind == "never" else seconds,
            shows_progress=self._rng.random() < 0.5,
            clock=self._clock,
            failure=str(trouble.code) if trouble is not None and trouble.kind == "fail" else None,
            count=trouble.pictures if trouble is not None else 1,
        )
        self.tasks[task.id] = task
        if task.ends is not None:
            self._start_painting(task)
        return task

    def _start_painting(self, task: Task) -> None:
        if task.failure is None and not task.pictures:
            loop = asyncio.get_running_loop()
            orders = [replace(task.order, seed=task.order.seed + _APART * n) for n in range(task.count)]
            task.pictures = {
                file: loop.run_in_executor(self._easel, self._paint, order)
                for file, order in zip(task.files, orders, strict=True)
            }

    async def _suffer(self, request: web.Request, trouble: Trouble) -> web.StreamResponse | None:
        """Let a trouble have its way with a request; None where the ordinary answer follows."""
        self._changes.ring()
        match trouble.kind:
            case "answer":
                return _scripted(trouble)
            case "junk":
                return web.Response(body=_JUNK, content_type="application/json")
            case "reset":
                _reset(request)
                return web.Response()  # aiohttp wants one; there is no connection left to send it on
            case "hang":
                await trouble.released.wait()
                return None
            case "fail" | "never" | "pictures":
                return None


def _parse(body: bytes) -> tuple[str, Mapping[str, Any]]:
    try:
        document = json.loads(body)
    except ValueError as error:
        raise Refusal(None, "the body is not JSON") from error
    match document:
        case {"model": str(model), "input": [{"params": dict(params)}]}:
            return model, params
    raise Refusal(None, 'the body is not {"model": "…", "input": [{"params": {…}}]}')


def _scripted(trouble: Trouble) -> web.Response:
    if trouble.body is None and trouble.code is not None:
        code = str(trouble.code)
        error = {"code": catalogue.printed(code), "message": catalogue.describe(code)}
        return web.json_response({"error": error}, status=trouble.status, headers=trouble.headers)
    body = trouble.body.encode() if isinstance(trouble.body, str) else trouble.body
    return web.Response(status=trouble.status, body=body, headers=trouble.headers)


def _reset(request: web.Request) -> None:
    if request.transport is None:  # the client was faster
        return
    connection: socket.socket = request.transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST)
    request.transport.abort()
