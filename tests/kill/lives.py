"""The bot's lives: processes one after the other, on one database, between the same two sandboxes."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.domain.jobs import Job
from bot.domain.states import JobState
from bot.store import Database, Store
from sandbox.clock import MovableClock
from sandbox.discord import Channel, Interaction, Member, Message, Upload
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.spark.trouble import Troubles
from sandbox.stage import Stage
from spark.clock import Clock, SystemClock
from tests.kill.books import Books, read_books
from tests.kill.processes import USUAL, BotProcess, Conditions
from tests.kill.proof import assert_kept_promises, messages_for
from tests.kill.waiting import PATIENCE, eventually

_ENDED = {JobState.DELIVERED, JobState.UNDELIVERABLE, JobState.CANCELLED}


def still_clock() -> MovableClock:
    """Build a clock that stands still at this moment, since the bot's own clock is the real one."""
    return MovableClock(SystemClock().time())


def now_ms() -> int:
    """Tell the time as the bot does."""
    return SystemClock().now_ms()


def quick_stage(clock: Clock, rng: random.Random, latency: Latency) -> Stage:
    """Build a stage with pictures of one colour; where its clock stands, only `finish` ends Spark's tasks."""
    return Stage(clock, rng, latency=latency, patience=PATIENCE, paint=swatch)


class Lives:
    """Starts the bot, ends it, starts it again; nobody but the test knows that it is not the same one."""

    def __init__(self, stage: Stage, database_url: str, folder: Path) -> None:
        self.stage = stage
        self._database_url = database_url
        self._folder = folder
        self._settings: Mapping[str, str] = {
            **stage.environment,
            "DATABASE_URL": database_url,
            "WEB_PORT": "0",
        }
        self._numbers = itertools.count(1)
        self._begun: list[BotProcess] = []
        self._one_begins = asyncio.Lock()

    @property
    def direct(self) -> Channel:
        """The member's direct messages: no thread is opened there, and none of the bot's start-up waited for."""
        return self.stage.discord.direct_messages(self.stage.member)

    @property
    def bot(self) -> BotProcess:
        """The newest process."""
        return self._begun[-1]

    async def begin(self, conditions: Conditions = USUAL, /, **settings: str) -> BotProcess:
        """Start the bot and wait until it hears what people do; `settings` come on top of the usual ones."""
        bot = await self.begin_or_die(conditions, **settings)
        assert bot.alive, "the bot ended while it began"
        return bot

    async def begin_or_die(self, conditions: Conditions = USUAL, /, **settings: str) -> BotProcess:
        """Start the bot and wait until it hears what people do, or has ended."""
        async with self._one_begins:  # whoever identifies meanwhile is this one
            gateway = self.stage.discord.gateway
            before = gateway.identified
            bot = await self.start(conditions, **settings)
            application = self.stage.discord.world.application
            heard = asyncio.ensure_future(
                self.stage.discord.wait_for(lambda: application.commands and gateway.identified > before, PATIENCE)
            )
            died = asyncio.ensure_future(bot.ended())
            try:
                await asyncio.wait([heard, died], return_when=asyncio.FIRST_COMPLETED)
                if bot.alive:
                    await heard
            finally:
                heard.cancel()
                died.cancel()
                await asyncio.gather(heard, died, return_exceptions=True)
            return bot

    async def start(self, conditions: Conditions = USUAL, /, **settings: str) -> BotProcess:
        """Start the bot without waiting for anything."""
        output = self._folder / f"bot-{next(self._numbers)}.log"
        bot = await BotProcess.start({**self._settings, **settings}, output, conditions)
        self._begun.append(bot)
        return bot

    async def kill(self) -> None:
        """End the newest process with SIGKILL, and let go of whatever hung for it."""
        await self.bot.kill()
        self.stage.discord.trouble.clear()
        self.stage.spark.trouble.release_all()
        self.stage.spark.trouble = Troubles()

    async def kill_and_begin(self) -> None:
        """Kill the bot and start it again, without the trouble."""
        await self.kill()
        await self.begin()

    async def end(self) -> None:
        """Tell every process to end, which each does in order."""
        alive = [bot for bot in self._begun if bot.alive]
        for bot in alive:
            bot.tell_to_end()
        assert [await bot.ended() for bot in alive] == [0] * len(alive)

    async def imagine(self, prompt: str, place: Channel | None = None, **options: int | str) -> Interaction:
        """Type /imagine as the member, in #general where no place is given."""
        return await self.imagine_as(self.stage.member, prompt, place or self.stage.general, **options)

    async def imagine_as(self, member: Member, prompt: str, place: Channel, **options: int | str) -> Interaction:
        """Type /imagine as anybody."""
        return await self.stage.discord.command(member, place, "/imagine", {"prompt": prompt, **options})

    async def ask_by_message(self, words: str, picture: bytes) -> Message:
        """Mention the bot as the member in #general, with a picture attached."""
        stage, files = self.stage, [Upload(0, "cat.png", picture)]
        said = f"{stage.discord.world.bot.mention} {words}"
        return await stage.discord.say(stage.member, stage.general, said, files=files)

    async def submitted(self, count: int) -> None:
        """Wait until Spark has accepted so many tasks."""
        await self.stage.spark.wait_for(lambda spark: len(spark.tasks) >= count, PATIENCE)

    def finish(self) -> None:
        """Let Spark finish what it has."""
        for name, task in self.stage.spark.tasks.items():
            if not task.finished:
                self.stage.spark.finish(name)

    @asynccontextmanager
    async def dead_worker(self) -> AsyncIterator[Store]:
        """Open the database as a bot does that is about to die: for steps between which it never pauses."""
        assert not self.bot.alive
        database = Database(self._database_url)
        await database.open()
        try:
            yield Store.over(database)
        finally:
            await database.close()

    async def books(self) -> Books:
        """Read the database as it is."""
        return await read_books(self._database_url)

    async def job(self, asked: Interaction | Message) -> Job:
        """Read the job that an interaction or a message brought about."""
        return (await self.books()).jobs[asked.id]

    async def settled(self, *asked: Interaction | Message, patience: float = PATIENCE) -> None:
        """Wait until these jobs, and all others, have ended and their status messages show it."""

        def holds(books: Books) -> bool:
            ended = {job.id for job in books.jobs.values() if job.state in _ENDED}
            return (
                ended == books.jobs.keys() == books.final_status_messages and {each.id for each in asked} <= ended
            )

        await eventually(self.books, holds, patience)

    async def end_and_prove(self, *asked: Interaction | Message) -> Books:
        """Wait for the end of all work, end every process, and check the promises."""
        await self.settled(*asked)
        await self.end()
        books = await self.books()
        assert_kept_promises(books, self.stage.discord, self.stage.spark)
        return books

    def message(self, job: Job) -> Message:
        """Give the one message of a job."""
        [message] = messages_for(job, self.stage.discord)
        return message

    async def close(self) -> str:
        """End what still runs; give all that was printed."""
        for bot in self._begun:
            await bot.kill()
        return "\n".join(f"=== life {number}\n{bot.printed}" for number, bot in enumerate(self._begun, start=1))
