"""What moderators change in their server's rules, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.moderation.server_rules import ResultPlace, ServerRules
from bot.domain.pictures.ownership import PictureRule
from bot.wording.actions import (
    ALLOWED_EVERYWHERE,
    TURNED_LOG_CHANNEL_OFF,
    allowed_in,
    chose_log_channel,
    chose_picture_rule,
    chose_result_place,
    disallowed_in,
    turned_age_rule,
    turned_replies,
)
from bot.wording.moderators_options import allowed_and_disallowed, set_and_cleared, too_many_channels
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
    results: ResultPlace | None = None
    pictures: PictureRule | None = None
    clear: str | None = None
    """One of `CLEARABLE`."""
    age_restricted: bool | None = None

    def require_consistent(self) -> None:
        """Raise `Refusal` where two parts of it contradict each other."""
        channels = self.allow is not None or self.disallow is not None
        if self.allow is not None and self.allow == self.disallow:
            raise allowed_and_disallowed()
        if (self.clear == LOG_CHANNEL and self.log_channel_id is not None) or (
            self.clear == ALLOWED_CHANNELS and channels
        ):
            raise set_and_cleared(self.clear)

    def applied_to(self, rules: ServerRules) -> ServerRules:
        """Give the rules as they are then; raises `Refusal` where a channel cannot be taken away, or added."""
        if self.log_channel_id is not None or self.clear == LOG_CHANNEL:
            rules = replace(rules, log_channel_id=self.log_channel_id)
        if self.replies is not None:
            rules = replace(rules, replies=self.replies)
        if self.results is not None:
            rules = replace(rules, results=self.results)
        if self.age_restricted is not None:
            rules = replace(rules, age_restricted=self.age_restricted)
        if self.pictures is not None:
            rules = replace(rules, pictures=self.pictures)
        allowed = rules.allowed_channels
        if self.disallow is not None:
            if allowed is None or self.disallow not in allowed:
                raise not_listed(self.disallow, everywhere=allowed is None)
            allowed = allowed - {self.disallow}
        if self.allow is not None:
            allowed = (allowed or frozenset()) | {self.allow}
            if len(allowed) > CHANNELS_MAX:
                raise too_many_channels(CHANNELS_MAX)
        return replace(rules, allowed_channels=None if self.clear == ALLOWED_CHANNELS else allowed)

    @property
    def what(self) -> Sequence[str]:
        """Tell what it does, in words that follow the name of who does it; nothing where it changes nothing."""
        told = []
        if self.log_channel_id is not None:
            told.append(chose_log_channel(self.log_channel_id))
        if self.replies is not None:
            told.append(turned_replies(on=self.replies))
        if self.results is not None:
            told.append(chose_result_place(self.results))
        if self.age_restricted is not None:
            told.append(turned_age_rule(on=self.age_restricted))
        if self.pictures is not None:
            told.append(chose_picture_rule(self.pictures))
        if self.allow is not None:
            told.append(allowed_in(self.allow))
        if self.disallow is not None:
            told.append(disallowed_in(self.disallow))
        if self.clear == LOG_CHANNEL:
            told.append(TURNED_LOG_CHANNEL_OFF)
        elif self.clear == ALLOWED_CHANNELS:
            told.append(ALLOWED_EVERYWHERE)
        return told
