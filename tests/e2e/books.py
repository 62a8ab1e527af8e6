import sqlalchemy as sa

from bot.domain.budgets import Account, Period, Scope
from bot.domain.jobs import Job
from bot.domain.limits import Ceilings
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.money import nano_from_usd, usd_from_nano
from bot.domain.pictures.sources import InputImage
from bot.domain.shards import Shards
from bot.store import AuditStore, Database, Store
from bot.store.database import Row
from bot.store.schema import actions, images, jobs, ledger, pending, refusals, results
from sandbox.discord import Guild, Member
from spark.clock import Clock
from tests.databases import rows

OWN_LIMITS = ("user_day_usd", "user_month_usd", "everywhere_day_usd", "everywhere_month_usd")
NO_LIMITS = Ceilings(None, None, None, None, None, None)


class Books:
    """Looks into the bot's database beside the bot; amounts are dollars as text, such as "0.0065"."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._database = Database(url, read_only=True)
        self._store = Store.over(self._database)
        self._audit = AuditStore(self._database)
        self._clock = clock

    async def open(self) -> None:
        await self._database.open()

    async def close(self) -> None:
        await self._database.close()

    async def job(self, job_id: int) -> Job:
        job = await self._store.jobs.get(job_id)
        assert job is not None
        return job

    async def shards(self) -> list[Shards | None]:
        """Give what each worker that is written down serves."""
        return [each.shards for each in await self._store.workers.known()]

    async def jobs(self) -> list[int]:
        return [row.id for row in await rows(self._database, sa.select(jobs.c.id).order_by(jobs.c.id))]

    async def images(self) -> list[InputImage]:
        """Give every input image that is kept."""
        kept = await rows(self._database, sa.select(images.c.sha256).order_by(images.c.sha256))
        return [image for row in kept if (image := await self._store.images.get(row.sha256))]

    async def pending(self) -> list[Row]:
        """Give what people have begun and not yet sent."""
        return await rows(self._database, pending.select())

    async def entries(self, job_id: int) -> list[tuple[int, str, str]]:
        """Give a job's ledger: position, kind, amount; in the order in which it was written."""
        chosen = sa.select(ledger.c.position, ledger.c.kind, ledger.c.amount_nano)
        found = await rows(self._database, chosen.where(ledger.c.job_id == job_id).order_by(ledger.c.id))
        return [(row.position, row.kind, _usd(row.amount_nano)) for row in found]

    async def refused_words(self) -> list[str]:
        """Give the listed words that are kept until the log channel has been told."""
        chosen = sa.select(refusals.c.words).where(refusals.c.words.is_not(None))
        return [row.words for row in await rows(self._database, chosen)]

    async def kept(self, job_id: int) -> list[int]:
        """Give the positions of a job's pictures that Discord has not taken yet and that are kept."""
        chosen = sa.select(results.c.position).where(results.c.job_id == job_id).order_by(results.c.position)
        return [row.position for row in await rows(self._database, chosen)]

    async def today(self, member: Member, guild: Guild | None) -> tuple[str, str]:
        """Give what a member's account has spent and reserved today."""
        account = Account(guild.id if guild else 0, member.id)
        now = self._clock.now_ms()
        budgets = await self._store.ledger.budgets(account, frozenset(), NO_LIMITS, now)
        (own,) = [b for b in budgets if b.scope is Scope.PERSON and b.window.period is Period.DAY]
        return _usd(own.spent), _usd(own.reserved)

    async def actions(self, guild_id: int) -> list[Action]:
        """Give what was recorded on a server, oldest first."""
        chosen = sa.select(actions).where(actions.c.guild_id == guild_id).order_by(actions.c.id)
        return [
            Action(
                row.guild_id,
                row.actor_id,
                ActionKind(row.kind),
                About(row.subject),
                row.subject_id,
                row.what,
                row.reason,
                row.at,
                row.refused,
            )
            for row in await rows(self._database, chosen)
        ]

    async def untold(self) -> int:
        """Count what no log channel has been told of yet."""
        actions_left = await self._store.moderation.unlogged(99)
        reported = await self._store.complaints.unshown(99, self._clock.now_ms())
        return len(actions_left) + len(await self._store.warnings.untold_of_servers(99)) + len(reported)

    async def problems(self) -> tuple[str, ...]:
        return (await self._audit.audit()).problems


def _usd(nano: int) -> str:
    usd = usd_from_nano(nano)
    assert nano_from_usd(usd) == nano
    return f"{usd.normalize():f}"
