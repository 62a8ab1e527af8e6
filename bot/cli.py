"""The command line: `spark-bot run`, `demo`, `check`, `status`, `previews`, `privacy`, `backup`, `restore`."""

import asyncio
import gc
import random
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import IO, Any

import click
import structlog

from bot.app import opened
from bot.domain.incidents import incident_id
from bot.gateway.refusals import DiscordRefuses
from bot.logs import configure_logging
from bot.operator.backup import NotBackedUp, backup
from bot.operator.beside import NotOpened
from bot.operator.checks import Finding, checked
from bot.operator.high_water import DatabaseOlder
from bot.operator.previews import PreviewsRefused, previews
from bot.operator.privacy import RequestRefused, erase, export, person_named
from bot.operator.restore import NotRestored, restore
from bot.operator.status import status
from bot.settings import (
    LogSettings,
    Settings,
    SettingsInvalid,
    forget_secrets,
    load,
    log_settings,
    usual_file,
)
from bot.sheets.drawing import NotDrawn
from bot.sheets.folder import FolderInUse
from bot.store import DatabaseAway, DatabaseInUse, DatabaseUnusable
from bot.web.listening import NotListening
from spark import ImageRefused
from spark.clock import SystemClock
from spark.confinement import hide

_log = structlog.get_logger()
_config = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The settings file (TOML); config.toml where that exists.",
)
_user_id = click.argument("user_id", metavar="USER_ID")
_YOUNG = 50_000
"""How many more objects there may be before cycles are looked for: they are seldom left, and each look costs.

As many as the answers to a crowd make, among which a look would find none; it takes two milliseconds.
"""
_LINES = """\b
A LINE is what the member does:
  /imagine prompt:a lighthouse size:16:9 count:3     types a command
  /edit prompt:make it night image:cat.jpg           attaches a file, by its path
  /edit prompt:make it night image:@last             attaches the last picture
  reply: make it snowy                               replies to the last picture
  press: Again                                       presses the newest such button
  choose: Watercolor Style                           chooses from the newest such list
  menu: Stylize image | Style: Doll                  right-clicks the last picture

\b
Where press, choose or menu open a form, its fields follow, by their labels:
  menu: Edit image | What to change: make it night
  press: Edit | What to change: make it rainy | Strength: 0.8

The first LINE is played in #general, each further one where the last picture was posted."""


class ToBeMended(click.ClickException):
    """What only another setting mends, here or at Discord: to start again changes nothing (`EX_CONFIG`)."""

    exit_code = 78

    def show(self, file: IO[Any] | None = None) -> None:
        """Say each mistake in a line of its own."""
        for mistake in self.message.splitlines():
            click.echo(f"Error: {mistake}", file=file or sys.stderr)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="spark-bot", prog_name="spark-bot")
def main() -> None:
    """A Discord bot that turns words and pictures into pictures, with every cent accounted for."""


def _told_as_the_log_is(command: Callable[[Path | None], None]) -> Callable[[Path | None], None]:
    """Have what ends a command be a line of the log, where machines read that."""

    @wraps(command)
    def told(config: Path | None) -> None:
        form = log_settings(config or usual_file())
        configure_logging(form)
        try:
            command(config)
        except click.ClickException as refused:
            if form.format == "text":
                raise
            _log.critical("bot.not_started", reason=refused.message)
            sys.exit(refused.exit_code)
        except Exception as bug:
            _log.critical("bot.broke", incident=incident_id(bug), exc_info=bug)
            sys.exit(1)

    return told


@main.command()
@_config
@_told_as_the_log_is
def run(config: Path | None) -> None:
    """Run the bot until it is told to end (Ctrl-C, SIGTERM, SIGHUP)."""
    hidden = hide()
    settings = _settings(config)
    configure_logging(settings.log, settings.secrets)
    if not hidden:
        _log.warning(
            "process.not_hidden", reason="this system knows no way; others of its user can read its secrets"
        )
    try:
        _on_the_fastest_loop(_run(settings))
    except (SettingsInvalid, DiscordRefuses) as error:
        raise ToBeMended(str(error)) from None
    except (DatabaseInUse, DatabaseAway, DatabaseUnusable, DatabaseOlder, NotListening) as error:
        raise click.ClickException(str(error)) from None


@main.command(epilog=_LINES)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The page's; 0 is any."
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--once",
    "lines",
    multiple=True,
    metavar="LINE",
    help="Play this LINE instead, as a moderator after `as moderator:`; may be repeated. Their forms stand below.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-out"),
    show_default=True,
    help="Where the pictures of LINEs go.",
)
def demo(port: int, opens: bool, lines: tuple[str, ...], out: Path) -> None:
    """Try the bot on localhost, without a token and a key: in a page like Discord's, or line by line."""
    # the sandbox is for the demo and the tests alone
    from sandbox.demo import play, serve
    from sandbox.page import PortTaken
    from sandbox.stage import StageError

    configure_logging(LogSettings(level="error"))
    try:
        if lines:
            asyncio.run(play(lines, out, print_line=click.echo))
        else:
            asyncio.run(_until_told(serve(port, click.echo, click.launch if opens else None)))
    except (StageError, PortTaken) as failed:
        raise click.ClickException(str(failed)) from None


@main.command()
@_config
@click.option(
    "--rebuild-totals",
    is_flag=True,
    help="First add the running totals up anew from the ledger; the bot must not be running.",
)
def check(config: Path | None, rebuild_totals: bool) -> None:
    """Prove the settings, the database, the ledger, the shards, Discord's token, Spark's key: a line each."""
    hide()
    configure_logging(LogSettings(level="error"))
    try:
        settings = _loaded(config)
    except SettingsInvalid as invalid:
        for mistake in invalid.mistakes:
            _tell(Finding("settings", False, mistake))
        sys.exit(1)
    passed = asyncio.run(_check(settings, rebuild_totals=rebuild_totals))
    sys.exit(0 if passed else 1)


@main.command("status")
@_config
def status_(config: Path | None) -> None:
    """Tell who works, which shards nobody serves, what waits and what was spent; the database alone is read."""
    settings = _settings(config)
    configure_logging(LogSettings(level="error"))
    try:
        lines = asyncio.run(status(settings, SystemClock()))
    except NotOpened as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("\n".join(lines))


@main.command("previews")
@_config
@click.option(
    "--picture",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What they are made from, such as a portrait; without it Spark paints one.",
)
@click.option("--yes", is_flag=True, help="Agree to what it costs, without being asked.")
def previews_(config: Path | None, picture: Path | None, yes: bool) -> None:
    """Make a picture of each style for /stylize, once, at the cost that it says first; it may be run again."""
    settings = _settings(config)
    configure_logging(settings.log, settings.secrets)
    given = None if picture is None else picture.read_bytes()
    try:
        made = asyncio.run(previews(settings, given, yes=yes, ask=click.confirm, say=click.echo))
    except SettingsInvalid as invalid:
        raise ToBeMended(str(invalid)) from None
    except (PreviewsRefused, FolderInUse, ImageRefused, NotDrawn) as refused:
        raise click.ClickException(str(refused)) from None
    sys.exit(0 if made else 1)


@main.group("privacy")
def privacy_() -> None:
    """Export or erase what is kept of one person, whose request has reached you; the bot may run meanwhile."""


@privacy_.command("export")
@_config
@_user_id
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file, which is not there yet; USER_ID.zip where none is named.",
)
def export_(config: Path | None, user_id: str, out: Path | None) -> None:
    """Write all that is kept of a person to a ZIP, as /privacy does for themselves."""
    _answer(
        config,
        user_id,
        lambda settings, person: export(settings, person, out or Path(f"{person}.zip"), SystemClock()),
    )


@privacy_.command("erase")
@_config
@_user_id
@click.option("--yes", is_flag=True, help="Agree to it without being asked.")
def erase_(config: Path | None, user_id: str, yes: bool) -> None:
    """Erase what is kept of a person, as /privacy does for themselves; what goes is said first."""
    _answer(
        config,
        user_id,
        lambda settings, person: erase(
            settings, person, SystemClock(), random.SystemRandom(), yes=yes, ask=click.confirm, say=click.echo
        ),
    )


@main.command("backup")
@_config
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup_(config: Path | None, file: Path) -> None:
    """Copy the SQLite database to FILE, which is not there yet, while the bot runs; PostgreSQL has pg_dump."""
    settings = _settings(config)
    configure_logging(LogSettings(level="error"))
    try:
        click.echo(asyncio.run(backup(settings, file, SystemClock())))
    except NotBackedUp as refused:
        raise click.ClickException(str(refused)) from None


@main.command("restore")
@_config
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def restore_(config: Path | None, file: Path | None) -> None:
    """Put the backup FILE in the database's place, and set aside what was under way; the bot must not be running.

    Without FILE the database is taken as it is: one that was put back by other means, such as pg_restore.
    """
    settings = _settings(config)
    configure_logging(LogSettings(level="error"))
    try:
        asyncio.run(restore(settings, file, SystemClock(), click.echo))
    except (NotRestored, NotOpened, DatabaseInUse, DatabaseAway, DatabaseUnusable) as refused:
        raise click.ClickException(str(refused)) from None


def _answer(
    config: Path | None, user_id: str, request: Callable[[Settings, int], Coroutine[Any, Any, str]]
) -> None:
    """Do what a person has asked for and say it, or in one line why not."""
    settings = _settings(config)
    configure_logging(LogSettings(level="error"))
    try:
        click.echo(asyncio.run(request(settings, person_named(user_id))))
    except (RequestRefused, NotOpened) as refused:
        raise click.ClickException(str(refused)) from None


def _settings(config: Path | None) -> Settings:
    try:
        return _loaded(config)
    except SettingsInvalid as invalid:
        raise ToBeMended(str(invalid)) from None


def _loaded(config: Path | None) -> Settings:
    settings = load(config or usual_file())
    forget_secrets()
    return settings


def _on_the_fastest_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run until the end, on uvloop where it is installed: it has no build for Windows."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        asyncio.run(work)
    else:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(work)


async def _run(settings: Settings) -> None:
    await _until_told(_serve(settings))
    _log.info("stopped")


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Work until a signal ends it in order; a second signal ends it at once."""
    running = asyncio.ensure_future(work)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is not signal.SIG_IGN:  # as under nohup
            asyncio.get_running_loop().add_signal_handler(name, running.cancel)
    with suppress(asyncio.CancelledError):
        await running


async def _serve(settings: Settings) -> None:
    async with opened(settings, SystemClock(), random.SystemRandom()) as app:
        _spare_what_stays()
        await asyncio.wait([app.gateway])  # awaited itself, it would be cancelled first, and might not notice
        await app.gateway


def _spare_what_stays() -> None:
    """Look for garbage seldom, and among what is new: to look through the rest holds everything up for 0.1 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


async def _check(settings: Settings, *, rebuild_totals: bool) -> bool:
    passed = True
    async for finding in checked(settings, rebuild_totals=rebuild_totals):
        passed = passed and finding.passed
        _tell(finding)
    return passed


def _tell(finding: Finding) -> None:
    verdict = "note" if finding.note else "ok  " if finding.passed else "FAIL"
    click.echo(f"{verdict}  {finding.subject}: {finding.text}")
