"""Rows chosen by whole keys."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa


def has_key(
    columns: Sequence[sa.ColumnElement[object]], keys: Collection[Sequence[object]]
) -> sa.ColumnElement[bool]:
    """Build the condition that a row has one of some keys; each is looked up in the index of the columns.

    For `(a, b) IN (VALUES …)` SQLite reads the whole table.
    """
    return sa.or_(
        sa.false(),
        *(sa.and_(*(column == value for column, value in zip(columns, key, strict=True))) for key in keys),
    )
