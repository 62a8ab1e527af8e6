import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from bot.logs import configure_logging
from bot.settings import LogSettings


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_json_is_an_object_a_line_for_this_code_and_for_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogSettings(format="json"))
    structlog.get_logger("bot").info("job.delivered", job=7)
    logging.getLogger("some.library").warning("%s went wrong", "it")
    own, library = map(json.loads, capsys.readouterr().err.splitlines())
    assert (own["event"], own["job"], own["level"], own["logger"]) == ("job.delivered", 7, "info", "bot")
    assert (library["event"], library["level"]) == ("it went wrong", "warning")
    assert own["timestamp"].endswith("Z")


def test_an_id_is_text_in_json_where_readers_would_round_it_as_a_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(LogSettings(format="json"))
    log, job = structlog.get_logger("bot"), 1456074443980800038
    log.info("job.delivered", job=job, jobs=[job, 7], tasks=2**53, well=True)
    line = capsys.readouterr().err
    assert json.loads(line)["jobs"] == [str(job), 7]
    # as jq does: every number as a double
    read = json.loads(line, parse_int=lambda digits: int(float(digits)))
    assert (read["job"], read["tasks"], read["well"]) == (str(job), 2**53, True)


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogSettings())
    structlog.get_logger("bot").info("job.delivered", job=7)
    assert "job.delivered" in capsys.readouterr().err


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogSettings(level="warning"))
    structlog.get_logger("bot").info("job.delivered")
    assert capsys.readouterr().err == ""


def test_an_error_carries_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogSettings(format="json"))
    try:
        int("no number")
    except ValueError:
        structlog.get_logger("bot").exception("background.failed", incident="abc123")
    entry = json.loads(capsys.readouterr().err)
    assert entry["incident"] == "abc123"
    assert entry["exception"][0]["exc_type"] == "ValueError"


# invariant I14
@pytest.mark.parametrize("form", ["json", "text"])
def test_a_traceback_shows_no_secret_that_stood_in_a_variable(
    capsys: pytest.CaptureFixture[str], form: Literal["json", "text"]
) -> None:
    configure_logging(LogSettings(format=form))
    secret = "hush" + "-hush"
    try:
        int(secret[:0])
    except ValueError:
        structlog.get_logger("bot").exception("background.failed")
    assert secret not in capsys.readouterr().err


@pytest.mark.parametrize("library", ["discord.http", "discord.webhook.async_", "asyncio"])
def test_even_debugging_keeps_addresses_with_tokens_out(capsys: pytest.CaptureFixture[str], library: str) -> None:
    configure_logging(LogSettings(level="debug"))
    logging.getLogger(library).debug("POST /webhooks/1/TOKEN")
    structlog.get_logger("bot").debug("here")
    assert "TOKEN" not in (printed := capsys.readouterr().err)
    assert "here" in printed


# invariant I14
@pytest.mark.parametrize("form", ["json", "text"])
def test_what_no_log_may_hold_is_taken_out_whoever_wrote_it(
    capsys: pytest.CaptureFixture[str], form: Literal["json", "text"]
) -> None:
    configure_logging(LogSettings(format=form), ["a-bot-token", "a-key", ""])
    library = logging.getLogger("some.library")
    library.error("PATCH https://discord.com/api/v10/webhooks/12/aW50-ZXI_x/messages/@original?wait=1 failed")
    library.error("POST https://discord.com/api/v10/interactions/12/aW50-ZXI_x/callback failed")
    library.error("GET https://cdn.discordapp.com/attachments/1/2/fox.png?ex=6a&is=6b&hm=c0ffee& failed")
    library.error("Authorization: Bot a-bot-token, Bearer a-key")
    printed = capsys.readouterr().err
    for secret in ("aW50", "6a", "c0ffee", "a-bot-token", "a-key"):
        assert secret not in printed
    for told in (
        "/messages/@original?wait=1 failed",
        "/callback failed",
        "fox.png?ex=****",
        "Bearer ****",
    ):
        assert told in printed
