"""A year of a bot that thousands use, written into an empty database at once; of today it has nothing yet."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import psycopg
import sqlalchemy as sa

from bot.domain.budgets import windows_at
from bot.store.schema import metadata
from tests.databases import outside
from tests.store.scenes import DAY, HOUR, NOW

_MIDNIGHT = NOW - 12 * HOUR
_JOBS_A_DAY = 550
_DAYS = [
    {"number": number, "begins_at": begins_at, "day": windows_at(begins_at)[0].key}
    for number, begins_at in enumerate(range(_MIDNIGHT - 364 * DAY, _MIDNIGHT, DAY))
]
_GIVEN = {"jobs_a_day": _JOBS_A_DAY, "apart": DAY // _JOBS_A_DAY, "now": NOW, "words_since": NOW - 90 * DAY}
_STATEMENTS = [
    """
    INSERT INTO jobs (
        id, kind, title, spoiler, state, guild_id, user_id, channel_id, place, upload_limit, application_id,
        head_id, head_final, result_channel_id, result_id, fence, accepted_at, day, month, delivering_at, ended_at,
        repeats_id, erased_at
    )
    WITH RECURSIVE
        turns (turn) AS (SELECT 1 UNION ALL SELECT turn + 1 FROM turns WHERE turn < :jobs_a_day),
        asked (id, at, day) AS (
            SELECT number * :jobs_a_day + turn, begins_at + (turn - 1) * :apart, day FROM days CROSS JOIN turns
        ),
        whose (person, id, at, day) AS (SELECT 1 + id / 10 % 4000, id, at, day FROM asked)
    SELECT
        id, CASE id % 4 WHEN 0 THEN 'edit' ELSE 'imagine' END, 'a red fox', false, 'delivered',
        10 + 10 * (person / 3 % 40), person, 500, 'channel', 10485760, 900,
        1000000 + id, true, 500, 2000000 + id, 1, at, day, substr(day, 1, 7), at + 20000, at + 21000,
        CASE id % 20 WHEN 0 THEN id - 1 END, CASE WHEN at < :words_since THEN :now END
    FROM whose
    """,
    "INSERT INTO job_owners (job_id, user_id) SELECT id, user_id FROM jobs WHERE kind = 'edit'",
    """
    INSERT INTO pictures (guild_id, sha256, owner_id, shape, posted_at, seen_at, never)
    SELECT guild_id, CAST(id AS VARCHAR(64)), user_id, id % 3000 - 1500, accepted_at, accepted_at, false
    FROM jobs WHERE kind = 'edit' AND erased_at IS NULL
    """,
    """
    INSERT INTO images (sha256, format, width, height, data, kept_at)
    SELECT CAST(id % 16000 AS VARCHAR(64)), 'JPEG', 640, 480, 'a JPEG', max(accepted_at)
    FROM jobs WHERE kind = 'edit' AND erased_at IS NULL GROUP BY id % 16000
    """,
    """
    INSERT INTO tasks (
        job_id, position, guild_id, user_id, state, model, params, image_sha256, width, height, estimate_nano,
        cost_nano, spark_id, fence, attempts, asked_at, not_before, submitted_at, ended_at, posted_at
    )
    SELECT
        id, 1, guild_id, user_id, 'succeeded',
        CASE id % 4 WHEN 0 THEN 'spark_edit_3_0' WHEN 1 THEN 'spark_i2i_3_0' ELSE 'spark_t2i_3_0' END,
        '{}', CASE WHEN kind = 'edit' AND erased_at IS NULL THEN CAST(id % 16000 AS VARCHAR(64)) END,
        1024 + 64 * (id % 5), 1024, 10000000,
        9000000, 'spark-1', 1, 0, accepted_at, 0, accepted_at, delivering_at, ended_at
    FROM jobs
    """,
    """
    INSERT INTO ledger (job_id, position, kind, amount_nano, guild_id, user_id, day, month, at)
    SELECT id, 1, entry, amount, guild_id, user_id, day, month, accepted_at
    FROM jobs CROSS JOIN (SELECT 'reserve' AS entry, 10000000 AS amount UNION ALL SELECT 'settle', 9000000) AS two
    """,
    """
    INSERT INTO totals
    SELECT 'person', guild_id, user_id, day, count(*) * 9000000, 0 FROM jobs GROUP BY guild_id, user_id, day
    """,
    """
    INSERT INTO totals
    SELECT scope, guild_id, user_id, substr("window", 1, 7), sum(spent_nano), 0
    FROM totals GROUP BY scope, guild_id, user_id, substr("window", 1, 7)
    """,
    """
    INSERT INTO totals
    SELECT 'guild', guild_id, 0, "window", sum(spent_nano), 0 FROM totals GROUP BY guild_id, "window"
    """,
    """
    INSERT INTO totals
    SELECT 'everywhere', 0, user_id, "window", sum(spent_nano), 0
    FROM totals WHERE scope = 'person' GROUP BY user_id, "window"
    """,
    """
    INSERT INTO totals
    SELECT 'total', 0, 0, "window", sum(spent_nano), 0 FROM totals WHERE scope = 'guild' GROUP BY "window"
    """,
    """
    INSERT INTO limits
    SELECT 10, 'member', user_id, 'day', 1000000000000 FROM totals WHERE scope = 'person' GROUP BY user_id
    """,
    """
    INSERT INTO refusals (guild_id, user_id, refuser, what, at)
    SELECT guild_id, user_id, 'bot', 'Too much.', accepted_at FROM jobs WHERE erased_at IS NULL AND id % 10 = 0
    """,
    """
    INSERT INTO hints (channel_id, user_id, shown_at)
    SELECT id, user_id, accepted_at FROM jobs WHERE erased_at IS NULL AND id % 10 = 0
    """,
    """
    INSERT INTO preferences (user_id, replies) SELECT DISTINCT user_id, 'ask' FROM jobs WHERE user_id > 0
    """,
    """
    INSERT INTO favourites (user_id, job_id, marked_at)
    SELECT user_id, id, accepted_at FROM jobs WHERE erased_at IS NULL AND id % 10 = 0
    """,
    """
    INSERT INTO results (job_id, position, data, kept_at)
    SELECT id, 1, 'a PNG', accepted_at FROM jobs WHERE erased_at IS NULL AND id % 5 = 0
    """,
    """
    INSERT INTO actions (guild_id, actor_id, kind, subject, subject_id, what, refused, at, logged_at)
    SELECT guild_id, 99, 'limit', 'member', user_id, 'A limit.', false, accepted_at, accepted_at
    FROM jobs WHERE id % 20 = 0
    """,
]


def write(url: str) -> None:
    """Write the year into an empty database, and have the database count what it has then."""
    with outside(url) as connection:
        connection.execute(
            sa.text("CREATE TEMPORARY TABLE days (number INTEGER, begins_at BIGINT, day VARCHAR(10))")
        )
        connection.execute(sa.text("INSERT INTO days VALUES (:number, :begins_at, :day)"), _DAYS)
        with nullcontext() if connection.dialect.name == "sqlite" else _indexed_at_the_end(connection):
            for statement in _STATEMENTS:
                connection.execute(sa.text(statement), _GIVEN)
        is_postgresql = connection.dialect.name == "postgresql"
        if not is_postgresql:
            connection.execute(sa.text("ANALYZE"))
    if is_postgresql:
        _kept_in_order(url)


def _kept_in_order(url: str) -> None:
    """Do what PostgreSQL would do by itself within the minute, amid the tests, and plan otherwise from then on."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SET default_statistics_target = 1000")  # every row is counted: a sample differs by chance
        server.execute("VACUUM (ANALYZE)")


@contextmanager
def _indexed_at_the_end(connection: sa.Connection) -> Iterator[None]:
    """Do without indexes and keys meanwhile: PostgreSQL takes less than half the time then, SQLite as much."""
    copied = sa.MetaData()  # whoever creates a table leaves out its constraints that were dropped before
    tables = [table.to_metadata(copied) for table in metadata.sorted_tables]
    keys: list[sa.Constraint] = [table.primary_key for table in tables]
    keys += [key for table in tables for key in table.foreign_key_constraints]
    indexes = [index for table in tables for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    for key in reversed(keys):
        connection.execute(sa.schema.DropConstraint(key))
    yield
    for key in keys:
        connection.execute(sa.schema.AddConstraint(key))
    for index in indexes:
        index.create(connection)
