"""What each life of the bot would import and work out by itself, done once in the process that all come from.

These are the drivers of both databases, the text of every statement, and what the life's workers import: else they
take half of a short life.
"""

import gc

import uvloop  # noqa: F401 - the bot looks for it when it begins

import bot.cli
import bot.store.database.postgresql
import bot.store.database.sqlite  # noqa: F401
import spark.images.preview_worker
import spark.images.stamp_worker  # noqa: F401
from bot.store.database.statements import POSTGRESQL, SQLITE
from tests.kill import processes  # noqa: F401 - where a life begins
from tests.statements import STATEMENTS

for statement in STATEMENTS.values():
    for dialect in (SQLITE, POSTGRESQL):
        statement.on(dialect)
gc.collect()
gc.freeze()  # else each life goes through all of it, and gets a copy of what it has touched
