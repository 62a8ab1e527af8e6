"""Whether Spark accepts the key."""

from collections.abc import AsyncIterator

import spark
from bot.operator.checks.findings import Finding, note
from bot.settings import SettingsInvalid, SparkSettings, required
from spark import names

_NO_SUCH_TASK = "spark-bot-check"


async def spark_findings(settings: SparkSettings) -> AsyncIterator[Finding]:
    """Ask Spark for a task that there is not, which costs nothing."""
    fault = await _fault(settings)
    yield Finding("spark", not fault, fault or f"{settings.base_url} accepts the key")
    if settings.edit_model in names.TO_BE_RETIRED:
        yield note(
            "spark",
            f"{settings.edit_model} edits pictures, and is announced as a model that will be retired; "
            f"once it is, set spark.edit_model to {names.IMAGE_TO_IMAGE}",
        )


async def _fault(settings: SparkSettings) -> str:
    """Tell why Spark would take no work; empty where it would."""
    try:
        key = required(settings.api_key, "spark", "api_key")
    except SettingsInvalid as missing:
        return str(missing)
    async with spark.Client(key, str(settings.base_url)) as client:
        try:
            await client.look(_NO_SUCH_TASK)
        except spark.NotFound as error:
            return f"spark.base_url: {settings.base_url} is not Spark's; mend it" if _is_page(error) else ""
        except spark.Unauthorized:
            return "spark.api_key: Spark does not accept it; copy it anew"
        except spark.PaymentRequired:
            return "spark.api_key: its account is out of credit; top it up"
        except spark.Forbidden as error:
            return f"spark.api_key: {error}; top up its account, or let the key use the models"
        except spark.TransportError as error:
            return f"spark.base_url: {settings.base_url}: {error}; mend it, or the network"
        except spark.UnreadableAnswer as error:
            return f"spark.base_url: {settings.base_url}: {error}; mend it"
        except spark.SparkError as error:
            return f"{settings.base_url}: {error}"
    return ""


def _is_page(error: spark.NotFound) -> bool:
    return error.body.lstrip().startswith("<")
