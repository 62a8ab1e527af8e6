"""`spark-bot privacy`: what is kept of one person is exported and erased on the operator's word."""

import asyncio
import json
import random
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.operator.privacy import RequestRefused, erase, export
from bot.settings import Settings, load
from bot.store import AuditStore, Database, Store
from bot.store.schema import actions, limits
from bot.usage.personal_data import PersonalData
from bot.wording.actions import ERASED_PERSON, EXPORTED_PERSON
from sandbox.clock import MovableClock
from tests.databases import rows
from tests.store.scenes import ANNA, ANNA_ALONE, BEN, NOW, accept, contents, delivered, got, insert, limit

SOMEBODY = 1_234_567_890_123_456_789
CLOCK = MovableClock(NOW / 1000)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return load(None, {"DATABASE_URL": database_url})


@pytest.fixture
async def annas(store: Store) -> Store:
    """Give a store that is served by a process, in which Anna has made two pictures and Ben one."""
    for job_id, account in ((1, ANNA), (2, ANNA_ALONE), (3, BEN)):
        await delivered(store, job_id, account)
    await store.favourites.toggle(ANNA.user_id, 3, NOW)
    return store


async def recorded(database: Database) -> list[tuple[int, int, str, str, int, str]]:
    found = await rows(database, actions.select().order_by(actions.c.id))
    assert all(row.logged_at is not None for row in found)  # no server's log channel is told
    return [(row.guild_id, row.actor_id, row.kind, row.subject, row.subject_id, row.what) for row in found]


async def erased(settings: Settings, *, yes: bool = True, agrees: bool = True) -> tuple[str, list[str]]:
    said: list[str] = []
    rng = random.Random(1)
    answer = await erase(settings, 1, CLOCK, rng, yes=yes, ask=lambda _: agrees, say=said.append)
    return answer, said


async def test_an_export_is_what_the_person_would_get_themselves(
    annas: Store, database: Database, settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "anna.zip"

    told = await export(settings, 1, out, CLOCK)

    assert (
        told == f"{out}: 2 orders, 2 of them with their words and 1 favourite. Hand it to nobody but this person."
    )
    assert out.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        data = archive.read("data.json")
    assert [job["id"] for job in json.loads(data)["jobs"]] == ["2", "1"]
    async with PersonalData(annas, CLOCK).export(1, 10**9) as own:
        assert zipfile.ZipFile(own.file).read("data.json") == data
    assert await recorded(database) == [(0, 0, "export", "member", 1, EXPORTED_PERSON)]

    with pytest.raises(RequestRefused, match=r"anna\.zip is there already: name another file with --out"):
        await export(settings, 1, out, CLOCK)
    with pytest.raises(RequestRefused, match=r"missing/anna\.zip cannot be written: No such file"):
        await export(settings, 1, tmp_path / "missing" / "anna.zip", CLOCK)
    assert len(await recorded(database)) == 1


async def test_erasing_says_what_goes_asks_does_it_and_keeps_a_record(
    annas: Store, database: Database, settings: Settings
) -> None:
    before = await contents(database)
    with pytest.raises(RequestRefused, match=r"^Nothing was erased\.$"):
        await erased(settings, yes=False, agrees=False)
    assert await contents(database) == before

    # the bot itself goes on meanwhile
    beside = asyncio.gather(*(accept(annas, job_id, BEN) for job_id in range(10, 40)))
    answer, said = await erased(settings, yes=False)

    assert all(await beside)
    assert said[0] == "Kept of 1: 2 orders, 2 of them with their words and 1 favourite."
    assert answer == (
        "Erased: words, options, pictures and links of 2 orders. "
        "What they spent in 2026-01 goes under a random number once that month is over."
    )
    assert (await got(annas, 1)).erased_at == (await got(annas, 2)).erased_at == NOW
    assert (await got(annas, 3)).erased_at is None
    assert await recorded(database) == [(0, 0, "erase", "member", 1, ERASED_PERSON)]
    assert (await AuditStore(database).audit()).problems == ()

    answer, said = await erased(settings)
    assert said[0] == "Kept of 1: 2 orders."
    assert answer.startswith("Erased before, and nothing has come since.")


async def test_nothing_is_erased_while_something_is_on_the_way(annas: Store, settings: Settings) -> None:
    await accept(annas, 4)
    with pytest.raises(
        RequestRefused, match=r"^Nothing was erased: something of 1 is still on the way\. Run it again"
    ):
        await erased(settings)
    assert (await got(annas, 1)).erased_at is None


async def test_of_whom_nothing_is_kept_there_is_nothing_to_give(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "nobody.zip"
    with pytest.raises(RequestRefused, match=f"^Nothing is kept of {SOMEBODY}: they have never used this bot"):
        await export(settings, SOMEBODY, out, CLOCK)
    assert not out.exists()

    await insert(database, limits, limit("member", SOMEBODY, 5))
    assert (await export(settings, SOMEBODY, out, CLOCK)).startswith(f"{out}: 1 decision of moderators. ")


async def test_it_needs_no_bot(database: Database, settings: Settings) -> None:
    await delivered(Store.over(database), 1, ANNA)
    await database.close()
    assert (await erased(settings))[0].startswith("Erased: words, options, pictures and links of 1 order.")


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (("export", "Ada"), {}, "Ada is nobody's id: Copy User ID gives it in Discord"),
        (("export", "12345"), {}, "12345 is nobody's id"),
        (("erase", "٣" * 18), {}, "is nobody's id"),
        (("erase", str(2**63)), {}, f"{2**63} is nobody's id"),
        (("export", str(SOMEBODY)), {}, f"Nothing is kept of {SOMEBODY}"),
        (("erase", str(SOMEBODY)), {}, f"Nothing is kept of {SOMEBODY}"),
        (("erase", str(SOMEBODY)), {"DATABASE_URL": "sqlite:///missing.db"}, "missing.db is not made yet"),
        (("export", str(SOMEBODY)), {"DATABASE_URL": "postgresql://127.0.0.1:9/name"}, "refused"),
    ],
)
def test_every_mistake_is_one_line_and_exit_code_1(
    sqlite_url: str, arguments: tuple[str, ...], environment: dict[str, str], says: str
) -> None:
    result = CliRunner(env={"DATABASE_URL": sqlite_url, **environment}).invoke(main, ["privacy", *arguments])
    assert result.exit_code == 1
    assert says in result.output
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
