"""Which files an attachment option or a form's upload takes (`file_types`); clients look at the names alone.

Sources: discord-api-docs 8506; the groups as libraries list them.
"""

import re
from collections.abc import Sequence

from sandbox.discord.rules.request_fields import Form, Path

MAX_FILE_TYPES = 10
_GROUPS = {
    "image": (".png", ".gif", ".jpg", ".jpeg", ".jfif", ".webp", ".avif"),
    "video": (".mp4", ".mov", ".qt", ".webm"),
    "audio": (".mp3", ".m4a", ".wav", ".ogg", ".opus", ".flac"),
}
_EXTENSION = re.compile(r"\.[A-Za-z0-9]+")


def check_file_types(form: Form, parent: Path, value: object) -> None:
    """Check the field `file_types`: groups, and extensions with their dots."""
    if value is None:
        return
    path = (*parent, "file_types")
    if not isinstance(value, list):
        form.refuse(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return
    form.length(path, value, most=MAX_FILE_TYPES)
    for index, each in enumerate(value):
        if not isinstance(each, str) or not (each in _GROUPS or _EXTENSION.fullmatch(each)):
            form.refuse((*path, index), "BASE_TYPE_CHOICES", "Must be image, video, audio, or an extension: .png")


def extensions(file_types: Sequence[str]) -> tuple[str, ...]:
    """List the extensions that `file_types` stand for."""
    return tuple(extension.lower() for each in file_types for extension in _GROUPS.get(each, (each,)))


def takes(file_types: Sequence[str], filename: str) -> bool:
    """Whether a file of this name may be chosen; without `file_types` every one may."""
    return not file_types or filename.lower().endswith(extensions(file_types))
