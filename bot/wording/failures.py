"""Why a task came to nothing, in words for the person who asked for it."""

import spark
from bot.domain.failures import REFUSED, Failure
from bot.wording.text import plain

NEVER_SENT = "This bot could not send it; whoever runs it finds why in the log."
NEVER_FINISHED = "Spark has not finished it in all this time. It is no longer waited for."
_QUOTED_MAX = 200
_CHANGE = "Change the words or the options."
_AGAIN = "Try again; if it lasts, tell whoever runs this bot."


def failure_of_task(task: spark.Task) -> Failure:
    """Explain a task that Spark ended without a picture."""
    if (explained := task.failure) is None:
        return Failure(None, "Spark said that it was done, but gave no picture. Try again.")
    said = task.error.message if task.error else ""
    if explained.documented or not said:
        return Failure(explained.code, f"{explained.meaning} {explained.advice}")
    return Failure(explained.code, f"Spark could not make it. {_says(said)} {explained.advice}")


def failure_of_submit(error: spark.SparkError) -> Failure:
    """Explain a submit that Spark refused for good."""
    match error:
        case spark.StatusError(code=spark.ErrorCode() as explained):
            return Failure(explained.code, f"{explained.meaning} {explained.advice}")
        case spark.SubmitRefused(code=spark.ErrorCode() as explained):
            return Failure(explained.code, f"{explained.meaning} {explained.advice}")
        case spark.Unauthorized():
            return Failure(
                None, "Spark does not accept this bot's key. Tell whoever runs this bot; they can renew it."
            )
        case spark.PaymentRequired():
            return Failure(
                None,
                "This bot's account for pictures is out of credit. "
                "Tell whoever runs this bot; they can top it up.",
            )
        case spark.Forbidden():
            return Failure(
                None,
                "This bot's balance at Spark is too low, or its key lacks a permission. "
                "Tell whoever runs this bot; they can top it up.",
            )
        case spark.NotFound():
            return Failure(
                None,
                "Spark does not offer this kind of picture to this bot at the moment. "
                "Tell whoever runs this bot; its log says what is missing.",
            )
        case spark.BadRequest() | spark.SubmitRefused():
            return Failure(REFUSED, _sentences("Spark refused what was asked.", error.message, _CHANGE))
        case spark.StatusError():
            did = f"Spark did not take it (it answered {error.status})."
            return Failure(None, _sentences(did, error.message, _AGAIN))
        case _:
            return Failure(None, f"{_quoted(str(error))}. Try again.")


def failure_of_look(error: spark.SparkError) -> Failure:
    """Explain why a task that Spark had taken can be looked at no more."""
    match error:
        case spark.NotFound():
            return Failure(None, "Spark does not know this task any more. Try again.")
        case spark.StatusError():
            did = f"Spark does not show what became of it (it answered {error.status})."
            return Failure(None, _sentences(did, error.message, _AGAIN))
        case _:
            return Failure(None, f"{_quoted(str(error))}. Try again.")


def outage_text(error: spark.SparkError) -> str:
    """Say that Spark could not be reached for so long that the task was given up unsent."""
    why = "it is overloaded" if isinstance(error, spark.RateLimited) else "it cannot be reached"
    return f"Spark took no new work for too long: {why}. Try again in a while."


def _sentences(did: str, said: str, advice: str) -> str:
    return " ".join(filter(None, [did, _says(said), advice]))


def _says(said: str) -> str:
    return f"It says: “{_quoted(said)}”." if said else ""


def _quoted(words: str) -> str:
    """Show Spark's own words as text; they may repeat a prompt, and four of them share a message."""
    return plain(words.rstrip(" ."), _QUOTED_MAX)
