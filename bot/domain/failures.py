"""What came of a refused or failed task, and whether trying again can help."""

from dataclasses import dataclass

import spark

REFUSED = "refused"
"""Stands for a code where Spark gave none and refused what was asked, as it would again."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Spark's code, where it gave one, or `REFUSED`; and whole sentences: what happened and what to do."""

    code: str | None
    text: str


def can_be_sent_again(error: spark.SparkError) -> bool:
    """Whether a failed submit has proved that Spark did not take the task, and may take it later."""
    return error.retryable and not error.may_have_been_accepted


def may_pass(code: str | None, model: str) -> bool:
    """Whether the same request may go well later; `code` is that of its `Failure`."""
    explained = spark.explain_code(code, model)
    # what whoever runs the bot can mend goes well after that
    return code != REFUSED and (explained.retryable or explained.whose == "operator")
