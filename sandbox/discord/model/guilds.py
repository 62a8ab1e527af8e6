"""Who there is: users, guilds, their roles and members."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sandbox.discord.model.files import MEBIBYTE
from sandbox.discord.model.permissions import Permissions

UPLOAD_LIMITS = {0: 10 * MEBIBYTE, 1: 10 * MEBIBYTE, 2: 50 * MEBIBYTE, 3: 100 * MEBIBYTE}
"""Bytes per file by a guild's premium tier."""
DEFAULT_UPLOAD_LIMIT = UPLOAD_LIMITS[0]


@dataclass(slots=True, eq=False)
class User:
    """A Discord account."""

    id: int
    name: str
    bot: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        """What in a message's text mentions this user."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False)
class Role:
    """A guild's role; the one whose id is the guild's is @everyone."""

    id: int
    name: str
    permissions: Permissions
    position: int = 0
    mentionable: bool = False

    @property
    def mention(self) -> str:
        """What in a message's text mentions this role."""
        return f"<@&{self.id}>"


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    guild: "Guild" = field(repr=False)
    joined_at: float
    roles: list[Role] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The user's name."""
        return self.user.name

    @property
    def mention(self) -> str:
        """What in a message's text mentions this member."""
        return self.user.mention


Person = Member | User
"""Somebody, in a guild or by themselves."""


@dataclass(slots=True, eq=False)
class Guild:
    """A server."""

    id: int
    name: str
    owner_id: int
    premium_tier: int = 0
    lowered_upload_limit: int | None = None
    """What is really enforced, in bytes, where the announced limit overstates."""
    max_active_threads: int = 1000
    automod_words: set[str] = field(default_factory=set)
    """What AutoMod lets nobody say here, except those who manage the guild; a star stands for more."""
    system_channel_id: int | None = None
    """Where the server itself greets who joins."""
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict, repr=False)
    members: dict[int, Member] = field(default_factory=dict, repr=False)

    @property
    def everyone(self) -> Role:
        """The @everyone role."""
        return self.roles[self.id]

    @property
    def announced_upload_limit(self) -> int:
        """Bytes per file, as clients derive them from the premium tier."""
        return UPLOAD_LIMITS[self.premium_tier]

    @property
    def upload_limit(self) -> int:
        """Bytes per file, as enforced."""
        return self.announced_upload_limit if self.lowered_upload_limit is None else self.lowered_upload_limit

    def holders(self, role_ids: Iterable[int]) -> set[int]:
        """Tell the ids of the members who hold one of the roles."""
        wanted = set(role_ids)
        return {member.id for member in self.members.values() if wanted & {role.id for role in member.roles}}


def user_of(person: Person) -> User:
    """Give the account behind somebody."""
    return person.user if isinstance(person, Member) else person
