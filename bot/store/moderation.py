"""What moderators change, and the record of it: each method is one transaction that does both."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account, Period
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind, RecordedAction
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.moderation.server_rules import ServerRules
from bot.store.database import Database
from bot.store.schema import actions, blocks, grants, limits, server_rules


class ModerationStore:
    """Changes a server's limits, grants, blocks and rules, and keeps who did what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set_limits(self, chosen: Sequence[Limit], action: Action) -> None:
        """Set limits, at least one, in the place of those before."""
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        upsert = insert(limits).values(
            [
                {
                    "guild_id": action.guild_id,
                    "subject": limit.subject,
                    "subject_id": limit.subject_id,
                    "period": limit.period,
                    "amount_nano": limit.amount,
                }
                for limit in chosen
            ]
        )
        async with self._database.writing() as connection:
            await connection.execute(
                upsert.on_conflict_do_update(
                    index_elements=[limits.c.guild_id, limits.c.subject, limits.c.subject_id, limits.c.period],
                    set_={"amount_nano": upsert.excluded.amount_nano},
                )
            )
            await _record(connection, action)

    async def clear_limits(
        self, subject: Subject, subject_id: int, periods: Sequence[Period], action: Action
    ) -> int:
        """Take a subject's own limits away; how many there were. Nothing is recorded where there was none."""
        async with self._database.writing() as connection:
            cleared = await connection.execute(
                sa.delete(limits).where(
                    limits.c.guild_id == action.guild_id,
                    limits.c.subject == subject,
                    limits.c.subject_id == subject_id,
                    limits.c.period.in_(periods),
                )
            )
            if cleared.rowcount:
                await _record(connection, action)
            return cleared.rowcount

    async def grant(self, grant: Grant, action: Action) -> None:
        """Give a member more for a while."""
        async with self._database.writing() as connection:
            await connection.execute(
                sa.insert(grants).values(
                    guild_id=grant.account.guild_id,
                    user_id=grant.account.user_id,
                    amount_nano=grant.amount,
                    reason=grant.reason,
                    granted_by=grant.granted_by,
                    granted_at=grant.granted_at,
                    expires_at=grant.expires_at,
                )
            )
            await _record(connection, action)

    async def end_grants(self, account: Account, action: Action) -> int:
        """End a member's grants now; how many counted. Nothing is recorded where there was none."""
        async with self._database.writing() as connection:
            ended = await connection.execute(
                sa.update(grants)
                .where(
                    grants.c.guild_id == account.guild_id,
                    grants.c.user_id == account.user_id,
                    grants.c.expires_at > action.at,
                )
                .values(expires_at=action.at)
            )
            if ended.rowcount:
                await _record(connection, action)
            return ended.rowcount

    async def block(self, block: Block, action: Action) -> None:
        """Stop a member, in the place of the block before."""
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        values = {
            "reason": block.reason,
            "told": block.told,
            "blocked_by": block.blocked_by,
            "blocked_at": block.blocked_at,
            "expires_at": block.expires_at,
        }
        async with self._database.writing() as connection:
            await connection.execute(
                insert(blocks)
                .values(guild_id=block.account.guild_id, user_id=block.account.user_id, **values)
                .on_conflict_do_update(index_elements=[blocks.c.guild_id, blocks.c.user_id], set_=values)
            )
            await _record(connection, action)

    async def unblock(self, account: Account, action: Action) -> bool:
        """Let a member go on; False, and nothing recorded, where they were not blocked."""
        async with self._database.writing() as connection:
            lifted = await connection.execute(
                sa.delete(blocks).where(
                    blocks.c.guild_id == account.guild_id,
                    blocks.c.user_id == account.user_id,
                    sa.or_(blocks.c.expires_at.is_(None), blocks.c.expires_at > action.at),
                )
            )
            if lifted.rowcount:
                await _record(connection, action)
            return bool(lifted.rowcount)

    async def change_rules(self, change: Callable[[ServerRules], ServerRules], action: Action) -> ServerRules:
        """Change a server's rules, and give those that hold then; `change` may raise `Refusal`."""
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        usual = ServerRules()
        this = server_rules.c.guild_id == action.guild_id
        async with self._database.writing() as connection:
            await connection.execute(
                insert(server_rules)
                .values(guild_id=action.guild_id, replies=usual.replies)
                .on_conflict_do_nothing()
            )
            await connection.execute(sa.select(server_rules.c.guild_id).where(this).with_for_update())
            rules = change(await rules_of(connection, action.guild_id))
            allowed = rules.allowed_channels
            await connection.execute(
                sa.update(server_rules)
                .where(this)
                .values(
                    log_channel_id=rules.log_channel_id,
                    replies=rules.replies,
                    allowed_channels=None if allowed is None else sorted(allowed),
                )
            )
            await _record(connection, action)
            return rules

    async def record(self, action: Action) -> None:
        """Record what changed nothing here: a deletion, an export, an attempt without the right to it."""
        async with self._database.writing() as connection:
            await _record(connection, action)

    async def rules(self, guild_id: int) -> ServerRules:
        """Read a server's rules; the usual ones where nothing was chosen, and in direct messages."""
        async with self._database.reading() as connection:
            return await rules_of(connection, guild_id)

    async def block_of(self, account: Account, now: int) -> Block | None:
        """Read the block that stops an account now."""
        async with self._database.reading() as connection:
            return await block_of(connection, account, now)

    async def actions_about(self, guild_id: int, subject_id: int, limit: int) -> Sequence[RecordedAction]:
        """Read the newest actions about one member, role or job of a server."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(actions)
                .where(actions.c.guild_id == guild_id, actions.c.subject_id == subject_id)
                .order_by(actions.c.at.desc(), actions.c.id.desc())
                .limit(limit)
            )
            return [_recorded(row) for row in rows]

    async def unlogged(self, limit: int) -> Sequence[RecordedAction]:
        """Read the oldest actions that no log channel has shown yet, nor been left out for want of one."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(actions).where(actions.c.logged_at.is_(None)).order_by(actions.c.id).limit(limit)
            )
            return [_recorded(row) for row in rows]

    async def mark_logged(self, action_id: int, now: int) -> None:
        """Record that an action was shown in the log channel, or that there is none."""
        async with self._database.writing() as connection:
            await connection.execute(sa.update(actions).where(actions.c.id == action_id).values(logged_at=now))


async def rules_of(connection: AsyncConnection, guild_id: int) -> ServerRules:
    """Read a server's rules as a part of somebody else's transaction."""
    row = (
        await connection.execute(sa.select(server_rules).where(server_rules.c.guild_id == guild_id))
    ).one_or_none()
    if row is None:
        return ServerRules()
    allowed = None if row.allowed_channels is None else frozenset(row.allowed_channels)
    return ServerRules(row.log_channel_id, row.replies, allowed)


async def block_of(connection: AsyncConnection, account: Account, now: int) -> Block | None:
    """Read the block that stops an account now, as a part of somebody else's transaction."""
    row = (
        await connection.execute(
            sa.select(blocks).where(
                blocks.c.guild_id == account.guild_id,
                blocks.c.user_id == account.user_id,
                sa.or_(blocks.c.expires_at.is_(None), blocks.c.expires_at > now),
            )
        )
    ).one_or_none()
    if row is None:
        return None
    return Block(account, row.reason, row.told, row.blocked_by, row.blocked_at, row.expires_at)


async def _record(connection: AsyncConnection, action: Action) -> None:
    await connection.execute(
        sa.insert(actions).values(
            guild_id=action.guild_id,
            actor_id=action.actor_id,
            kind=action.kind,
            subject=action.about,
            subject_id=action.subject_id,
            what=action.what,
            reason=action.reason,
            refused=action.refused,
            at=action.at,
        )
    )


def _recorded(row: sa.Row[tuple[object, ...]]) -> RecordedAction:
    action = Action(
        row.guild_id,
        row.actor_id,
        ActionKind(row.kind),
        About(row.subject),
        row.subject_id,
        row.what,
        row.reason,
        row.at,
        row.refused,
    )
    return RecordedAction(row.id, action)
