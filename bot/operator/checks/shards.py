"""Which shards are served, and which by nobody."""

from collections.abc import Iterable, Iterator

from bot.domain.shards import Shards, ids_text, unserved
from bot.operator.checks.findings import Finding, note


def shard_findings(own: Shards | None, at_work: Iterable[Shards], *, shared: bool) -> Iterator[Finding]:
    """Name the shards that are served neither with these settings nor by a process that is at work."""
    if own is None:
        yield Finding("shards", True, "these settings serve all, in as many as Discord advises")
        return
    yield Finding("shards", True, f"these settings serve {ids_text(own.ids)} of {own.count}")
    served = unserved([own, *at_work] if shared else [own])
    ids = served[own.count]
    if ids and not shared:
        yield Finding(
            "shards",
            False,
            f"nobody serves {ids_text(ids)} of {own.count}: one process alone holds a SQLite file. Leave "
            "discord.shard_ids out, or let several processes share a PostgreSQL database",
        )
    elif ids:
        yield note(
            "shards",
            f"nobody serves {ids_text(ids)} of {own.count} yet: start a process with "
            f"discord.shard_count = {own.count} and discord.shard_ids = {list(ids)}",
        )
    for count in served.keys() - {own.count}:
        yield note(
            "shards",
            f"processes at work divide the servers into {count}, these settings into {own.count}, as in a move "
            f"from one to the other: end them once all of {own.count} are served",
        )
