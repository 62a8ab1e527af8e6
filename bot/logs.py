"""The log: structured events, readable in a terminal or as JSON lines, for this code and every library's."""

import logging
import sys
from typing import Literal

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from bot.settings import LogSettings


def configure_logging(settings: LogSettings) -> None:
    """Send every log record of the process to standard error in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
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


def _renderers(form: Literal["text", "json"]) -> list[structlog.typing.Processor]:
    if form == "json":
        # a traceback's local variables hold tokens and keys
        tracebacks = ExceptionDictTransformer(show_locals=False)
        return [structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
