"""What an account has asked for and its favourites, page by page, by index; and what of it has some words."""

import re
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.domain.history import Direction, Entry, Mark, Page, Search
from bot.domain.states import JobState
from bot.store.database import Row, Statement, Steps, Transaction, is_among, reads
from bot.store.rows import jobs_of
from bot.store.schema import favourites, jobs, results

_ANYTHING: Final = Search()
_PLACE = sa.tuple_(jobs.c.accepted_at, jobs.c.id)
_MARK = sa.tuple_(
    sa.bindparam("accepted_at", type_=sa.BigInteger),
    sa.bindparam("job_id", type_=sa.BigInteger),
)
_HERE = sa.and_(jobs.c.guild_id == sa.bindparam("guild_id"), jobs.c.state != JobState.CANCELLED)
_OWN = sa.and_(jobs.c.user_id == sa.bindparam("user_id"), _HERE)
_FAVOURITES = sa.and_(
    jobs.c.id.in_(sa.select(favourites.c.job_id).where(favourites.c.user_id == sa.bindparam("user_id"))),
    _HERE,
    jobs.c.removed_at.is_(None),
)
_WORDS_MAX = 4
"""So many words are looked for each by itself; what follows, in the order in which it was typed."""
_LOOKED_AT = 5000
"""The most jobs that one page is looked for in."""
_ESCAPE = "\\"


class _Pages:
    """The statements that read some jobs page by page."""

    def __init__(self, some: sa.ColumnElement[bool]) -> None:
        self.newest = Statement(_found(some, newest_first=True))
        self.older = Statement(_found(sa.and_(some, _PLACE < _MARK), newest_first=True))
        self.newer = Statement(_found(sa.and_(some, _PLACE > _MARK), newest_first=False))
        self.any_not_older = Statement(sa.select(sa.exists().where(some, _PLACE >= _MARK, *_worded(jobs.c.title))))
        self.any_not_newer = Statement(sa.select(sa.exists().where(some, _PLACE <= _MARK, *_worded(jobs.c.title))))


def _worded(title: sa.ColumnElement[str]) -> list[sa.ColumnElement[bool]]:
    """Build the condition that a title has all words; SQLite brings letters of ASCII alone to one case."""
    low = sa.func.lower(title)
    return [
        sa.or_(*(low.like(sa.bindparam(f"{case}{number}"), escape=_ESCAPE) for case in ("low", "high")))
        for number in range(_WORDS_MAX)
    ]


def _found(some: sa.ColumnElement[bool], *, newest_first: bool) -> sa.Select[Any]:
    looked_at = _in_order(sa.select(jobs).where(some), jobs.c, newest_first=newest_first)
    among = looked_at.limit(_LOOKED_AT).subquery()
    found = sa.select(among).where(*_worded(among.c.title))
    return _in_order(found, among.c, newest_first=newest_first).limit(sa.bindparam("most"))


def _in_order(
    chosen: sa.Select[Any], columns: sa.ColumnCollection[str, Any], *, newest_first: bool
) -> sa.Select[Any]:
    places = (columns.accepted_at, columns.id)
    return chosen.order_by(*(place.desc() for place in places) if newest_first else places)


_PAGES = {False: _Pages(_OWN), True: _Pages(_FAVOURITES)}
_ENTRY = Statement(sa.select(jobs).where(_OWN, jobs.c.id == sa.bindparam("job_id")))
_KEPT = Statement(
    sa.select(results.c.job_id, sa.func.min(results.c.kept_at).label("since"))
    .where(is_among(results.c.job_id, "job_ids"))
    .group_by(results.c.job_id)
)


class HistoryStore(Steps):
    """Reads what an account has asked for, and its favourites; what was taken back is left out."""

    @reads
    def page(
        self,
        tx: Transaction,
        account: Account,
        size: int,
        way: tuple[Direction, Mark] | None = None,
        search: Search = _ANYTHING,
    ) -> Page:
        """Read the newest entries, or those next to a mark; it is not among them."""
        pages, own = _PAGES[search.favourites], {**_of(account), **_patterns(search.words)}
        if way is None:
            found = tx.many(pages.newest, **own, most=size + 1)
            return Page(_entries(tx, found[:size]), newer=False, older=len(found) > size)
        direction, mark = way
        at = {"accepted_at": mark.accepted_at, "job_id": mark.job_id}
        if direction is Direction.OLDER:
            found = tx.many(pages.older, **own, **at, most=size + 1)
            newer = bool(tx.value(pages.any_not_older, **own, **at))
            return Page(_entries(tx, found[:size]), newer=newer, older=len(found) > size)
        found = tx.many(pages.newer, **own, **at, most=size + 1)
        older = bool(tx.value(pages.any_not_newer, **own, **at))
        shown = found[:size][::-1]
        return Page(_entries(tx, shown), newer=len(found) > size, older=older)

    @reads
    def entry(self, tx: Transaction, account: Account, job_id: int) -> Entry | None:
        """Read one entry; None where the account has none of this id."""
        entries = _entries(tx, tx.many(_ENTRY, **_of(account), job_id=job_id))
        return entries[0] if entries else None


def _of(account: Account) -> dict[str, int]:
    return {"user_id": account.user_id, "guild_id": account.guild_id}


def _patterns(words: str) -> dict[str, str]:
    """Write what each word is looked for by: in small letters, and where ASCII has none, in a great first one."""
    escaped = re.sub(r"([\\%_])", r"\\\1", words).lower()
    parts = escaped.split(maxsplit=_WORDS_MAX - 1)
    low = [f"%{'%'.join(part.split())}%" for part in parts]
    low += ["%"] * (_WORDS_MAX - len(low))
    patterns = {f"low{number}": pattern for number, pattern in enumerate(low)}
    return patterns | {f"high{number}": _capital(pattern) for number, pattern in enumerate(low)}


def _capital(pattern: str) -> str:
    first = pattern[1:2]
    return pattern if first.isascii() else f"%{first.upper()}{pattern[2:]}"


def _entries(tx: Transaction, found: Sequence[Row]) -> Sequence[Entry]:
    kept = {row.job_id: row.since for row in tx.many(_KEPT, job_ids=[row.id for row in found])}
    return [Entry(job, kept.get(job.id)) for job in jobs_of(tx, found)]
