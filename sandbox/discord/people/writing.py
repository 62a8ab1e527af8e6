"""What people write in their clients: messages, replies, forwards, threads and forum posts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sandbox.discord.actions.service import Service
from sandbox.discord.actions.threads import DEFAULT_AUTO_ARCHIVE
from sandbox.discord.model.conversation import Channel, Message
from sandbox.discord.model.files import Upload
from sandbox.discord.model.guilds import Person, user_of
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.people.inputs import ClientRefusal
from sandbox.discord.rules.access import channel_permissions, sending_permission
from sandbox.discord.rules.drafts import Draft
from sandbox.discord.rules.embeds import read_embeds
from sandbox.discord.rules.errors import DiscordError
from sandbox.discord.rules.mentions import AllowedMentions
from sandbox.discord.rules.request_fields import Form
from sandbox.discord.rules.sight import is_open_to, sees


class Writer:
    """Writes what a person writes, and refuses what the client or Discord refuses them (`ClientRefusal`)."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def say(
        self,
        person: Person,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[Upload] = (),
        embeds: Sequence[dict[str, Any]] = (),
    ) -> Message:
        """Write a message, or a reply; embeds only as a bot."""
        self._check_may_write(person, channel, files)
        draft = Draft(
            content=text,
            embeds=_embeds(person, embeds),
            uploads=tuple(files),
            reply_to=reply_to.id if reply_to else None,
            allowed_mentions=AllowedMentions(replied_user=ping),
        )
        with _refused_by_discord(person):
            return self._service.chat.post(channel, user_of(person), draft)

    def forward(self, person: Person, message: Message, channel: Channel) -> Message:
        """Forward a message that the person sees to a channel."""
        if message.ephemeral or not sees(person, message):
            raise ClientRefusal(f"{person.name} does not see this message")
        self._check_may_write(person, channel, message.attachments)
        with _refused_by_discord(person):
            return self._service.chat.forward(message, channel, user_of(person))

    def start_thread(self, person: Person, channel: Channel, name: str, *, under: Message | None) -> Channel:
        """Start a thread, under a message or by itself."""
        if Permissions.CREATE_PUBLIC_THREADS not in channel_permissions(person.id, channel):
            raise ClientRefusal(f"{person.name} may not start threads here")
        threads, user = self._service.threads, user_of(person)
        with _refused_by_discord(person):
            if under is not None:
                return threads.start_from(under, user, name, DEFAULT_AUTO_ARCHIVE)
            return threads.start(channel, user, name, DEFAULT_AUTO_ARCHIVE)

    def start_post(
        self, person: Person, forum: Channel, name: str, text: str, *, files: Sequence[Upload]
    ) -> Channel:
        """Start a forum's post with its first message, which has the thread's own id."""
        if Permissions.SEND_MESSAGES not in channel_permissions(person.id, forum):
            raise ClientRefusal(f"{person.name} may not start posts here")
        user = user_of(person)
        draft = Draft(content=text, uploads=tuple(files))
        with _refused_by_discord(person):
            thread = self._service.threads.start_post(forum, user, name)
            self._service.chat.post(thread, user, draft, message_id=thread.id)
        return thread

    def _check_may_write(self, person: Person, channel: Channel, files: Sequence[object]) -> None:
        self._service.threads.refresh(channel)
        granted = channel_permissions(person.id, channel)
        if not is_open_to(person, channel) or sending_permission(channel) not in granted:
            raise ClientRefusal(f"{person.name} may not write here")
        if files and Permissions.ATTACH_FILES not in granted:
            raise ClientRefusal(f"{person.name} may not attach files here")


def _embeds(person: Person, embeds: Sequence[dict[str, Any]]) -> list[dict[str, Any]] | None:
    if not embeds:
        return None
    if not user_of(person).bot:
        raise ClientRefusal(f"{person.name} is no bot, and people send no embeds")
    form = Form()
    read = read_embeds(form, list(embeds))
    form.check()
    return read


@contextmanager
def _refused_by_discord(person: Person) -> Iterator[None]:
    try:
        yield
    except DiscordError as refused:
        raise ClientRefusal(f"{person.name} is refused: {refused.fault.message}") from refused
