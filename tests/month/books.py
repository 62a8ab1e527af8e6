"""Books of their own beside the bot's: who may spend what, what was accepted, and what Spark says it cost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.jobs import Job
from bot.domain.money import nano_from_usd
from bot.store import Database
from bot.store.ledger import TotalKey
from bot.store.schema import jobs, ledger, totals
from sandbox.spark.task import Task
from tests.databases import rows

Name = tuple[int, int]


@dataclass(frozen=True)
class Accepted:
    """A job, and the limits that it had to fit under."""

    job: Job
    limits: Mapping[TotalKey, int | None]


@dataclass(frozen=True)
class Line:
    """One entry of the ledger."""

    name: Name
    kind: str
    amount: int


def prompt_of(job_id: int) -> str:
    """Write words that tell Spark's tasks apart."""
    return f"a fox with the number {job_id}"


def billed(tasks: Iterable[Task], accepted: Mapping[int, Accepted]) -> dict[Name, int]:
    """Give what Spark charges for, by the task of the bot's that asked for it, in nano-dollars."""
    bill: dict[Name, int] = {}
    asked = {
        (prompt_of(each.job.id), task.seed): (each.job.id, task.position)
        for each in accepted.values()
        for task in each.job.tasks
    }
    for task in tasks:
        if task.status == "completed":
            name = asked[str(task.order.params["prompt"]), int(task.order.params["seed"])]
            assert name not in bill, f"{name} was paid for twice"
            bill[name] = nano_from_usd(task.cost)
    return bill


async def lines(database: Database) -> list[Line]:
    """Read the ledger in the order in which it was written."""
    entries = await rows(database, sa.select(ledger).order_by(ledger.c.id))
    return [Line((row.job_id, row.position), row.kind, row.amount_nano) for row in entries]


async def jobs_in(database: Database) -> set[int]:
    """Name every job that there is."""
    return {row.id for row in await rows(database, sa.select(jobs.c.id))}


async def spent(database: Database) -> dict[TotalKey, int]:
    """Read what every total says is spent; nothing may still be reserved."""
    found = await rows(database, sa.select(totals))
    assert [row for row in found if row.reserved_nano] == []
    return {(row.scope, row.guild_id, row.user_id, row.window): row.spent_nano for row in found}


def sums(costs: Mapping[Name, int], accepted: Mapping[int, Accepted]) -> dict[TotalKey, int]:
    """Add costs up by the budgets that their jobs were accepted under."""
    found: dict[TotalKey, int] = {key: 0 for each in accepted.values() for key in each.limits}
    for (job_id, _), cost in costs.items():
        for key in accepted[job_id].limits:
            found[key] += cost
    return found


def closest(entries: Iterable[Line], accepted: Mapping[int, Accepted]) -> dict[str, int]:
    """Go through the ledger entry by entry; every budget must hold at every accept.

    Gives how near to its limit a budget of each scope came, in nano-dollars.
    """
    used: dict[TotalKey, int] = defaultdict(int)
    reserved: dict[Name, int] = {}
    nearest: dict[str, int] = {}
    for line in entries:
        job_id, position = line.name
        limits = accepted[job_id].limits
        for key in limits:
            match line.kind:
                case "reserve" | "raise":
                    used[key] += line.amount
                case "release":
                    used[key] -= reserved[line.name]
                case _:
                    used[key] += line.amount - reserved[line.name]
        if line.kind == "raise":
            reserved[line.name] += line.amount
        if line.kind == "reserve":
            reserved[line.name] = line.amount
            if position == len(accepted[job_id].job.tasks):  # a job's reservations are written together
                for key, limit in limits.items():
                    if limit is not None:
                        assert used[key] <= limit, f"{key} passed by {used[key] - limit} with job {job_id}"
                        nearest[key[0]] = min(limit - used[key], nearest.get(key[0], limit))
    return nearest
