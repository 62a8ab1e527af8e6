"""Whose pictures are, what their owners were asked, and what servers and people say of them.

Of the jobs before, whoever asked for one that works on a picture is taken for its owner.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_RULE = "ck_server_rules_pictures"
_WORD = "ck_preferences_pictures"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "job_owners",
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("job_id", "user_id", name=op.f("pk_job_owners")),
    )
    op.create_index("ix_job_owners_user", "job_owners", ["user_id"])
    op.execute("INSERT INTO job_owners (job_id, user_id) SELECT id, user_id FROM jobs WHERE kind <> 'imagine'")
    op.create_table(
        "pictures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("shape", sa.Integer()),
        sa.Column("fingerprint", sa.Text()),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("never", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("settled_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint("guild_id", "sha256", "owner_id", name=op.f("uq_pictures_guild_id_sha256_owner_id")),
    )
    op.create_index("ix_pictures_shape", "pictures", ["guild_id", "shape"])
    op.create_index("ix_pictures_owner", "pictures", ["owner_id"])
    op.create_index("ix_pictures_seen_at", "pictures", ["seen_at"])
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("answers_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(8)),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("value", sa.JSON()),
        sa.Column("picture", sa.LargeBinary()),
        sa.CheckConstraint("verdict IN ('allowed', 'no', 'never', 'silence')", name=op.f("ck_consents_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    is_open, unclosed = sa.text("verdict IS NULL"), sa.text("closed_at IS NULL")
    op.create_index(
        "uq_consents_open",
        "consents",
        ["guild_id", "sha256"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_consents_picture", "consents", ["guild_id", "sha256"])
    op.create_index("ix_consents_asker", "consents", ["asker_id"])
    op.create_index("ix_consents_unclosed", "consents", ["id"], sqlite_where=unclosed, postgresql_where=unclosed)
    op.create_index("ix_consents_closed_at", "consents", ["closed_at"])
    op.create_table(
        "consent_owners",
        sa.Column("consent_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("allowed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("consent_id", "user_id", name=op.f("pk_consent_owners")),
    )
    op.create_index("ix_consent_owners_user", "consent_owners", ["user_id"])
    with op.batch_alter_table("server_rules") as rules:
        rules.add_column(sa.Column("pictures", sa.String(8), nullable=False, server_default="ask"))
        rules.create_check_constraint(op.f(_RULE), "pictures IN ('own', 'ask', 'anyone')")
    with op.batch_alter_table("preferences") as preferences:
        preferences.add_column(sa.Column("pictures", sa.String(8)))
        preferences.add_column(sa.Column("results", sa.Boolean(), nullable=False, server_default=sa.true()))
        preferences.create_check_constraint(op.f(_WORD), "pictures IN ('ask', 'anyone', 'never')")


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("preferences") as preferences:
        preferences.drop_constraint(op.f(_WORD), type_="check")
        preferences.drop_column("results")
        preferences.drop_column("pictures")
    with op.batch_alter_table("server_rules") as rules:
        rules.drop_constraint(op.f(_RULE), type_="check")
        rules.drop_column("pictures")
    for table in ("consent_owners", "consents", "pictures", "job_owners"):
        op.drop_table(table)
