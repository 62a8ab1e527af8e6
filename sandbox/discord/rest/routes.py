"""The table of routes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.discord.rest import accounts, attachments, commands, guilds, interactions, messages, threads
from sandbox.discord.rest.call import Answer, Call
from sandbox.discord.rules.errors import METHOD_NOT_ALLOWED, NO_SUCH_ROUTE, DiscordError
from sandbox.discord.rules.rate_limits import Limit

# Discord tells its limits in headers only; these are of the size that is commonly seen.
_POSTING = Limit(5, 5.0)
_READING = Limit(10, 10.0)
_DELETING = Limit(5, 1.0)
_WEBHOOK = Limit(5, 2.0)
_STARTING_THREADS = Limit(50, 300.0)
_REGISTERING = Limit(10, 10.0)

_MAJOR = ("channel", "guild", "application", "token")
"""The parameters of which each value has a bucket of its own."""


@dataclass(frozen=True, slots=True)
class Route:
    """A method, a path with parameters, who answers it, and its limits."""

    method: str
    path: str
    answer: Callable[[Call], Answer]
    limit: Limit | None = None
    by_token: bool = False
    """Whether the path's token stands for the bot's; such calls are outside the global limit."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The path as a regular expression with a group for each parameter."""
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path))

    def major(self, params: dict[str, str]) -> str:
        """Tell which bucket of this route a request falls into."""
        return ":".join(params[name] for name in _MAJOR if name in params)


ROUTES = (
    Route("GET", "/users/@me", accounts.get_own_user),
    Route("GET", "/users/@me/guilds", guilds.list_own_guilds, _READING),
    Route("GET", "/guilds/{guild}", guilds.get_guild, _READING),
    Route("GET", "/guilds/{guild}/members/{user}", guilds.get_member, _READING),
    Route("GET", "/guilds/{guild}/auto-moderation/rules", guilds.list_automod_rules, _READING),
    Route("POST", "/users/@me/channels", accounts.open_direct_messages),
    Route("GET", "/oauth2/applications/@me", accounts.get_own_application),
    Route("GET", "/gateway/bot", accounts.get_gateway),
    Route("GET", "/applications/{application}/commands", commands.list_commands, _REGISTERING),
    Route("PUT", "/applications/{application}/commands", commands.replace_commands, _REGISTERING),
    Route(
        "GET",
        "/applications/{application}/guilds/{guild}/commands",
        commands.list_guild_commands,
        _REGISTERING,
    ),
    Route(
        "PUT",
        "/applications/{application}/guilds/{guild}/commands",
        commands.replace_guild_commands,
        _REGISTERING,
    ),
    Route(
        "GET",
        "/applications/{application}/guilds/{guild}/commands/permissions",
        commands.list_command_permissions,
        _READING,
    ),
    Route(
        "GET",
        "/applications/{application}/guilds/{guild}/commands/{command}/permissions",
        commands.get_command_permissions,
        _READING,
    ),
    Route("POST", "/attachments/refresh-urls", attachments.refresh_links, _READING),
    Route("GET", "/channels/{channel}", messages.get_channel, _READING),
    Route("PATCH", "/channels/{channel}", threads.edit_thread, _POSTING),
    Route("DELETE", "/channels/{channel}", threads.delete_thread, _DELETING),
    Route("GET", "/channels/{channel}/messages", messages.list_messages, _READING),
    Route("POST", "/channels/{channel}/messages", messages.create_message, _POSTING),
    Route("GET", "/channels/{channel}/messages/{message}", messages.get_message, _READING),
    Route("PATCH", "/channels/{channel}/messages/{message}", messages.edit_message, _POSTING),
    Route("DELETE", "/channels/{channel}/messages/{message}", messages.delete_message, _DELETING),
    Route(
        "POST",
        "/channels/{channel}/messages/{message}/threads",
        threads.start_thread_from_message,
        _STARTING_THREADS,
    ),
    Route("POST", "/channels/{channel}/threads", threads.start_thread, _STARTING_THREADS),
    Route("GET", "/channels/{channel}/thread-members", threads.list_thread_members, _READING),
    Route("GET", "/channels/{channel}/thread-members/{user}", threads.get_thread_member, _READING),
    Route("PUT", "/channels/{channel}/thread-members/@me", threads.join_thread, _POSTING),
    Route("DELETE", "/channels/{channel}/thread-members/@me", threads.leave_thread, _POSTING),
    Route("PUT", "/channels/{channel}/thread-members/{user}", threads.add_thread_member, _POSTING),
    Route("POST", "/interactions/{interaction}/{token}/callback", interactions.answer_interaction, by_token=True),
    Route("POST", "/webhooks/{application}/{token}", interactions.follow_up, _WEBHOOK, by_token=True),
    Route(
        "GET",
        "/webhooks/{application}/{token}/messages/{message}",
        interactions.get_response,
        _WEBHOOK,
        by_token=True,
    ),
    Route(
        "PATCH",
        "/webhooks/{application}/{token}/messages/{message}",
        interactions.edit_response,
        _WEBHOOK,
        by_token=True,
    ),
    Route(
        "DELETE",
        "/webhooks/{application}/{token}/messages/{message}",
        interactions.delete_response,
        _WEBHOOK,
        by_token=True,
    ),
)

_COMPILED = [(route, route.pattern) for route in ROUTES]


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Find who answers a request, with the path's parameters; `DiscordError` 404 or 405."""
    known = False
    for route, pattern in _COMPILED:
        if match := pattern.fullmatch(path):
            if route.method == method:
                return route, match.groupdict()
            known = True
    raise DiscordError(METHOD_NOT_ALLOWED if known else NO_SUCH_ROUTE)
