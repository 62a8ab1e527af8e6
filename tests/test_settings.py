from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import spark
from bot.domain.access import Access
from bot.domain.shards import Shards
from bot.settings import ENVIRONMENT, Settings, SettingsInvalid, load

SECRET = "hush-hush"

EVERY_NAME: dict[str, tuple[str, Callable[[Any], object], object]] = {
    "DISCORD_TOKEN": (SECRET, lambda s: s.discord.token.get_secret_value(), SECRET),
    "DISCORD_API_URL": ("http://127.0.0.1:1/api/v10", lambda s: s.discord.api_url, "http://127.0.0.1:1/api/v10"),
    "DISCORD_GATEWAY_URL": ("ws://127.0.0.1:1", lambda s: s.discord.gateway_url, "ws://127.0.0.1:1"),
    "DISCORD_CDN_HOSTS": ("a.example, b.example", lambda s: s.discord.cdn_hosts, {"a.example", "b.example"}),
    "DISCORD_ALLOWED_GUILDS": ("1,2", lambda s: s.discord.allowed_guilds, {1, 2}),
    "DISCORD_SHARD_COUNT": ("4", lambda s: s.discord.shard_count, 4),
    "SPARK_API_KEY": (SECRET, lambda s: s.spark.api_key.get_secret_value(), SECRET),
    "SPARK_BASE_URL": ("http://127.0.0.1:2", lambda s: str(s.spark.base_url), "http://127.0.0.1:2/"),
    "SPARK_MAX_IN_FLIGHT": ("7", lambda s: s.spark.max_in_flight, 7),
    "SPARK_REQUESTS_PER_SECOND": ("30", lambda s: s.spark.requests_per_second, 30),
    "SPARK_EDIT_MODEL": ("spark_i2i_3_0", lambda s: s.spark.edit_model, "spark_i2i_3_0"),
    "DATABASE_URL": ("postgresql://h/d", lambda s: s.database.url, "postgresql://h/d"),
    "LIMITS_USER_DAY_USD": ("0.10", lambda s: s.limits.user_day_usd, Decimal("0.10")),
    "LIMITS_USER_MONTH_USD": ("0.20", lambda s: s.limits.user_month_usd, Decimal("0.20")),
    "LIMITS_GUILD_DAY_USD": ("0.30", lambda s: s.limits.guild_day_usd, Decimal("0.30")),
    "LIMITS_GUILD_MONTH_USD": ("0.40", lambda s: s.limits.guild_month_usd, Decimal("0.40")),
    "LIMITS_EVERYWHERE_DAY_USD": ("0.35", lambda s: s.limits.everywhere_day_usd, Decimal("0.35")),
    "LIMITS_EVERYWHERE_MONTH_USD": ("0.45", lambda s: s.limits.everywhere_month_usd, Decimal("0.45")),
    "LIMITS_TOTAL_DAY_USD": ("0.50", lambda s: s.limits.total_day_usd, Decimal("0.50")),
    "LIMITS_TOTAL_MONTH_USD": ("0.60", lambda s: s.limits.total_month_usd, Decimal("0.60")),
    "LIMITS_USER_RUNNING": ("5", lambda s: s.limits.user_running, 5),
    "LIMITS_USER_QUEUED": ("6", lambda s: s.limits.user_queued, 6),
    "WEB_HOST": ("::1", lambda s: s.web.host, "::1"),
    "WEB_PORT": ("9000", lambda s: s.web.port, 9000),
}


def write(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", EVERY_NAME)
def test_the_environment_gives_the_setting_of_its_name(name: str) -> None:
    given, read, expected = EVERY_NAME[name]
    assert read(load(None, {name: given})) == expected


def test_shard_ids_come_with_their_count() -> None:
    settings = load(None, {"DISCORD_SHARD_IDS": "0,2", "DISCORD_SHARD_COUNT": "4"})
    assert settings.discord.shard_ids == (0, 2)
    with pytest.raises(SettingsInvalid, match="shard_count"):
        load(None, {"DISCORD_SHARD_IDS": "0,2"})


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        ("0,4", "of 4 shards none is 4; the last one is 3"),
        ("-1,0", "of 4 shards none is -1; the last one is 3"),
        ("1,1", "shard_ids names a shard twice"),
        (",", "shard_ids names no shard; leave it out to serve all of them"),
    ],
)
def test_shards_that_there_cannot_be_are_refused(ids: str, says: str) -> None:
    with pytest.raises(SettingsInvalid, match=f"^discord: .*{says}$"):
        load(None, {"DISCORD_SHARD_IDS": ids, "DISCORD_SHARD_COUNT": "4"})


def test_the_chosen_shards_are_all_of_a_count_or_those_that_are_named() -> None:
    count = {"DISCORD_SHARD_COUNT": "3"}
    assert load(None, {}).discord.shards is None
    assert load(None, count).discord.shards == Shards(3, (0, 1, 2))
    assert load(None, count | {"DISCORD_SHARD_IDS": "2"}).discord.shards == Shards(3, (2,))


def test_every_documented_name_is_covered_here() -> None:
    names = {f"{section}_{key}".upper() for section, keys in ENVIRONMENT.items() for key in keys}
    assert names == {*EVERY_NAME, "DISCORD_SHARD_IDS"}


def test_defaults_are_the_documented_ones() -> None:
    settings = load(None, {})
    assert settings.limits.user_day_usd == Decimal("1.00")
    assert settings.limits.user_month_usd == Decimal("10.00")
    assert settings.limits.guild_day_usd is settings.limits.guild_month_usd is None
    assert settings.limits.everywhere_day_usd == Decimal("3.00")
    assert settings.limits.everywhere_month_usd == Decimal("30.00")
    assert settings.limits.total_day_usd == Decimal("25.00")
    assert settings.limits.total_month_usd == Decimal("250.00")
    assert settings.who_may == Access(None, direct_messages=True, blocked_users=frozenset())
    assert (settings.limits.user_running, settings.limits.user_queued) == (3, 10)
    assert settings.database.url == "sqlite:///data/bot.db"
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8081)
    assert (settings.spark.max_in_flight, settings.spark.requests_per_second) == (50, 100)


def test_the_environment_wins_over_the_file_and_leaves_the_rest(tmp_path: Path) -> None:
    file = write(tmp_path, "[limits]\nuser_day_usd = 0.5\nuser_running = 2\n")
    settings = load(file, {"LIMITS_USER_DAY_USD": "0.7"})
    assert settings.limits.user_day_usd == Decimal("0.7")
    assert settings.limits.user_running == 2


def test_strangers_in_the_environment_harm_nobody() -> None:
    assert (
        load(None, {"SPARK_HOME": "/opt/spark", "DISCORD_THEME": "dark", "LIMITS": "x"}).model_dump()
        == load(None, {}).model_dump()
    )


def test_an_empty_variable_is_none() -> None:
    assert load(None, {"DISCORD_TOKEN": "", "SPARK_MAX_IN_FLIGHT": ""}).model_dump() == load(None, {}).model_dump()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[spark]\nhome = "x"\n', "spark.home: no such setting"),
        ("[weather]\nsunny = true\n", "weather: no such setting"),
        ("[limits]\nuser_day_usd = -1\n", "limits.user_day_usd"),
        ("[limits]\nuser_running = 0\n", "limits.user_running"),
        ("[access]\nblocked_users = ['Ada']\n", "access.blocked_users"),
        ('[spark]\nedit_model = "other"\n', "spark.edit_model"),
        (
            "[discord]\ncdn_hosts = ['https://a.example']\n",
            "discord.cdn_hosts: 'https://a.example' is not a host",
        ),
        ("[web]\nport = 70000\n", "web.port"),
        ("[spark]\nbase_url = 'ftp://x'\n", "spark.base_url"),
        ("spark = 3\n", "spark"),
        ("[spark\n", "is not TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SettingsInvalid, match=named.replace(".", r"\.")):
        load(write(tmp_path, text), {})


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"fine\n\n*bad\n", "words.txt, line 3: a star stands at the end of a word"),
    ],
)
def test_a_list_of_words_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None, named: str) -> None:
    words = tmp_path / "words.txt"
    if content is not None:
        words.write_bytes(content)
    file = write(tmp_path, f'[access]\nwords_file = "{words}"')
    with pytest.raises(SettingsInvalid, match=r"access\.words_file") as wrong:
        load(file, {})
    assert named in str(wrong.value)


def test_a_list_of_words_is_read(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("# ours\ngory*\n", encoding="utf-8")
    chosen = load(write(tmp_path, f'[access]\nwords_file = "{words}"'), {})
    assert chosen.access.words.is_in("a gory fox")
    assert not load(None, {}).access.words


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"missing\.toml cannot be read"):
        load(tmp_path / "missing.toml", {})


def test_money_is_exact_and_none_lifts_a_limit(tmp_path: Path) -> None:
    file = write(tmp_path, '[limits]\nuser_day_usd = 0.1\nuser_month_usd = "none"\n')
    ceilings = load(file, {}).limits.ceilings
    assert ceilings.user_day == 100_000_000
    assert ceilings.user_month is None


def test_no_total_limit_is_said_in_words(tmp_path: Path) -> None:
    file = write(tmp_path, '[limits]\ntotal_day_usd = "none"\n')
    assert load(file, {}).limits.ceilings.total_day is None
    assert load(None, {"LIMITS_TOTAL_DAY_USD": "none"}).limits.ceilings.total_day is None


def test_who_may_use_the_bot_stands_in_the_file_alone(tmp_path: Path) -> None:
    file = write(tmp_path, "[access]\nblocked_users = [5, 7]\ndirect_messages = false\n")
    stranger = {"ACCESS_DIRECT_MESSAGES": "true", "ACCESS_BLOCKED_USERS": "8", "DISCORD_ALLOWED_GUILDS": "1"}
    expected = Access(frozenset({1}), direct_messages=False, blocked_users=frozenset({5, 7}))
    assert load(file, stranger).who_may == expected


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    settings = load(None, {"DISCORD_TOKEN_FILE": str(file), "SPARK_API_KEY_FILE": str(file)})
    assert settings.discord.token is not None
    assert settings.discord.token.get_secret_value() == SECRET
    with pytest.raises(SettingsInvalid, match="DISCORD_TOKEN_FILE"):
        load(None, {"DISCORD_TOKEN_FILE": str(tmp_path / "missing")})


def test_secrets_show_in_no_repr_and_no_error(tmp_path: Path) -> None:
    settings = load(None, {"DISCORD_TOKEN": SECRET, "SPARK_API_KEY": SECRET})
    assert SECRET not in repr(settings) + str(settings)
    with pytest.raises(SettingsInvalid) as invalid:
        load(write(tmp_path, f'[discord]\ntoken = ["{SECRET}"]\n'), {})
    assert SECRET not in str(invalid.value)


def test_the_example_holds_every_setting_with_its_default() -> None:
    example = Path(__file__).parents[1] / "config.example.toml"
    assert load(example, {}).model_dump() == load(None, {}).model_dump()
    text = example.read_text(encoding="utf-8")
    for section, field in Settings.model_fields.items():
        assert f"[{section}]" in text
        for key in field.default.__class__.model_fields:
            assert f"\n{key} = " in text or f"\n# {key} = " in text, f"{section}.{key}"


def test_every_model_has_a_first_price_and_large_pictures_one_of_their_own() -> None:
    chosen = dict.fromkeys(spark.MODELS, Decimal("0.01")) | {"spark_t2i_3_0_hd": Decimal("0.05")}
    estimates = load(None, {}).estimates.model_copy(update=chosen)
    for model in spark.MODELS:
        assert estimates.first_price(model, 0, 0) == 10_000_000
    assert [estimates.first_price("spark_t2i_3_0", *size) for size in ((1664, 936), (2048, 2048))] == [
        10_000_000,
        50_000_000,
    ]
