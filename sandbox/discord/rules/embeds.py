"""Embeds under Discord's limits."""

from typing import Any

from sandbox.discord.rules.request_fields import Form

MAX_EMBEDS = 10
MAX_FIELDS = 25
MAX_CHARACTERS = 6000
"""Titles, descriptions, field names and values, footers and authors of a message's embeds together."""


def read_embeds(form: Form, value: object) -> list[dict[str, Any]] | None:
    """Check the field `embeds` of a message; None where it is absent."""
    if value is None:
        return None
    embeds = form.objects(("embeds",), value, most=MAX_EMBEDS)
    characters = 0
    for index, embed in enumerate(embeds):
        path = ("embeds", index)
        texts = [
            form.text((*path, "title"), embed.get("title"), most=256),
            form.text((*path, "description"), embed.get("description"), most=4096),
            form.text((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), most=2048),
            form.text((*path, "author", "name"), (embed.get("author") or {}).get("name"), most=256),
        ]
        fields = form.objects((*path, "fields"), embed.get("fields"), most=MAX_FIELDS)
        for number, field in enumerate(fields):
            where = (*path, "fields", number)
            texts += [
                form.text((*where, "name"), field.get("name"), least=1, most=256, required=True),
                form.text((*where, "value"), field.get("value"), least=1, most=1024, required=True),
            ]
        characters += sum(len(text) for text in texts)
    if characters > MAX_CHARACTERS:
        form.refuse(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {MAX_CHARACTERS}",
        )
    return [{**embed, "type": "rich"} for embed in embeds]
