"""Modals: the forms that a bot opens, under Discord's limits."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.components import ComponentType
from sandbox.discord.forms import Form

MAX_PARTS = 5
MAX_TITLE = MAX_LABEL = 45


def read_modal(data: Mapping[str, Any]) -> dict[str, Any]:
    """Check a modal; `DiscordError` 50035 names every field that is wrong."""
    form = Form()
    form.text(("data", "custom_id"), data.get("custom_id"), least=1, most=100, required=True)
    form.text(("data", "title"), data.get("title"), least=1, most=MAX_TITLE, required=True)
    path = ("data", "components")
    parts = form.objects(path, data.get("components"), least=1, most=MAX_PARTS)
    for index, part in enumerate(parts):
        allowed = {ComponentType.ACTION_ROW, ComponentType.LABEL, ComponentType.TEXT_DISPLAY}
        form.choice((*path, index, "type"), part.get("type"), allowed)
        if part.get("type") == ComponentType.LABEL:
            label = (*path, index, "label")
            form.text(label, part.get("label"), least=1, most=MAX_LABEL, required=True)
    form.check()
    return dict(data)
