"""People who do with the bot whatever they can, as long as it listens."""

import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import spark
from sandbox.discord import (
    Channel,
    ClientRefusal,
    DiscordSandbox,
    Guild,
    Interaction,
    InteractionState,
    Member,
    Message,
    Upload,
)
from sandbox.discord.model.components import every
from tests.spark.images.pictures import encoded, scene

FOR_EVER = 600.0
"""Real seconds, beyond what the longest run waits for anything."""
_MEMBERS = ("Bea", "Cem", "Dov", "Eva")
_MENUS = ("Edit image", "Stylize image", "Make a portrait")
_TWICE = 0.1
"""The share of what people do that they do twice, or that Discord tells the bot twice."""

_Cause = Interaction | Message
_Gesture = Callable[[Member], Awaitable[_Cause | None]]


class Crowd:
    """Does one thing after the other, at random: commands, replies, menus, and clicks on what stands there.

    Args:
        discord: where.
        guild: the server whose members they become; they are the same people in every server.
        general: its channel.
        rng: draws what they do.

    """

    def __init__(self, discord: DiscordSandbox, guild: Guild, general: Channel, rng: random.Random) -> None:
        self._rng = rng
        self._discord = discord
        self._guild = guild
        self._general = general
        self._members = [discord.add_member(guild, name) for name in _MEMBERS]
        self._asked = 0

    async def ask(self, count: int) -> None:
        """Do so many things; some of them are no jobs, or are refused."""
        gestures: dict[_Gesture, int] = {
            self._imagine: 4,
            self._work_on_a_file: 4,
            self._work_on_the_newest: 1,
            self._have_a_copy_posted: 2,
            self._write: 2,
            self._reply: 3,
            self._choose_from_a_menu: 2,
            self._click_again: 2,
            self._send_a_form: 3,
            self._choose_a_style: 1,
            self._cancel: 2,
            self._delete: 2,
        }
        for _ in range(count):
            self._asked += 1
            [gesture] = self._rng.choices(list(gestures), list(gestures.values()))
            with suppress(ClientRefusal):  # what it was about has gone meanwhile
                cause = await gesture(self._rng.choice(self._members))
                if cause is not None and self._rng.random() < _TWICE:
                    self._discord.replay(cause)

    # commands and messages

    async def _imagine(self, member: Member) -> _Cause:
        count = self._rng.choice((1, 1, 1, 2, 3))
        return await self._command(member, "/imagine", prompt=self._words, count=count)

    async def _work_on_a_file(self, member: Member) -> _Cause:
        return await self._work(member, image=self._photo)

    async def _work_on_the_newest(self, member: Member) -> _Cause:
        return await self._work(member)

    async def _have_a_copy_posted(self, member: Member) -> _Cause:
        """Ask for a portrait of what Spark cannot fetch as it is, and agree to a copy where that is asked."""
        asked = await self._command(member, "/portrait", prompt=self._words, image=self._picture("WEBP"))
        await self._until(lambda: asked.followups or (asked.response is not None and asked.response.content))
        for question in asked.followups:
            return await self._answered(await self._discord.click(member, question, "Post it here and go on"))
        return asked

    async def _write(self, member: Member) -> _Cause:
        return await self._say(member, self._place_of(member), files=[self._photo])

    async def _reply(self, member: Member) -> _Cause | None:
        result = self._any(self._results_for(member))
        return result and await self._say(member, result.channel, reply_to=result)

    # what stands under a result, and on a message's menu

    async def _choose_from_a_menu(self, member: Member) -> _Cause | None:
        if (result := self._any(self._results_for(member))) is None:
            return None
        return await self._sent(await self._discord.menu(member, result, self._rng.choice(_MENUS)))

    async def _click_again(self, member: Member) -> _Cause | None:
        if (result := self._any(self._results_for(member, own=True))) is None:
            return None
        clicked = await self._discord.click(member, result, "Again")
        if self._rng.random() < _TWICE:
            await self._answered(await self._discord.click(member, result, "Again"))
        return await self._answered(clicked)

    async def _send_a_form(self, member: Member) -> _Cause | None:
        if (result := self._any(self._results_for(member))) is None:
            return None
        button = self._rng.choice(("Edit", "Portrait"))
        return await self._sent(await self._discord.click(member, result, button))

    async def _choose_a_style(self, member: Member) -> _Cause | None:
        if (result := self._any(self._results_for(member))) is None:
            return None
        clicked = await self._answered(await self._discord.click(member, result, "Style"))
        if clicked.response is None:
            return clicked
        return await self._sent(await self._discord.click(member, clicked.response, "Watermark…"))

    async def _cancel(self, member: Member) -> _Cause | None:
        waiting = [message for message in self._shown_to(member) if _has(message, "Cancel")]
        if (status_message := self._any(waiting)) is None:
            return None
        return await self._answered(await self._discord.click(member, status_message, "Cancel"))

    async def _delete(self, member: Member) -> _Cause | None:
        if (result := self._any(self._results_for(member, own=True))) is None:
            return None
        opened = await self._answered(await self._discord.click(member, result, "⋯ More"))
        if (card := opened.response) is None or not _has(card, "Delete"):
            return opened
        asked = await self._answered(await self._discord.click(member, card, "Delete"))
        if (question := asked.response) is None or not _has(question, "Delete it"):
            return asked
        clicked = await self._discord.click(member, question, "Delete it")
        await self._until(lambda: clicked.followups or not _has(question, "Delete it"))
        return clicked

    # the parts of it

    async def _work(self, member: Member, **options: Any) -> Interaction:
        match self._rng.choice(("/edit", "/stylize", "/portrait")):
            case "/stylize":
                return await self._command(member, "/stylize", style=self._style, **options)
            case name:
                return await self._command(member, name, prompt=self._words, **options)

    async def _command(self, member: Member, name: str, **options: Any) -> Interaction:
        return await self._answered(await self._discord.command(member, self._place_of(member), name, options))

    async def _say(self, member: Member, place: Channel, **told: Any) -> Message:
        words = f"{self._discord.world.bot.mention} {self._words}"
        said = await self._discord.say(member, place, words, **told)
        await self._until(lambda: any(_answers(each, said) for each in place.messages.values()))
        return said

    async def _sent(self, opened: Interaction) -> Interaction:
        """Fill in the form that comes up, if one does."""
        form = (await self._answered(opened)).modal
        if form is None:
            return opened
        wanted = {part["component"]["custom_id"] for part in form["components"]}
        known = {"prompt": self._words, "style": self._style}
        filled = {name: value for name, value in known.items() if name in wanted}
        return await self._answered(await self._discord.submit(opened, filled))

    async def _answered(self, asked: Interaction) -> Interaction:
        await self._until(lambda: asked.state is not InteractionState.PENDING)
        return asked

    async def _until(self, holds: Callable[[], object]) -> None:
        await self._discord.wait_for(holds, FOR_EVER)

    def _results_for(self, member: Member, *, own: bool = False) -> list[Message]:
        results = [message for message in self._shown_to(member) if _has(message, "Again")]
        return [message for message in results if not own or member.id in message.pinged]

    def _shown_to(self, member: Member) -> Iterator[Message]:
        for place in self._places_of(member):
            yield from self._discord.visible(place, member)

    def _any(self, messages: Sequence[Message]) -> Message | None:
        return self._rng.choice(messages) if messages else None

    def _place_of(self, member: Member) -> Channel:
        general, own, *threads = self._places_of(member)
        return self._rng.choice([general, general, own, *threads[-2:]])

    def _places_of(self, member: Member) -> list[Channel]:
        threads = [each for each in self._discord.world.channels.values() if each.thread is not None]
        here = [each for each in threads if each.guild is self._guild]
        return [self._general, self._discord.direct_messages(member), *here]

    @property
    def _words(self) -> str:
        return f"fox {self._asked}"

    @property
    def _style(self) -> str:
        return self._rng.choice(list(spark.STYLES))

    @property
    def _photo(self) -> Upload:
        return self._picture("PNG")

    def _picture(self, image_format: str) -> Upload:
        data = encoded(scene(640, 400 + self._asked % 400), image_format)
        return Upload(0, f"photo.{image_format.lower()}", data)


def _has(message: Message, label: str) -> bool:
    return any(each.get("label") == label for each in every(message.components))


def _answers(message: Message, said: Message) -> bool:
    return message.reference is not None and message.reference.message_id == said.id
