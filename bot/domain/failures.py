"""Why a task came to nothing, in words for the person who asked for it."""

from dataclasses import dataclass

import spark
from bot.domain.words import plain

NEVER_FINISHED = "Spark has not finished it in all this time. It is no longer waited for."
REFUSED = "refused"
"""Stands for a code where Spark gave none and refused what was asked, as it would again."""
_QUOTED_MAX = 200


@dataclass(frozen=True, slots=True)
class Failure:
    """Spark's code, where it gave one, or `REFUSED`; and whole sentences: what happened and what to do."""

    code: str | None
    text: str


def failure_of_task(task: spark.Task) -> Failure:
    """Explain a task that Spark ended without a picture."""
    if (explained := task.failure) is not None:
        return Failure(explained.code, f"{explained.meaning} {explained.advice}")
    return Failure(None, "Spark said that it was done, but gave no picture. Try again.")


def failure_of(error: spark.SparkError) -> Failure:
    """Explain a call that Spark refused for good."""
    match error:
        case spark.StatusError(code=spark.ErrorCode() as explained):
            return Failure(explained.code, f"{explained.meaning} {explained.advice}")
        case spark.Unauthorized():
            return Failure(
                None, "Spark does not accept this bot's key. Tell whoever runs this bot; they can renew it."
            )
        case spark.Forbidden():
            return Failure(
                None,
                "This bot's balance at Spark is too low, or its key lacks a permission. "
                "Tell whoever runs this bot; they can top it up.",
            )
        case spark.NotFound():
            return Failure(None, "Spark does not know this task any more. Try again.")
        case spark.BadRequest():
            said = f" It says: “{_quoted(error.message)}”." if error.message else ""
            return Failure(REFUSED, f"Spark refused what was asked.{said} Change the words or the options.")
        case _:
            return Failure(None, f"{_quoted(str(error))}. Try again.")


def outage_text(error: spark.SparkError) -> str:
    """Say that Spark could not be reached for so long that the task was given up unsent."""
    why = "it is overloaded" if isinstance(error, spark.RateLimited) else "it cannot be reached"
    return f"Spark took no new work for too long: {why}. Try again in a while."


def can_be_sent_again(error: spark.SparkError) -> bool:
    """Whether a failed submit has proved that Spark did not take the task, and may take it later."""
    return error.retryable and not error.may_have_been_accepted


def may_pass(code: str | None, model: str) -> bool:
    """Whether the same request may go well later; `code` is that of its `Failure`."""
    explained = spark.explain_code(code, model)
    # what whoever runs the bot can mend goes well after that
    return code != REFUSED and (explained.retryable or explained.whose == "operator")


def _quoted(words: str) -> str:
    """Show Spark's own words as text; they may repeat a prompt, and four of them share a message."""
    return plain(words.rstrip(" ."), _QUOTED_MAX)
