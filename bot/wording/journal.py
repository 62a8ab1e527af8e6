"""How a server's log channel tells what was done: who, what, whom, why, when."""

from bot.domain.moderation.actions import About, Action, RecordedAction
from bot.wording.text import plain

_REASON_MAX = 600


def log_line(recorded: RecordedAction) -> str:
    """Write one action; its number tells it from every other."""
    action = recorded.action
    mark = "⛔ " if action.refused else ""
    lines = [f"{mark}<@{action.actor_id}> {action.what} · {_whom(action)}"]
    if action.refused:
        lines[0] += " · **may not do that**"
    if action.reason:
        lines.append(f"> {plain(action.reason, _REASON_MAX)}")
    lines.append(f"-# <t:{action.at // 1000}:f> · no. {recorded.id}")
    return "\n".join(lines)


def _whom(action: Action) -> str:
    match action.about:
        case About.MEMBER:
            return f"<@{action.subject_id}>"
        case About.ROLE:
            return f"<@&{action.subject_id}>"
        case About.GUILD:
            return "this server"
        case About.JOB:
            return f"picture {action.subject_id}"
