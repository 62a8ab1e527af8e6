import re

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_MARKUP = re.compile(r"[*_~`|<>\[\]]|@\w|://")


def as_shown(text: str) -> str:
    """Read escaped markup as Discord's clients do: the sign itself, shown as it is."""
    return _ESCAPED.sub(r"\1", text).replace("\u200b", "")


def markup_in(text: str) -> list[str]:
    """List what a client would take for markup, a mention or a link."""
    return _MARKUP.findall(_ESCAPED.sub("", text))
