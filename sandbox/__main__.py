"""`python -m sandbox`: Discord and Spark on localhost for a bot that runs as a process of its own."""

import asyncio
import random
import signal
from collections.abc import Sequence
from pathlib import Path

import click

from sandbox.playing import play_lines
from sandbox.spark.latency import Latency
from sandbox.stage import Stage, StageError
from spark.clock import SystemClock


@click.command()
@click.option("--discord-port", default=8090, show_default=True)
@click.option("--spark-port", default=8091, show_default=True)
@click.option("--latency", default=3.0, show_default=True, help="Mean seconds that Spark takes for a picture.")
@click.option("--wait", "patience", default=60.0, show_default=True, help="Seconds to wait for the bot.")
@click.option("--once", "lines", multiple=True, metavar="LINE", help="Play LINE as a member, then end.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-out"), show_default=True
)
def main(
    discord_port: int, spark_port: int, latency: float, patience: float, lines: tuple[str, ...], out: Path
) -> None:
    """Serve Discord and Spark on localhost, and print the settings that bring a bot here."""
    try:
        asyncio.run(_serve(discord_port, spark_port, Latency(mean=latency), patience, lines, out))
    except (StageError, OSError) as error:
        raise click.ClickException(str(error)) from None


async def _serve(
    discord_port: int, spark_port: int, latency: Latency, patience: float, lines: Sequence[str], out: Path
) -> None:
    rng = random.Random()
    stage = Stage(
        SystemClock(), rng, latency=latency, patience=patience, discord_port=discord_port, spark_port=spark_port
    )
    async with stage:
        for name, value in stage.environment.items():
            click.echo(f"export {name}={value}")
        if lines:
            await play_lines(stage, lines, out, click.echo)
            return
        ended = asyncio.Event()
        for name_of_signal in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name_of_signal, ended.set)
        click.echo("Serving until Ctrl-C.")
        await ended.wait()


main()
