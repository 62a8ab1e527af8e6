"""What every table is built from: the constraints' names, ids, and lists of allowed values.

Every constraint has a name, so that migrations can change it on SQLite too (batch mode).
"""

import sqlalchemy as sa

# SQLite gives a row id only to INTEGER PRIMARY KEY; PostgreSQL needs 64 bits for snowflakes.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, values: list[str], name: str) -> sa.CheckConstraint:
    """Build the constraint that a column holds one of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)
