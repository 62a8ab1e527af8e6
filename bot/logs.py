"""The log: structured events, readable in a terminal or as JSON lines, for this code and every library's."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, Final, Literal

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from bot.settings import LogSettings

_EXACT: Final = 2**53
"""What reads JSON rounds whole numbers beyond it, as jq and Grafana do; Discord's ids are."""
_SECRET_OF_ADDRESS: Final = re.compile(
    r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"'<>\\]+|([?&](?:ex|is|hm|X-Amz-Signature|Signature)=)[^&\s\"'<>\\]+"
)


def configure_logging(settings: LogSettings, secrets: Iterable[str] = ()) -> None:
    """Send every log record of the process to standard error in one form, without the `secrets`."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _Discreet(
            frozenset(secrets) - {""},
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(settings.format)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.level.upper())
    # these tell every step of theirs, and with it addresses that hold tokens
    for library in ("discord.http", "discord.webhook", "asyncio"):
        logging.getLogger(library).setLevel(max(root.level, logging.WARNING))
    for library in ("alembic", "aiosqlite", "filelock", "discord.gateway", "discord.client", "aiohttp.access"):
        logging.getLogger(library).setLevel(max(root.level, logging.WARNING))


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Writes a record without what no log may hold, should a library or an oversight have put it there."""

    def __init__(self, secrets: frozenset[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Render a record."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "****")
        return _SECRET_OF_ADDRESS.sub(_blotted, line)


def _blotted(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}****"


def _renderers(form: Literal["text", "json"]) -> list[structlog.typing.Processor]:
    if form == "json":
        # a traceback's local variables hold tokens and keys
        tracebacks = ExceptionDictTransformer(show_locals=False)
        return [
            structlog.processors.ExceptionRenderer(tracebacks),
            _ids_as_text,
            structlog.processors.JSONRenderer(),
        ]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def _ids_as_text(
    _logger: structlog.typing.WrappedLogger, _method: str, entry: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {key: _exact(value) for key, value in entry.items()}


def _exact(value: Any) -> Any:
    """Write a whole number out as text where JSON's readers would round it, within lists too."""
    if isinstance(value, int) and abs(value) > _EXACT:
        return str(value)
    if isinstance(value, list | tuple):
        return [_exact(each) for each in value]
    return value
