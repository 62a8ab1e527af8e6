"""What moderators change in their server's rules, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.moderation.server_rules import ServerRules
from bot.wording.options import wrong
from bot.wording.server_rules import not_listed

LOG_CHANNEL, ALLOWED_CHANNELS = CLEARABLE = ("log channel", "allowed channels")
CHANNELS_MAX: Final = 50


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What one command changes; None leaves as it is."""

    log_channel_id: int | None = None
    replies: bool | None = None
    allow: int | None = None
    """A channel that is allowed from now on; with the first one, all others no longer are."""
    disallow: int | None = None
    clear: str | None = None
    """One of `CLEARABLE`."""

    def require_consistent(self) -> None:
        """Raise `Refusal` where two parts of it contradict each other."""
        channels = self.allow is not None or self.disallow is not None
        if self.allow is not None and self.allow == self.disallow:
            raise wrong("options", "allow and disallow name the same channel", "Leave one of them out.")
        if (self.clear == LOG_CHANNEL and self.log_channel_id is not None) or (
            self.clear == ALLOWED_CHANNELS and channels
        ):
            raise wrong("options", f"they set and clear the {self.clear}", "Leave one of them out.")

    def applied_to(self, rules: ServerRules) -> ServerRules:
        """Give the rules as they are then; raises `Refusal` where a channel cannot be taken away, or added."""
        if self.log_channel_id is not None or self.clear == LOG_CHANNEL:
            rules = replace(rules, log_channel_id=self.log_channel_id)
        if self.replies is not None:
            rules = replace(rules, replies=self.replies)
        allowed = rules.allowed_channels
        if self.disallow is not None:
            if allowed is None or self.disallow not in allowed:
                raise not_listed(self.disallow, everywhere=allowed is None)
            allowed = allowed - {self.disallow}
        if self.allow is not None:
            allowed = (allowed or frozenset()) | {self.allow}
            if len(allowed) > CHANNELS_MAX:
                raise wrong("allow", f"{CHANNELS_MAX} channels are allowed already", "Disallow one before.")
        return replace(rules, allowed_channels=None if self.clear == ALLOWED_CHANNELS else allowed)

    @property
    def what(self) -> Sequence[str]:
        """Tell what it does, in words that follow the name of who does it; nothing where it changes nothing."""
        told = []
        if self.log_channel_id is not None:
            told.append(f"chose <#{self.log_channel_id}> as the log channel")
        if self.replies is not None:
            told.append(f"turned replies {'on' if self.replies else 'off'}")
        if self.allow is not None:
            told.append(f"allowed the bot in <#{self.allow}>")
        if self.disallow is not None:
            told.append(f"disallowed the bot in <#{self.disallow}>")
        if self.clear == LOG_CHANNEL:
            told.append("turned the log channel off")
        elif self.clear == ALLOWED_CHANNELS:
            told.append("allowed the bot everywhere")
        return told
