"""Mistakes with databases: their files, their servers, whoever has made their tables."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.mistakes.around import Folder, Server
from tests.mistakes.mistake import SURROUNDINGS, Environment, Mistake


def _sqlite(file: object) -> Environment:
    return {"DATABASE_URL": f"sqlite:///{file}"}


def _with_a_closed_lock(folder: Folder) -> Environment:
    folder.closed(folder.written("bot.db.lock", b""), 0o444)
    return _sqlite(folder.database())


def _with_a_closed_mark(folder: Folder) -> Environment:
    folder.closed(folder.written("bot.db.seen", b"1\n"))
    return _sqlite(folder.database())


def _in_a_closed_folder(folder: Folder, file: Path) -> Environment:
    folder.closed(folder.path, 0o555)
    return _sqlite(file)


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
    "a mark that root has made": Mistake(
        "database: {folder}/bot.db.seen cannot be read (Permission denied), so that nobody knows whether "
        "the database is older; let this user read it, or delete it",
        SURROUNDINGS,
        made=_with_a_closed_mark,
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
