"""What handlers need, in small groups; a handler takes the group of its feature, and nothing else."""

from typing import Protocol, Self, TypeVar

from bot.interactions import Interaction

T = TypeVar("T")


class ServiceHolder(Protocol):
    """The client, as far as handlers know it."""

    def services(self, kind: type[T]) -> T:
        """Give the group of a kind."""
        ...


class Services:
    """The base of such a group; the client that hears an interaction holds one of each."""

    @classmethod
    def of(cls, interaction: Interaction) -> Self:
        """Give the group of the client that an interaction came to."""
        holder: ServiceHolder = interaction.client
        return holder.services(cls)
