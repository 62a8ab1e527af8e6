"""Shards: how Discord divides a bot's servers among its connections, and which of them nobody serves."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shards:
    """Those of Discord's shards that one process serves."""

    count: int
    """Into how many all servers are divided; direct messages belong to shard 0."""
    ids: tuple[int, ...]


def unserved(served: Iterable[Shards]) -> Mapping[int, Sequence[int]]:
    """Give for each count that somebody serves a part of, from the lowest on, the ids that nobody serves."""
    ids: dict[int, set[int]] = {}
    for each in served:
        ids.setdefault(each.count, set()).update(each.ids)
    return {count: [each for each in range(count) if each not in ids[count]] for count in sorted(ids)}


def serves_everybody(served: Collection[Shards]) -> bool:
    """Tell whether every server is heard; where there are several counts, its shard of one of them is enough."""
    # Discord counts by the remainder of a server's number: after so many numbers all of them come again
    numbers = range(math.lcm(*(each.count for each in served)))
    return all(any(number % each.count in each.ids for each in served) for number in numbers)


def ids_text(ids: Iterable[int]) -> str:
    """Write ids in order, three or more that follow each other as one: `0-3, 6, 7`."""
    runs: list[list[int]] = []
    for each in sorted(ids):
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    parts = ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(text for part in parts for text in part)
