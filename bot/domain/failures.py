"""Why a task came to nothing, in words for the person who asked for it."""

from dataclasses import dataclass

import spark

NEVER_FINISHED = "Spark never finished it, and it is no longer waited for."


@dataclass(frozen=True, slots=True)
class Failure:
    """Spark's code, where it gave one, and whole sentences: what happened and what to do."""

    code: str | None
    text: str
