"""Answers to interactions: the first one within three seconds, the rest with the token for fifteen minutes."""

import asyncio
import secrets
from typing import Any

from sandbox.discord.actions.chat import Chat
from sandbox.discord.gateway.events import Events
from sandbox.discord.model.changes import Changes
from sandbox.discord.model.conversation import (
    FIRST_ANSWER_WITHIN,
    TOKEN_LIFETIME,
    Channel,
    Interaction,
    InteractionState,
    Message,
    Reference,
)
from sandbox.discord.model.guilds import DEFAULT_UPLOAD_LIMIT, Person, user_of
from sandbox.discord.model.kinds import CallbackType, InteractionType, MessageFlags, MessageType
from sandbox.discord.model.world import World
from sandbox.discord.rules.drafts import Draft
from sandbox.discord.rules.errors import (
    ALREADY_ACKNOWLEDGED,
    INVALID_WEBHOOK_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    DiscordError,
)
from sandbox.discord.rules.request_fields import invalid
from spark.clock import Clock

_ON_MESSAGES = frozenset({CallbackType.DEFERRED_MESSAGE_UPDATE, CallbackType.MESSAGE_UPDATE})
_ANSWERS = {
    InteractionType.APPLICATION_COMMAND: frozenset(
        {CallbackType.CHANNEL_MESSAGE, CallbackType.DEFERRED_CHANNEL_MESSAGE, CallbackType.MODAL}
    ),
    InteractionType.MESSAGE_COMPONENT: frozenset(CallbackType) - {CallbackType.AUTOCOMPLETE_RESULT},
    InteractionType.AUTOCOMPLETE: frozenset({CallbackType.AUTOCOMPLETE_RESULT}),
    InteractionType.MODAL_SUBMIT: frozenset({CallbackType.CHANNEL_MESSAGE, CallbackType.DEFERRED_CHANNEL_MESSAGE})
    | _ON_MESSAGES,
}
"""Which first answers each kind of interaction takes."""


class Responses:
    """Starts interactions and takes the bot's answers to them."""

    def __init__(self, world: World, clock: Clock, events: Events, chat: Chat, changes: Changes) -> None:
        self._world = world
        self._clock = clock
        self._events = events
        self._chat = chat
        self._changes = changes
        self._watchers: set[asyncio.Task[None]] = set()

    def begin(
        self,
        kind: InteractionType,
        person: Person,
        channel: Channel,
        data: dict[str, Any],
        *,
        message: Message | None = None,
        opened_by: Interaction | None = None,
    ) -> Interaction:
        """Start an interaction and bring it to the bot."""
        user = user_of(person)
        interaction = Interaction(
            self._world.ids.new(),
            secrets.token_urlsafe(96),
            kind,
            user,
            channel.guild.members[user.id] if channel.guild else None,
            channel,
            data,
            self._clock.time(),
            channel.guild.announced_upload_limit if channel.guild else DEFAULT_UPLOAD_LIMIT,
            message=message,
            opened_by=opened_by,
        )
        self._world.interactions[interaction.id] = interaction
        self._world.tokens[interaction.token] = interaction
        self._watch(interaction)
        self._events.interaction_created(interaction)
        self._changes.announce()
        return interaction

    def answerable(self, interaction_id: int, token: str) -> Interaction:
        """Find an interaction that waits for its first answer.

        Raises:
            DiscordError: 10062 unknown, or three seconds are over; 40060 answered already.

        """
        interaction = self._world.interactions.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise DiscordError(UNKNOWN_INTERACTION)
        if interaction.callback is not None:
            raise DiscordError(ALREADY_ACKNOWLEDGED)
        if interaction.too_late_to_answer(self._clock.time()):
            raise DiscordError(UNKNOWN_INTERACTION)
        return interaction

    def answered(self, application_id: int, token: str) -> Interaction:
        """Find an interaction by its token, for everything after the first answer.

        Raises:
            DiscordError: 10015 no such webhook or no answer yet; 50027 fifteen minutes are over.

        """
        interaction = self._world.tokens.get(token)
        if application_id != self._world.application.id or interaction is None:
            raise DiscordError(UNKNOWN_WEBHOOK)
        if not interaction.has_token(token, self._clock.time()):
            raise DiscordError(INVALID_WEBHOOK_TOKEN)
        if interaction.callback is None:
            raise DiscordError(UNKNOWN_WEBHOOK)
        return interaction

    def check_callback(self, interaction: Interaction, kind: object) -> CallbackType:
        """Check that an interaction of this kind can be answered so; `DiscordError` 50035 where not."""
        allowed = _ANSWERS[interaction.type]
        if interaction.type is InteractionType.MODAL_SUBMIT and interaction.message is None:
            allowed -= _ON_MESSAGES
        if isinstance(kind, int) and kind in {int(each) for each in allowed}:
            return CallbackType(kind)
        listed = ", ".join(str(int(each)) for each in sorted(allowed))
        raise invalid(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")

    def answer(self, interaction: Interaction, kind: CallbackType, draft: Draft) -> Message | None:
        """Take the first answer that makes or changes a message; tell which message."""
        ephemeral = (draft.flags or MessageFlags.NONE) & MessageFlags.EPHEMERAL
        match kind:
            case CallbackType.CHANNEL_MESSAGE:
                interaction.original = self._post(interaction, draft, ephemeral)
            case CallbackType.DEFERRED_CHANNEL_MESSAGE:
                interaction.original = self._post(interaction, Draft(), ephemeral | MessageFlags.LOADING)
            case CallbackType.MESSAGE_UPDATE:
                interaction.original = self._edit_source(interaction, draft)
            case _:
                interaction.original = interaction.message
        self._acknowledge(interaction, kind)
        return interaction.original

    def open_modal(self, interaction: Interaction, modal: dict[str, Any]) -> None:
        """Take a modal as the first answer."""
        interaction.modal = modal
        self._acknowledge(interaction, CallbackType.MODAL)

    def suggest(self, interaction: Interaction, choices: list[dict[str, Any]]) -> None:
        """Take the answer to an autocomplete interaction."""
        interaction.choices = choices
        self._acknowledge(interaction, CallbackType.AUTOCOMPLETE_RESULT)

    def find(self, interaction: Interaction, message_id: str) -> Message:
        """Find a message that the token gives access to (`@original` or an id); `DiscordError` 10008."""
        own = [interaction.original, *interaction.followups]
        for message in own[:1] if message_id == "@original" else own:
            if message is None or message.deleted:
                continue
            if message_id in ("@original", str(message.id)):
                return message
        raise DiscordError(UNKNOWN_MESSAGE)

    def edit(self, interaction: Interaction, message: Message, draft: Draft) -> Message:
        """Edit a message by token."""
        edited = self._chat.edit(message, draft)
        if message is interaction.original:
            self._settle(interaction)
        return edited

    def delete(self, interaction: Interaction, message: Message) -> None:
        """Delete a message by token."""
        if message is interaction.original:
            self._settle(interaction)
        self._chat.delete(message)

    def follow_up(self, interaction: Interaction, draft: Draft) -> Message:
        """Post a further message; the first one after a deferral fills that deferral, as hidden as it was."""
        response = interaction.response
        if response is not None and response.loading:
            return self.edit(interaction, response, draft)
        ephemeral = (draft.flags or MessageFlags.NONE) & MessageFlags.EPHEMERAL
        message = self._post(interaction, draft, ephemeral, follows=response)
        interaction.followups.append(message)
        return message

    def close(self) -> None:
        """Stop watching for interactions that nobody answers."""
        for watcher in self._watchers:
            watcher.cancel()

    def _post(
        self,
        interaction: Interaction,
        draft: Draft,
        flags: MessageFlags,
        *,
        follows: Message | None = None,
    ) -> Message:
        answers = follows or interaction.message
        reference = None
        kind = MessageType.CHAT_INPUT_COMMAND
        if answers is not None:
            guild_id = interaction.channel.guild.id if interaction.channel.guild else None
            reference = Reference(answers.channel.id, answers.id, guild_id, answers)
            kind = MessageType.REPLY
        elif interaction.original is not None:
            kind = MessageType.DEFAULT
        elif interaction.data.get("type") in (2, 3):
            kind = MessageType.CONTEXT_MENU_COMMAND
        return self._chat.post(
            interaction.channel,
            self._world.bot,
            draft,
            kind=kind,
            flags=flags,
            reference=reference,
            interaction=interaction,
        )

    def _edit_source(self, interaction: Interaction, draft: Draft) -> Message:
        if interaction.message is None or interaction.message.deleted:
            raise DiscordError(UNKNOWN_MESSAGE)
        return self._chat.edit(interaction.message, draft)

    def _acknowledge(self, interaction: Interaction, kind: CallbackType) -> None:
        interaction.callback = kind
        deferred = kind is CallbackType.DEFERRED_CHANNEL_MESSAGE
        interaction.state = InteractionState.DEFERRED if deferred else InteractionState.ANSWERED
        self._changes.announce()

    def _settle(self, interaction: Interaction) -> None:
        interaction.state = InteractionState.ANSWERED
        self._changes.announce()

    def _watch(self, interaction: Interaction) -> None:
        watcher = asyncio.create_task(self._give_up_on(interaction))
        self._watchers.add(watcher)
        watcher.add_done_callback(self._watchers.discard)

    async def _give_up_on(self, interaction: Interaction) -> None:
        await self._clock.sleep(FIRST_ANSWER_WITHIN)
        if interaction.state is InteractionState.DEFERRED:
            await self._clock.sleep(TOKEN_LIFETIME - FIRST_ANSWER_WITHIN)
        if interaction.state in (InteractionState.PENDING, InteractionState.DEFERRED):
            interaction.state = InteractionState.FAILED
            self._changes.announce()
