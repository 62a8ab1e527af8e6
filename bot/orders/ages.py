"""What is for adults alone: pictures that Discord takes for explicit."""

from bot.domain.jobs import Origin
from bot.domain.pictures.sources import Source
from bot.wording.server_rules import explicit_picture


def require_age_for(origin: Origin, source: Source | None) -> None:
    """Raise `Refusal` for an explicit picture where no age is known: all but age-restricted channels."""
    if source is not None and source.explicit and not origin.age_restricted:
        raise explicit_picture(origin.age_restricted_channels)
