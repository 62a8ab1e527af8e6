"""Where the bot may be used and by whom, as the operator has it; moderators' blocks are another thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Access:
    """The servers, direct messages and people that the operator lets in, or not."""

    guilds: frozenset[int] | None = None
    """The servers, with 0 for direct messages; None is all."""
    direct_messages: bool = True
    blocked_users: frozenset[int] = frozenset()

    def lets_in(self, user_id: int) -> bool:
        """Whether a person may use the bot at all, wherever that is."""
        return user_id not in self.blocked_users

    def is_open(self, guild_id: int) -> bool:
        """Whether the bot may be used on a server, or in direct messages (0)."""
        named = self.guilds is None or guild_id in self.guilds
        return named and (guild_id != 0 or self.direct_messages)
