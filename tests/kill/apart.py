"""A host of its own for a process: a network where it is alone, with a way to a few addresses and to nothing else.

The kernel keeps such networks apart (`unshare(2)`), but not files: the ways are sockets in a folder, and so is the
database's. Linux alone, as root or where users may make namespaces.
"""

import asyncio
import ctypes
import fcntl
import multiprocessing
import os
import socket
import struct
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final, TypeAlias

import yarl

_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000
_NEW_NAME: Final = 0x04000000
_SET_FLAGS: Final = 0x8914
_UP: Final = 1
_LOOPBACK: Final = "127.0.0.1"
_Streams: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Host:
    """A network to be made, and what is reached from there."""

    name: str
    ways: Mapping[int, Path]
    """By their ports on loopback, the sockets that lead there."""

    def enter(self) -> None:
        """Move this process into a network of its own, for good; raises `OSError` where it may not."""
        _leave_the_network()
        socket.sethostname(self.name)
        listening = threading.Event()
        serving = threading.Thread(target=lambda: asyncio.run(_serve(self.ways, listening)), daemon=True)
        serving.start()
        listening.wait()


@asynccontextmanager
async def a_network_of_its_own(name: str, addresses: Sequence[str], folder: Path) -> AsyncIterator[Host]:
    """Prepare a host from which some addresses on this machine's loopback are reached while the block runs."""
    async with AsyncExitStack() as stack:
        ways = {}
        for port in {yarl.URL(address).port or 0 for address in addresses}:
            ways[port] = folder / f"{name}-{port}"
            connect = partial(asyncio.open_connection, _LOOPBACK, port)
            server = await asyncio.start_unix_server(partial(_relay, connect), ways[port])
            stack.callback(server.close)
        yield Host(name, ways)


@cache
def can_move_out() -> bool:
    """Whether a process can have a network of its own here."""
    trial = multiprocessing.get_context("fork").Process(target=_try)
    trial.start()
    trial.join()
    return trial.exitcode == 0


def _try() -> None:
    try:
        _leave_the_network()
    except OSError:
        os._exit(1)
    os._exit(0)


def _leave_the_network() -> None:
    kinds = _NEW_NETWORK | _NEW_NAME | (0 if os.geteuid() == 0 else _NEW_USER)
    if ctypes.CDLL(None, use_errno=True).unshare(kinds) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    with closing(socket.socket()) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))


async def _serve(ways: Mapping[int, Path], listening: threading.Event) -> None:
    for port, path in ways.items():
        await asyncio.start_server(partial(_relay, partial(asyncio.open_unix_connection, path)), _LOOPBACK, port)
    listening.set()
    await asyncio.Event().wait()


async def _relay(
    connect: Callable[[], Awaitable[_Streams]], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    far_reader, far_writer = await connect()
    try:
        pumps = [
            asyncio.create_task(_pump(reader, far_writer)),
            asyncio.create_task(_pump(far_reader, writer)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
    finally:
        far_writer.close()
        writer.close()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
