"""What moderators change, and the record of it: each method is one transaction that does both."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.budgets import Account, Period
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind, RecordedAction
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.moderation.server_rules import ResultPlace, ServerRules
from bot.domain.pictures.ownership import PictureRule
from bot.store.database import Row, Statement, Steps, Transaction, given, is_among, reads, writes
from bot.store.limits import grants_of
from bot.store.schema import actions, blocks, grants, limits, server_rules
from bot.store.turns import lock_claims

_new_limit = insert(limits)
_SET_LIMIT = Statement(
    _new_limit.on_conflict_do_update(
        index_elements=limits.primary_key, set_={"amount_nano": _new_limit.excluded.amount_nano}
    )
)
_CLEAR_LIMITS = Statement(
    sa.delete(limits).where(
        limits.c.guild_id == sa.bindparam("guild_id"),
        limits.c.subject == sa.bindparam("subject"),
        limits.c.subject_id == sa.bindparam("subject_id"),
        is_among(limits.c.period, "periods"),
    )
)

_GRANT = Statement(
    sa.insert(grants).values(
        given("guild_id", "user_id", "amount_nano", "reason", "granted_by", "granted_at", "expires_at")
    )
)
_END_GRANTS = Statement(
    sa.update(grants)
    .where(
        grants.c.guild_id == sa.bindparam("guild_id"),
        grants.c.user_id == sa.bindparam("user_id"),
        grants.c.expires_at > sa.bindparam("now"),
    )
    .values(expires_at=sa.bindparam("now"))
)

_IS_BLOCKED = (
    blocks.c.guild_id == sa.bindparam("guild_id"),
    blocks.c.user_id == sa.bindparam("user_id"),
    sa.or_(blocks.c.expires_at.is_(None), blocks.c.expires_at > sa.bindparam("now")),
)
_new_block = insert(blocks)
_BLOCK = Statement(
    _new_block.on_conflict_do_update(
        index_elements=blocks.primary_key,
        set_={c.key: _new_block.excluded[c.key] for c in blocks.c if not c.primary_key},
    )
)
_UNBLOCK = Statement(sa.delete(blocks).where(*_IS_BLOCKED))
_BLOCK_OF = Statement(sa.select(blocks).where(*_IS_BLOCKED))

_rules = sa.select(server_rules).where(server_rules.c.guild_id == sa.bindparam("guild_id"))
_RULES = Statement(_rules)
_RULES_LOCKED = Statement(_rules.with_for_update())
_USUAL_RULES = Statement(
    insert(server_rules)
    .values(guild_id=sa.bindparam("guild_id"), replies=ServerRules().replies)
    .on_conflict_do_nothing()
)
_CHANGE_RULES = Statement(
    sa.update(server_rules)
    .where(server_rules.c.guild_id == sa.bindparam("guild_id"))
    .values(
        given("log_channel_id", "replies", "allowed_channels", "results", "age_restricted", "pictures", "words")
    )
)
_NOTE_AUTOMOD = Statement(
    sa.update(server_rules)
    .where(server_rules.c.guild_id == sa.bindparam("of_guild"), sa.not_(server_rules.c.automod))
    .values(automod=True)
)

_RECORD = Statement(
    sa.insert(actions).values(
        given(
            *("guild_id", "actor_id", "kind", "subject", "subject_id", "what", "reason", "refused", "at"),
            "logged_at",
        )
    )
)
_ABOUT = Statement(
    sa.select(actions)
    .where(actions.c.guild_id == sa.bindparam("guild_id"), actions.c.subject_id == sa.bindparam("subject_id"))
    .order_by(actions.c.at.desc(), actions.c.id.desc())
    .limit(sa.bindparam("most"))
)
_ASKED = Statement(
    sa.select(
        sa.exists().where(
            actions.c.guild_id == sa.bindparam("guild_id"),
            actions.c.subject_id == sa.bindparam("user_id"),
            actions.c.at >= sa.bindparam("since"),
            actions.c.kind == ActionKind.ASK,
            actions.c.what == sa.bindparam("what"),
        )
    )
)
_UNLOGGED = Statement(
    sa.select(actions).where(actions.c.logged_at.is_(None)).order_by(actions.c.id).limit(sa.bindparam("most"))
)
_MARK_LOGGED = Statement(
    sa.update(actions).where(actions.c.id == sa.bindparam("action_id")).values(given("logged_at"))
)


class ModerationStore(Steps):
    """Changes a server's limits, grants, blocks and rules, and keeps who did what."""

    @writes
    def set_limits(self, tx: Transaction, chosen: Sequence[Limit], action: Action) -> None:
        """Set limits, at least one, in the place of those before."""
        tx.run_each(
            _SET_LIMIT,
            [
                {
                    "guild_id": action.guild_id,
                    "subject": limit.subject,
                    "subject_id": limit.subject_id,
                    "period": limit.period,
                    "amount_nano": limit.amount,
                }
                for limit in chosen
            ],
        )
        record_action(tx, action)

    @writes
    def clear_limits(
        self, tx: Transaction, subject: Subject, subject_id: int, periods: Sequence[Period], action: Action
    ) -> int:
        """Take a subject's own limits away; how many there were. Nothing is recorded where there was none."""
        cleared = tx.run(
            _CLEAR_LIMITS,
            guild_id=action.guild_id,
            subject=subject,
            subject_id=subject_id,
            periods=list(periods),
        )
        if cleared:
            record_action(tx, action)
        return cleared

    @writes
    def grant(
        self, tx: Transaction, grant: Grant, action: Action, unless_since: int | None = None
    ) -> Grant | None:
        """Give a member more for a while; not where somebody has since a moment, whose grant is given back."""
        if unless_since is not None:
            lock_claims(tx)
            granted = grants_of(tx, grant.account, grant.granted_at)
            if before := next((each for each in granted if each.granted_at >= unless_since), None):
                return before
        tx.run(
            _GRANT,
            guild_id=grant.account.guild_id,
            user_id=grant.account.user_id,
            amount_nano=grant.amount,
            reason=grant.reason,
            granted_by=grant.granted_by,
            granted_at=grant.granted_at,
            expires_at=grant.expires_at,
        )
        record_action(tx, action)
        return None

    @writes
    def end_grants(self, tx: Transaction, account: Account, action: Action) -> int:
        """End a member's grants now; how many counted. Nothing is recorded where there was none."""
        ended = tx.run(_END_GRANTS, guild_id=account.guild_id, user_id=account.user_id, now=action.at)
        if ended:
            record_action(tx, action)
        return ended

    @writes
    def block(self, tx: Transaction, block: Block, action: Action) -> None:
        """Stop a member, in the place of the block before."""
        tx.run(
            _BLOCK,
            guild_id=block.account.guild_id,
            user_id=block.account.user_id,
            reason=block.reason,
            told=block.told,
            blocked_by=block.blocked_by,
            blocked_at=block.blocked_at,
            expires_at=block.expires_at,
        )
        record_action(tx, action)

    @writes
    def unblock(self, tx: Transaction, account: Account, action: Action) -> bool:
        """Let a member go on; False, and nothing recorded, where they were not blocked."""
        lifted = tx.run(_UNBLOCK, guild_id=account.guild_id, user_id=account.user_id, now=action.at)
        if lifted:
            record_action(tx, action)
        return bool(lifted)

    @writes
    def change_rules(
        self, tx: Transaction, change: Callable[[ServerRules], ServerRules], action: Action
    ) -> ServerRules:
        """Change a server's rules, and give those that hold then; `change` may raise `Refusal`."""
        # a row that is not there yet cannot be locked
        tx.run(_USUAL_RULES, guild_id=action.guild_id)
        rules = change(_rules_from(tx.one(_RULES_LOCKED, guild_id=action.guild_id)))
        allowed = rules.allowed_channels
        tx.run(
            _CHANGE_RULES,
            guild_id=action.guild_id,
            log_channel_id=rules.log_channel_id,
            replies=rules.replies,
            allowed_channels=None if allowed is None else sorted(allowed),
            results=rules.results,
            age_restricted=rules.age_restricted,
            pictures=rules.pictures,
            words=list(rules.words) or None,
        )
        record_action(tx, action)
        return rules

    @writes
    def record(self, tx: Transaction, action: Action) -> None:
        """Record what changed nothing here: a deletion, an export, an attempt without the right to it."""
        record_action(tx, action)

    @writes
    def record_told(self, tx: Transaction, action: Action) -> None:
        """Record what moderators were told of already."""
        record_action(tx, action, logged_at=action.at)

    @reads
    def was_asked(self, tx: Transaction, account: Account, what: str, since: int) -> bool:
        """Whether a member has asked for something since a moment (Unix milliseconds)."""
        return bool(tx.value(_ASKED, guild_id=account.guild_id, user_id=account.user_id, what=what, since=since))

    @reads
    def rules(self, tx: Transaction, guild_id: int) -> ServerRules:
        """Read a server's rules; the usual ones where nothing was chosen, and in direct messages."""
        return rules_of(tx, guild_id)

    @reads
    def block_of(self, tx: Transaction, account: Account, now: int) -> Block | None:
        """Read the block that stops an account now."""
        return block_of(tx, account, now)

    @reads
    def actions_about(
        self, tx: Transaction, guild_id: int, subject_id: int, limit: int
    ) -> Sequence[RecordedAction]:
        """Read the newest actions about one member, role or job of a server."""
        return actions_about(tx, guild_id, subject_id, limit)

    @reads
    def unlogged(self, tx: Transaction, limit: int) -> Sequence[RecordedAction]:
        """Read the oldest actions that no log channel has shown yet, nor been left out for want of one."""
        return [_recorded(row) for row in tx.many(_UNLOGGED, most=limit)]

    @writes
    def mark_logged(self, tx: Transaction, action_id: int, now: int) -> None:
        """Record that an action was shown in the log channel, or that there is none."""
        tx.run(_MARK_LOGGED, action_id=action_id, logged_at=now)


def rules_of(tx: Transaction, guild_id: int) -> ServerRules:
    """Read a server's rules as a part of somebody else's transaction."""
    row = tx.maybe(_RULES, guild_id=guild_id)
    return ServerRules() if row is None else _rules_from(row)


def note_automod(tx: Transaction, guild_id: int) -> None:
    """Note that AutoMod has refused what the bot wrote on a server, as a part of somebody else's transaction."""
    tx.run(_USUAL_RULES, guild_id=guild_id)
    tx.run(_NOTE_AUTOMOD, of_guild=guild_id)


def block_of(tx: Transaction, account: Account, now: int) -> Block | None:
    """Read the block that stops an account now, as a part of somebody else's transaction."""
    row = tx.maybe(_BLOCK_OF, guild_id=account.guild_id, user_id=account.user_id, now=now)
    if row is None:
        return None
    return Block(account, row.reason, row.told, row.blocked_by, row.blocked_at, row.expires_at)


def actions_about(tx: Transaction, guild_id: int, subject_id: int, limit: int) -> Sequence[RecordedAction]:
    """Read the newest actions about somebody or something as a part of somebody else's transaction."""
    rows = tx.many(_ABOUT, guild_id=guild_id, subject_id=subject_id, most=limit)
    return [_recorded(row) for row in rows]


def _rules_from(row: Row) -> ServerRules:
    allowed = None if row.allowed_channels is None else frozenset(row.allowed_channels)
    return ServerRules(
        row.log_channel_id,
        row.replies,
        allowed,
        ResultPlace(row.results),
        age_restricted=row.age_restricted,
        pictures=PictureRule(row.pictures),
        words=tuple(row.words or ()),
        automod=row.automod,
    )


def record_action(tx: Transaction, action: Action, *, logged_at: int | None = None) -> None:
    """Record what somebody did, as a part of somebody else's transaction; `logged_at` where it was told."""
    tx.run(
        _RECORD,
        guild_id=action.guild_id,
        actor_id=action.actor_id,
        kind=action.kind,
        subject=action.about,
        subject_id=action.subject_id,
        what=action.what,
        reason=action.reason,
        refused=action.refused,
        at=action.at,
        logged_at=logged_at,
    )


def _recorded(row: Row) -> RecordedAction:
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
