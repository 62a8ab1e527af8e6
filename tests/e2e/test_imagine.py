from typing import Any

import pytest

from bot.gateway.pace import Pace
from bot.orders.options import SEED_MAX
from tests.e2e.harness import Harness

SIZES = {
    "standard": {
        "1:1": (1328, 1328),
        "4:3": (1472, 1104),
        "3:2": (1584, 1056),
        "16:9": (1664, 936),
        "21:9": (2016, 864),
        "3:4": (1104, 1472),
        "2:3": (1056, 1584),
        "9:16": (936, 1664),
        "9:21": (864, 2016),
    },
    "hd": {
        "1:1": (2048, 2048),
        "4:3": (2304, 1728),
        "3:2": (2496, 1664),
        "16:9": (2560, 1440),
        "21:9": (3024, 1296),
        "3:4": (1728, 2304),
        "2:3": (1664, 2496),
        "9:16": (1440, 2560),
        "9:21": (1296, 3024),
    },
}
VENDORS_DEFAULT = (1328, 1328)


@pytest.mark.parametrize("quality", SIZES)
async def test_each_shape_has_its_size(bot: Harness, quality: str) -> None:
    asked = {shape: await bot.imagine(prompt=shape, size=f"{shape} {quality}") for shape in SIZES[quality]}
    shown = {shape: (await bot.posted(interaction)).attachments[0].size for shape, interaction in asked.items()}
    sent = {s.params["prompt"]: (s.params.get("width"), s.params.get("height")) for s in bot.submits}
    assert shown == SIZES[quality]
    assert sent == {
        shape: (None, None) if size == VENDORS_DEFAULT else size for shape, size in SIZES[quality].items()
    }


async def test_hd_alone_is_the_large_square(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine(size="hd"))
    assert posted.attachments[0].size == (2048, 2048)


@pytest.mark.parametrize("size", [(600, 700), (1536, 512), (512, 1536), (3024, 1296)])
async def test_a_size_of_ones_own_is_sent(bot: Harness, size: tuple[int, int]) -> None:
    posted = await bot.posted(await bot.imagine(size=f"{size[0]}x{size[1]}"))
    assert (bot.submits[0].params["width"], bot.submits[0].params["height"]) == size
    assert posted.attachments[0].size == size


@pytest.mark.parametrize(
    ("enhance", "length", "sent"),
    [
        (None, 120, None),
        (None, 121, False),
        ("auto", 120, None),
        ("auto", 121, False),
        ("on", 800, None),
        ("off", 5, False),
    ],
)
async def test_text_expansion(bot: Harness, enhance: str | None, length: int, sent: bool | None) -> None:
    chosen: dict[str, Any] = {"enhance": enhance} if enhance else {}
    asked = await bot.imagine(prompt="x" * length, **chosen)
    await bot.posted(asked)
    assert bot.submits[0].params.get("use_pre_llm") is sent  # the vendor's own default is on


@pytest.mark.parametrize("seed", [1, 41, SEED_MAX - 3])
async def test_the_pictures_of_a_job_take_the_seed_and_those_after_it(bot: Harness, seed: int) -> None:
    await bot.posted(await bot.imagine(seed=seed, count=4))
    seeds = [seed, seed + 1, seed + 2, seed + 3]
    assert sorted(submit.params["seed"] for submit in bot.submits) == seeds


async def test_where_no_seed_is_given_one_is_drawn_and_sent(bot: Harness) -> None:
    for _ in range(2):
        await bot.posted(await bot.imagine())
    seeds = [submit.params["seed"] for submit in bot.submits]
    assert len(set(seeds)) == 2
    assert [seed for seed in seeds if not 1 <= seed <= SEED_MAX] == []


async def test_the_words_are_sent_as_they_were_typed(bot: Harness) -> None:
    words = "  “Füchse”\nim *Schnee* 🦊, <1 Pfote>  "
    await bot.posted(await bot.imagine(prompt=words, seed=5))
    assert bot.submits[0].params == {"prompt": words.strip(), "seed": 5}
    assert bot.submits[0].model == "spark_t2i_3_0"


async def test_every_option_together(bot: Harness) -> None:
    asked = await bot.imagine(prompt="a lighthouse", size="16:9 hd", seed=9, enhance="off", count=2, spoiler=True)
    posted = await bot.posted(asked)
    common = {"prompt": "a lighthouse", "use_pre_llm": False, "width": 2560, "height": 1440}
    assert sorted((s.params for s in bot.submits), key=lambda p: p["seed"]) == [
        {**common, "seed": 9},
        {**common, "seed": 10},
    ]
    assert [file.filename for file in posted.attachments] == [
        f"SPOILER_{asked.id}-1.png",
        f"SPOILER_{asked.id}-2.png",
    ]


async def test_what_the_bot_asks_in_its_own_name_keeps_its_pace(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[float] = []

    async def turn(_: Pace) -> None:
        turns.append(bot.clock.time())

    monkeypatch.setattr(Pace, "turn", turn)
    await bot.posted(await bot.imagine())
    assert len(turns) == 2  # for the thread and for its message; the rest goes by the interaction's token
