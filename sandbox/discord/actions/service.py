"""All parts of the sandbox's Discord, put together once and handed to whoever answers a request."""

from dataclasses import dataclass

from sandbox.discord.actions.chat import Chat
from sandbox.discord.actions.responses import Responses
from sandbox.discord.actions.threads import Threads
from sandbox.discord.gateway.events import Events
from sandbox.discord.model.address import Address
from sandbox.discord.model.changes import Changes
from sandbox.discord.model.world import World
from sandbox.discord.rules.links import Cdn
from spark.clock import Clock


@dataclass(frozen=True, slots=True)
class Service:
    """Discord's inside."""

    world: World
    clock: Clock
    cdn: Cdn
    events: Events
    threads: Threads
    chat: Chat
    responses: Responses
    changes: Changes
    address: Address


def build_service(world: World, clock: Clock, changes: Changes, address: Address, secret: bytes) -> Service:
    """Put the parts together; links to files are signed with `secret`."""
    cdn = Cdn(clock, address, secret)
    events = Events(world, cdn, address, changes)
    threads = Threads(world, clock, events)
    chat = Chat(world, clock, events, threads, changes)
    responses = Responses(world, clock, events, chat, changes)
    return Service(world, clock, cdn, events, threads, chat, responses, changes, address)
