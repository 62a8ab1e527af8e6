"""A server's rules in words."""

from bot.domain.moderation.server_rules import ServerRules


def rules_text(rules: ServerRules) -> str:
    """Write what holds on a server now."""
    log = "none; what moderators do is recorded all the same (/spend settings log_channel)"
    if rules.log_channel_id is not None:
        log = f"<#{rules.log_channel_id}>"
    replies = "on: a reply with words to a picture edits it" if rules.replies else "off"
    allowed = "everywhere"
    if rules.allowed_channels is not None:
        named = " ".join(f"<#{channel_id}>" for channel_id in sorted(rules.allowed_channels))
        allowed = (
            f"{named} and their threads" if named else "nowhere; allow a channel, or clear the allowed channels"
        )
    return "\n".join(
        [
            "**What holds on this server now**",
            f"Log channel: {log}",
            f"Replies: {replies}",
            f"The bot may be used: {allowed}",
        ]
    )
