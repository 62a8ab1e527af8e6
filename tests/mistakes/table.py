"""The table: each mistake, how it is made, and what `check` and `run` say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.mistakes.around import Folder, Server

SETTINGS = 78
"""The exit code of `run` where nothing but another setting helps."""
SURROUNDINGS = 1
"""And where what the bot needs is not there, or not as it should be: it may be there the next time."""
Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of an operator's, and the line that `check` says of it after FAIL."""

    line: str
    """`run` says it without what it is about. `{config}`, `{address}` and the like stand for what differs."""
    code: int = SETTINGS
    toml: str | bytes = ""
    environment: Environment = field(default_factory=dict)
    made: Callable[[Folder], Environment] = lambda _folder: {}
    ordinary: bool = False
    """Whether it is an ordinary user's alone: root may do everything."""


def _sqlite(file: object) -> Environment:
    return {"DATABASE_URL": f"sqlite:///{file}"}


def _with_closed_settings(folder: Folder) -> Environment:
    folder.closed(folder.path / "config.toml")
    return {}


def _with_a_closed_lock(folder: Folder) -> Environment:
    folder.closed(folder.written("bot.db.lock", b""), 0o444)
    return _sqlite(folder.database())


def _with_a_file_for_styles(folder: Folder) -> Environment:
    folder.written("styles", b"")
    return {}


def _with_closed_styles(folder: Folder) -> Environment:
    (folder.path / "styles").mkdir(mode=0)
    return {}


def _in_a_closed_folder(folder: Folder, file: Path) -> Environment:
    folder.closed(folder.path, 0o555)
    return _sqlite(file)


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
    "a file of settings that nobody may read": Mistake(
        "settings: --config: {config} cannot be read: Permission denied",
        made=_with_closed_settings,
        ordinary=True,
    ),
}

OF_SQLITE = {
    "text": Mistake(
        "database: {address}: the file is no SQLite database; name another one in database.url",
        SURROUNDINGS,
        made=lambda folder: _sqlite(folder.written("bot.db", b"no database\n" * 100)),
    ),
    "half of it": Mistake(
        "database: {address}: the file is damaged; put a backup in its place",
        SURROUNDINGS,
        made=lambda folder: _sqlite(folder.written("bot.db", folder.template.read_bytes()[:20_000])),
    ),
    "a folder": Mistake(
        "database: {address}: it is a folder; name a file in database.url",
        SURROUNDINGS,
        made=lambda folder: _sqlite(folder.path),
    ),
    "below a file": Mistake(
        "database: {address}: {folder}/file is a file and no folder; name another path in database.url",
        SURROUNDINGS,
        made=lambda folder: _sqlite(folder.written("file", b"") / "bot.db"),
    ),
    "a newer version's": Mistake(
        "database: {address}: its tables are of revision 9999, and this spark-bot knows none after {newest}; "
        "start the newer version that made them, or put a backup from before in their place",
        SURROUNDINGS,
        made=lambda folder: _sqlite(folder.changed("UPDATE alembic_version SET version_num = '9999'")),
    ),
    "another program's": Mistake(
        "database: {address}: its table actions is not of spark-bot's making; "
        "name a database of its own in database.url",
        SURROUNDINGS,
        made=lambda folder: _sqlite(folder.changed("DROP TABLE alembic_version")),
    ),
    "a file that may not be written": Mistake(
        "database: {address}: user {user} may not read and write {folder}/bot.db; "
        "make that user its owner (chown)",
        SURROUNDINGS,
        made=lambda folder: _sqlite(folder.closed(folder.database(), 0o444)),
        ordinary=True,
    ),
    "a lock that root has made": Mistake(
        "database: {address}: user {user} may not read and write {folder}/bot.db.lock; "
        "make that user its owner (chown)",
        SURROUNDINGS,
        made=_with_a_closed_lock,
        ordinary=True,
    ),
    "a folder that may not be written": Mistake(
        "database: {address}: user {user} may not write in the folder {folder}; make that user its owner (chown)",
        SURROUNDINGS,
        made=lambda folder: _in_a_closed_folder(folder, folder.database()),
        ordinary=True,
    ),
    "a folder that cannot be made": Mistake(
        "database: {address}: user {user} may not write in the folder {folder}; make that user its owner (chown)",
        SURROUNDINGS,
        made=lambda folder: _in_a_closed_folder(folder, folder.path / "new" / "data" / "bot.db"),
        ordinary=True,
    ),
}

OF_POSTGRESQL: Mapping[str, tuple[Callable[[Server], str], str]] = {
    "the wrong password": (
        lambda server: server.address("ready", "locked", "wrong"),
        'password authentication failed for user "{locked}"; '
        "set its user and password in database.url (DATABASE_URL)",
    ),
    "no password": (
        lambda server: server.address("ready", "locked"),
        "fe_sendauth: no password supplied; set its user and password in database.url (DATABASE_URL)",
    ),
    "no such role": (
        lambda server: server.address("ready", "nobody"),
        'role "{nobody}" does not exist; set its user and password in database.url (DATABASE_URL)',
    ),
    "no such database": (
        Server.nowhere,
        'database "nowhere" does not exist; make it (createdb), or name another one in database.url',
    ),
    "no such host": (
        lambda _: "postgresql://nowhere.invalid/name",
        "failed to resolve host 'nowhere.invalid': …; mend the host in database.url",
    ),
    "nobody listens": (
        lambda _: "postgresql://127.0.0.1:9/name",
        "Connection refused; start the server, or mend host and port in database.url",
    ),
    "an option's value": (
        lambda server: f"{server.address('ready')}&sslmode=perhaps",
        'invalid sslmode value: "perhaps"; mend that option in database.url',
    ),
    "a time that is no number": (
        lambda server: f"{server.address('ready')}&connect_timeout=soon",
        "bad value for connect_timeout: 'soon'; mend that option in database.url",
    ),
    "not let in": (
        lambda server: server.address("closed", "guest"),
        'permission denied for database "…"; GRANT CONNECT ON that DATABASE TO the user',
    ),
    "no right to make tables": (
        lambda server: server.address("empty", "guest"),
        "{guest} may not make tables there; GRANT CREATE ON SCHEMA public TO {guest}",
    ),
    "no right to change tables": (
        lambda server: server.address("ready", "reader"),
        "{reader} may not read and change the table actions; "
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO {reader}, as their owner",
    ),
    "no right to migrate tables": (
        lambda server: server.address("older", "writer"),
        "{writer} does not own the table actions, which is to be brought to revision {newest}; "
        "ALTER TABLE actions OWNER TO {writer}",
    ),
    "a standby": (
        lambda server: server.address("standby"),
        "it takes no changes, as a standby does; name the server in database.url that does",
    ),
    "a newer version's": (
        lambda server: server.address("newer"),
        "its tables are of revision 9999, and this spark-bot knows none after {newest}; "
        "start the newer version that made them, or put a backup from before in their place",
    ),
    "another program's": (
        lambda server: server.address("foreign"),
        "its table actions is not of spark-bot's making; name a database of its own in database.url",
    ),
}
"""The address, and what is said after it; `run` ends with the code of the surroundings."""

OF_SURROUNDINGS = {
    "a port that is taken": Mistake(
        "port: web.port: 127.0.0.1:{taken} cannot be listened on (Address already in use); "
        "end the process that has it, or choose another port (WEB_PORT)",
        SURROUNDINGS,
        environment={"WEB_PORT": "{taken}"},
    ),
    "another machine's address": Mistake(
        "port: web.port: 192.0.2.1:8081 cannot be listened on (Cannot assign requested address); "
        "set web.host to an address of this machine (WEB_HOST)",
        SURROUNDINGS,
        environment={"WEB_HOST": "192.0.2.1", "WEB_PORT": "8081"},
    ),
    "a port of the system's": Mistake(
        "port: web.port: 127.0.0.1:80 cannot be listened on (Permission denied); "
        "choose a port of 1024 or more (WEB_PORT)",
        SURROUNDINGS,
        environment={"WEB_PORT": "80"},
        ordinary=True,
    ),
    "another token": Mistake(
        "discord: discord.token: Discord does not accept it; "
        "copy it anew from the Developer Portal (Bot → Reset Token)",
        environment={"DISCORD_TOKEN": "another"},
    ),
    "an intent that is off": Mistake(
        "intents: discord.message_content is true, and Message Content Intent is off; "
        "switch it on in the Developer Portal (Bot → Privileged Gateway Intents), or set it to false",
        toml="discord.message_content = true",
    ),
}

WAITED_FOR = {
    "nobody is there": Mistake(
        "discord: discord.api_url: http://127.0.0.1:9/api/v10: Cannot connect to …; mend it, or the network",
        environment={"DISCORD_API_URL": "http://127.0.0.1:9/api/v10"},
    ),
    "a page that is not found": Mistake(
        "discord: discord.api_url: {page}/404: 404 Not Found (error code: 0): <html>; mend it, or the network",
        environment={"DISCORD_API_URL": "{page}/404"},
    ),
    "a page": Mistake(
        "discord: discord.api_url: {page}/200: /users/@me is answered with what is no JSON: <html>; "
        "mend it, or the network",
        environment={"DISCORD_API_URL": "{page}/200"},
    ),
    "no gateway": Mistake(
        "gateway: discord.gateway_url: ws://127.0.0.1:9: Cannot connect to …; mend it, or leave it out",
        environment={"DISCORD_GATEWAY_URL": "ws://127.0.0.1:9"},
    ),
    "a page for a gateway": Mistake(
        "gateway: discord.gateway_url: ws://{page_host}/200: 200, …; mend it, or leave it out",
        environment={"DISCORD_GATEWAY_URL": "ws://{page_host}/200"},
    ),
}
"""What is at the other end of the address may come: `run` says that it cannot be reached, and tries again."""

LIVED_WITH = {
    "another key": Mistake(
        "spark: spark.api_key: Spark does not accept it; copy it anew", environment={"SPARK_API_KEY": "another"}
    ),
    "no Spark": Mistake(
        "spark: spark.base_url: http://127.0.0.1:9/: No connection to Spark came about (…); "
        "mend it, or the network",
        environment={"SPARK_BASE_URL": "http://127.0.0.1:9"},
    ),
    "a page that is not found": Mistake(
        "spark: spark.base_url: {page}/404 is not Spark's; mend it", environment={"SPARK_BASE_URL": "{page}/404"}
    ),
    "a page": Mistake(
        "spark: spark.base_url: {page}/200: Spark answered 200 with something that is no task: <html>; mend it",
        environment={"SPARK_BASE_URL": "{page}/200"},
    ),
    "an account without credit": Mistake(
        "spark: spark.api_key: its account is out of credit; top it up",
        environment={"SPARK_BASE_URL": "{page}/402"},
    ),
    "an account with too little": Mistake(
        "spark: spark.api_key: Spark answered 403: <html>; top up its account, or let the key use the models",
        environment={"SPARK_BASE_URL": "{page}/403"},
    ),
    "no channel for copies": Mistake(
        "assets: discord.assets_channel_id: 404 Not Found (error code: 10003): Unknown Channel; "
        "mend it, or let the bot see that channel",
        toml="discord.assets_channel_id = 5",
    ),
    "no folder of styles": Mistake(
        "styles: {folder}/styles is no folder; remove it, and `spark-bot previews` makes one",
        made=_with_a_file_for_styles,
    ),
    "a folder of styles that may not be read": Mistake(
        "styles: user {user} may not read {folder}/styles; make that user its owner (chown)",
        made=_with_closed_styles,
        ordinary=True,
    ),
    "more shards than Discord lets connect": Mistake(
        "shards: Discord lets … more shards connect today, and these settings have 5000; "
        "mend discord.shard_count, or wait for the next day",
        environment={"DISCORD_SHARD_COUNT": "5000"},
    ),
}
"""The bot starts all the same: people are told what it cannot do."""
