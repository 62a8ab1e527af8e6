"""Mistakes in the settings."""

import os

from tests.mistakes.around import Folder
from tests.mistakes.mistake import Environment, Mistake


def _with_closed_settings(folder: Folder) -> Environment:
    folder.closed(folder.path / "config.toml")
    return {}


def _without_settings(folder: Folder) -> Environment:
    (folder.path / "config.toml").unlink()
    return {}


def _with_a_folder_for_settings(folder: Folder) -> Environment:
    _without_settings(folder)
    (folder.path / "config.toml").mkdir()
    return {}


def _with_a_pipe_for_settings(folder: Folder) -> Environment:
    _without_settings(folder)
    os.mkfifo(folder.path / "config.toml")
    return {}


OF_SETTINGS = {
    "no TOML": Mistake(
        "settings: {config}: is not TOML: Invalid value (at line 2, column 11)", toml="[spark]\napi_key = \n"
    ),
    "no text": Mistake("settings: --config: {config} is not UTF-8 text", toml=b"\xff\xfe"),
    "no such key": Mistake(
        "settings: spark.api_ky: no such setting; did you mean spark.api_key?", toml="spark.api_ky = 'x'"
    ),
    "no such section": Mistake("settings: limts: no such setting; did you mean limits?", toml="[limts]\nx = 1"),
    "in another section": Mistake(
        "settings: limits.api_key: no such setting; it belongs to the section [spark]", toml="limits.api_key = 'x'"
    ),
    "nothing alike": Mistake(
        "settings: web.zzzz: no such setting; config.example.toml has all that there are", toml="web.zzzz = 1"
    ),
    "no section": Mistake(
        "settings: log: is a section; give it a line [log], and what belongs to it below", toml="log = 1"
    ),
    "no number": Mistake(
        "settings: spark.max_in_flight: must be a whole number", toml="spark.max_in_flight = 'many'"
    ),
    "too small a number": Mistake(
        "settings: limits.user_running: must be more than 0", toml="limits.user_running = 0"
    ),
    "too large a number": Mistake(
        "settings: web.port (WEB_PORT): must be at most 65535", environment={"WEB_PORT": "70000"}
    ),
    "no amount": Mistake(
        "settings: limits.user_day_usd (LIMITS_USER_DAY_USD): must be a number such as 1.50",
        environment={"LIMITS_USER_DAY_USD": "much"},
    ),
    "more than there is": Mistake(
        "settings: limits.total_day_usd (LIMITS_TOTAL_DAY_USD): must be at most 1000000000",
        environment={"LIMITS_TOTAL_DAY_USD": "1e30"},
    ),
    "more shards than there are": Mistake(
        "settings: discord.shard_count (DISCORD_SHARD_COUNT): must be at most 100000",
        environment={"DISCORD_SHARD_COUNT": "1000000000000"},
    ),
    "no truth": Mistake("settings: estimates.exact: must be true or false", toml="estimates.exact = 'perhaps'"),
    "no list": Mistake("settings: access.blocked_users: must be a list", toml="access.blocked_users = 7"),
    "none of two": Mistake(
        "settings: spark.edit_model: must be 'spark_edit_3_0' or 'spark_i2i_3_0'",
        toml="spark.edit_model = 'other'",
    ),
    "a file of words that is not there": Mistake(
        "settings: access.words_file: /nowhere/words cannot be read: No such file or directory",
        toml="access.words_file = '/nowhere/words'",
    ),
    "a secret's file that is not there": Mistake(
        "settings: DISCORD_TOKEN_FILE: /nowhere/token cannot be read: No such file or directory",
        environment={"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": "/nowhere/token"},
    ),
    "no token": Mistake(
        "discord: discord.token: is missing; set it in the file, as DISCORD_TOKEN, "
        "or in a file named by DISCORD_TOKEN_FILE",
        environment={"DISCORD_TOKEN": ""},
    ),
    "no key": Mistake(
        "spark: spark.api_key: is missing; set it in the file, as SPARK_API_KEY, "
        "or in a file named by SPARK_API_KEY_FILE",
        environment={"SPARK_API_KEY": ""},
    ),
    "a token with a word beside it": Mistake(
        "settings: discord.token (DISCORD_TOKEN): has a space, a line break or a letter that none has; "
        "copy it anew, and nothing else",
        environment={"DISCORD_TOKEN": "Bot token"},
    ),
    "no address of Discord's": Mistake(
        "settings: discord.api_url (DISCORD_API_URL): must be an address such as https://host",
        environment={"DISCORD_API_URL": "http://127.0.0.1:port/api"},
    ),
    "no address of a gateway": Mistake(
        "settings: discord.gateway_url (DISCORD_GATEWAY_URL): must be an address such as wss://host",
        environment={"DISCORD_GATEWAY_URL": "https://gateway.discord.gg"},
    ),
    "no address of Spark's": Mistake(
        "settings: spark.base_url (SPARK_BASE_URL): must be an address such as https://host",
        environment={"SPARK_BASE_URL": "cloud.vtrix.ai"},
    ),
    "a shard that there is not": Mistake(
        "settings: discord: shard_ids: of 2 shards none is 5; the last one is 1",
        environment={"DISCORD_SHARD_COUNT": "2", "DISCORD_SHARD_IDS": "1,5"},
    ),
    "another database": Mistake(
        "settings: database.url (DATABASE_URL): mysql:// is not supported; use sqlite:/// or postgresql://",
        environment={"DATABASE_URL": "mysql://host/name"},
    ),
    "no address of a database": Mistake(
        "settings: database.url (DATABASE_URL): is no address; write sqlite:///path or "
        "postgresql://user:password@host/name",
        environment={"DATABASE_URL": "postgresql://host:port/name"},
    ),
    "SQLite's option": Mistake(
        "settings: database.url (DATABASE_URL): sqlite:/// takes no options; leave foo out",
        environment={"DATABASE_URL": "sqlite:///bot.db?foo=1"},
    ),
    "SQLite's host": Mistake(
        "settings: database.url (DATABASE_URL): names data as a host; write sqlite:///path, with three slashes",
        environment={"DATABASE_URL": "sqlite://data/bot.db"},
    ),
    "SQLite in memory": Mistake(
        "settings: database.url (DATABASE_URL): names no file, so that nothing would be kept; write sqlite:///path",
        environment={"DATABASE_URL": "sqlite:///:memory:"},
    ),
    "PostgreSQL's option": Mistake(
        "settings: database.url (DATABASE_URL): PostgreSQL knows no option foo; leave it out, or mend its name",
        environment={"DATABASE_URL": "postgresql://host/name?sslmode=require&foo=bar"},
    ),
    "a password with an @": Mistake(
        "settings: database.url (DATABASE_URL): has an @ in its password; write it as %40",
        environment={"DATABASE_URL": "postgresql://bot:p@ss@host/name"},
    ),
    "no file of settings": Mistake(
        "settings: --config: {config} cannot be read: No such file or directory", made=_without_settings
    ),
    "a folder for a file of settings": Mistake(
        "settings: --config: {config} cannot be read: Is a directory", made=_with_a_folder_for_settings
    ),
    "a pipe for a file of settings": Mistake(
        "settings: --config: {config} is a pipe, which can be read only once; name a file",
        made=_with_a_pipe_for_settings,
    ),
    "a file of settings that nobody may read": Mistake(
        "settings: --config: {config} cannot be read: Permission denied",
        made=_with_closed_settings,
        ordinary=True,
    ),
}
