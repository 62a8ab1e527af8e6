"""Why a task came to nothing, in words for the person who asked for it."""

import spark
from bot.domain.failures import REFUSED, Failure
from bot.wording.text import plain

NEVER_SENT = "It could not be sent; whoever runs this bot finds why in the log."
NEVER_FINISHED = "Spark has not finished it in all this time, and nobody waits for it any more."
_QUOTED_MAX = 200
_CHANGE = "Change the words or the options."
_AGAIN = "Try again; if it lasts, tell whoever runs this bot."


def failure_of_task(task: spark.Task) -> Failure:
    """Explain a task that Spark ended without a picture."""
    if (explained := task.failure) is None:
        return Failure(None, "Spark said that it was done, but gave no picture. Try again.")
    said = task.error.message if task.error else ""
    if explained.documented:
        return Failure(explained.code, f"{explained.meaning} {explained.advice}")
    did = "Spark could not make it." if said else "Spark could not make it, and gave no reason."
    return Failure(explained.code, _sentences(did, said, explained.advice))


def failure_of_submit(error: spark.SparkError) -> Failure:
    """Explain a submit that Spark refused for good."""
    match error:
        case spark.StatusError(code=spark.ErrorCode() as explained):
            return Failure(explained.code, f"{explained.meaning} {explained.advice}")
        case spark.SubmitRefused(code=spark.ErrorCode() as explained):
            return Failure(explained.code, f"{explained.meaning} {explained.advice}")
        case _ if shut := _shut(error):
            return Failure(None, shut)
        case spark.NotFound():
            return Failure(
                None,
                "Spark does not make this kind of picture for me at the moment. "
                "Tell whoever runs this bot; the log says what is missing.",
            )
        case spark.BadRequest() | spark.SubmitRefused():
            return Failure(REFUSED, _sentences("Spark does not make this.", error.message, _CHANGE))
        case spark.StatusError():
            return Failure(None, _sentences("Spark did not take it.", error.message, _AGAIN))
        case _:
            return Failure(None, f"Spark gave an answer that makes no sense. {_AGAIN}")


def failure_of_look(error: spark.SparkError) -> Failure:
    """Explain why a task that Spark had taken can be looked at no more."""
    match error:
        case _ if shut := _shut(error):
            return Failure(None, shut)
        case spark.NotFound():
            return Failure(None, "Spark has forgotten it. Try again.")
        case spark.StatusError():
            return Failure(None, _sentences("Spark does not show what became of it.", error.message, _AGAIN))
        case _:
            return Failure(None, f"Spark gave an answer that makes no sense. {_AGAIN}")


def outage_text(error: spark.SparkError) -> str:
    """Say that Spark could not be reached for so long that the task was given up unsent."""
    why = "it is overloaded" if isinstance(error, spark.RateLimited) else "it cannot be reached"
    return f"Spark took no new pictures for too long: {why}. Try again in a while."


def _shut(error: spark.SparkError) -> str:
    """Say what whoever runs the bot has to do before Spark makes anything for it; empty where it is not that."""
    match error:
        case spark.Unauthorized():
            return "Spark does not let me in at the moment. Whoever runs this bot has to renew its key."
        case spark.PaymentRequired():
            return "My account at Spark is used up. Whoever runs this bot has to top it up."
        case spark.Forbidden():
            return (
                "Spark does not let me make this at the moment. "
                "Whoever runs this bot has to top up its account, or see to the rights of its key."
            )
        case _:
            return ""


def _sentences(did: str, said: str, advice: str) -> str:
    return " ".join(filter(None, [did, _says(said), advice]))


def _says(said: str) -> str:
    return f"It says: “{_quoted(said)}”." if said else ""


def _quoted(words: str) -> str:
    """Show Spark's own words as text; they may repeat a prompt, and four of them share a message."""
    return plain(words.rstrip(" ."), _QUOTED_MAX)
