import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.moderation.complaints import Complaint, Grievance
from bot.domain.pictures.sources import InputImage, MessageRef
from bot.domain.refusals import Refusal, Refuser
from bot.domain.sizes import Shape
from bot.store import Database, PendingValue, Store
from bot.store.schema import blocks, grants, limits, warnings
from bot.usage.personal_data import PersonalData
from sandbox.clock import MovableClock
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CENT,
    NO_CEILINGS,
    NO_LIMITS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    edit,
    grant,
    insert,
    limit,
    origin,
)

PICTURE = InputImage("ab" * 32, b"a JPEG" * 1000, "JPEG", 640, 480)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def personal_data(store: Store) -> PersonalData:
    return PersonalData(store, MovableClock())


async def _asked(store: Store, job_id: int) -> None:
    """Have Anna ask for an edit that is done."""
    order = edit(PICTURE)
    assert await store.jobs.accept(origin(job_id, ANNA, NOW + job_id), order, [CENT], NO_LIMITS)
    [task] = await claim(store, OWNER, PLENTY, NOW + 999)
    task = await store.tasks.start(await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW), f"spark-{job_id}")
    await store.tasks.succeed(task, f"spark-{job_id}", CENT, "https://spark/1.png", NOW + 5000)
    job = await store.deliveries.begin(job_id, OWNER, NOW)
    assert job is not None
    await store.deliveries.end(job, 500, 600, [1], NOW)


async def _read(
    personal_data: PersonalData, user_id: int = 1, most: int = 10**7
) -> tuple[dict[str, Any], list[str]]:
    """Export, and give what data.json holds and the names of all files."""
    async with personal_data.export(user_id, most) as export:
        with zipfile.ZipFile(export.file) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert export.without_pictures == (names == ["data.json"] and user_id == 1 and most < 10**7)
            return json.loads(archive.read("data.json")), names


async def test_all_of_a_person_is_in_it_and_nothing_of_others(
    database: Database, store: Store, personal_data: PersonalData
) -> None:
    await _asked(store, 1)
    await accept(store, 2, ANNA_ALONE)
    await accept(store, 3, BEN)
    await store.refusals.record(ANNA, Refusal(Refuser.SPARK, "“this”", ""), NOW)
    await store.refusals.record(BEN, Refusal(Refuser.BOT, "that", ""), NOW)
    await insert(database, limits, limit("member", 1, 5), limit("member", 2, 6))
    await insert(database, grants, grant(3), grant(4, BEN))
    told = {"reason": "for moderators", "told": "Wait.", "blocked_by": 99, "blocked_at": NOW, "expires_at": None}
    await insert(database, blocks, {"guild_id": 10, "user_id": 1, **told})
    warned = {
        "scope": "person",
        "window": "2026-01",
        "percent": 80,
        "limit_nano": 10 * CENT,
        "used_nano": 8 * CENT,
    }
    await insert(database, warnings, {"guild_id": 10, "user_id": 1, "at": NOW, **warned})

    await store.preferences.change(1, lambda own: replace(own, shape=Shape.WIDE_16_9))

    await store.favourites.toggle(1, 3, NOW)
    await store.favourites.toggle(2, 2, NOW)

    bens = await store.jobs.get(3)
    assert bens is not None
    for user_id in (1, 9):
        complaint = Complaint(user_id, Grievance.HATE, f"by {user_id}", NOW)
        await store.complaints.file(bens, MessageRef(500, 603), complaint)

    for key, account in (("a", ANNA), ("b", BEN)):
        await store.pending.keep(key, account, PendingValue("order", {"title": f"of {account.user_id}"}), NOW)

    data, names = await _read(personal_data)

    assert [marked["result of"] for marked in data["favourites"]] == ["3"]
    [said] = data["reports"]
    assert said == {
        "message": "603",
        "what is wrong": "hate",
        "words": "by 1",
        "at": "2026-01-01T12:00:00.000+00:00",
    }
    [begun] = data["begun and not sent"]
    assert begun == {"server": "10", "begun": "2026-01-01T12:00:00.000+00:00", "what": {"title": "of 1"}}
    assert names == ["data.json", "pictures/abababababababab.jpeg"]
    assert data["person"] == "1"
    alone, on_server = data["jobs"]
    assert (alone["id"], alone["server"], alone["words"], alone["command"]) == ("2", "0", "a red fox", "/imagine")
    assert on_server["result"] == "https://discord.com/channels/10/500/600"
    assert on_server["asked"] == "2026-01-01T12:00:00.001+00:00"
    [part] = on_server["parts"]
    assert part["parameters"] == {"prompt": "make it night"}
    assert (part["estimated"], part["charged"], part["picture"]) == ("0.01", "0.01", names[1])
    assert data["refusals"] == [
        {"server": "10", "by": "Spark", "refused": "“this”", "at": "2026-01-01T12:00:00.000+00:00"}
    ]
    chosen = {"shape": "16:9", "quality": None, "enhance": None, "unclear replies": "ask"}
    chosen |= {"who may work on their pictures": None, "who may work on their results": "anyone"}
    assert data["settings"] == [chosen]
    assert [each["amount"] for each in data["limits"]] == ["0.05"]
    assert [(each["amount"], each["reason"]) for each in data["grants"]] == [("0.03", "a poster")]
    assert [(each["told"], each["until"]) for each in data["blocks"]] == [("Wait.", None)]
    assert "for moderators" not in json.dumps(data)
    assert [(each["percent"], each["used"]) for each in data["warnings"]] == [(80, "0.08")]


async def test_more_than_a_page_is_all_there_in_order(
    store: Store, personal_data: PersonalData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.usage.personal_data._PAGE", 3)
    for number in range(1, 9):
        await accept(store, number, at=NOW + number)
        await store.refusals.record(ANNA, Refusal(Refuser.BOT, str(number), ""), NOW)
    data, _ = await _read(personal_data)
    assert [job["id"] for job in data["jobs"]] == [str(number) for number in range(1, 9)]
    assert [each["refused"] for each in data["refusals"]] == [str(number) for number in range(1, 9)]


async def test_of_somebody_unknown_there_is_nothing(personal_data: PersonalData) -> None:
    data, names = await _read(personal_data, user_id=9)
    assert names == ["data.json"]
    assert [data[name] for name in ("jobs", "refusals", "limits", "grants", "blocks", "warnings")] == [[]] * 6


@pytest.mark.parametrize("most", [len(PICTURE.data), len(PICTURE.data) + 500])
async def test_where_the_pictures_make_it_too_large_it_comes_without_them(
    store: Store, personal_data: PersonalData, most: int
) -> None:
    await _asked(store, 1)
    data, names = await _read(personal_data, most=most)
    assert names == ["data.json"]
    assert len(data["jobs"]) == 1


async def test_what_is_too_large_without_pictures_too_is_refused(
    store: Store, personal_data: PersonalData
) -> None:
    await _asked(store, 1)
    with pytest.raises(Refusal, match="more than Discord takes here"):
        await _read(personal_data, most=100)
