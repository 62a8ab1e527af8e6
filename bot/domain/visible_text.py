"""What can be seen of a text: characters that nobody sees are taken out where people's words are read.

Tags, bidirectional controls and zero-width characters can carry words that reach a model and no reader. Some of
them shape what is seen, and stay there alone: the tags of three flags (UTS #51, "Emoji Tag Sequences"), joiners
within an emoji sequence and between letters of scripts that join (Unicode Standard, 23.2), one variation selector
after a character that has variants.
"""

import re
import unicodedata
from typing import Final

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_TEXT_OR_EMOJI: Final = frozenset("\ufe0e\ufe0f")
_KEYCAP: Final = "\u20e3"
_VISIBLE_FORMATS: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Signs around numbers in Arabic, Syriac and Kaithi, and Quranic ones: formats by category, and yet seen."""
_HIEROGLYPHIC: Final = range(0x13430, 0x13456)
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that look like nothing."""
_NEVER_SEEN: Final = re.compile(
    "[\u034f\u17b4\u17b5\u2065\ufdd0-\ufdef\ufff0-\ufff8\ufffe\uffff\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""Marks without a shape, and code points that no sign will ever have or that are set apart for unseen ones."""
_TAGS: Final = re.compile(
    "(?P<flag>\U0001f3f4(?:"
    + "|".join("".join(chr(0xE0000 + ord(c)) for c in region) for region in ("gbeng", "gbsct", "gbwls"))
    + ")\U000e007f)|[\U000e0000-\U000e007f]"
)
_VARIATION: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_MONGOLIAN: Final = re.compile("[\u1820-\u18aa]")
_JOINING: Final = re.compile(
    "[\u0620-\u074f\u0750-\u077f\u0780-\u07bf\u07c0-\u07fa\u0840-\u08ff\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
    "\u1820-\u18aa\u1a20-\u1aad\u1b00-\u1bff\ua840-\ua87f\ua8e0-\ua8ff\ua980-\ua9df\uaa60-\uaa7f\uabc0-\uabff"
    "\U00010a00-\U00010aff\U00010d00-\U00010d3f\U00011000-\U000117ff\U0001e900-\U0001e95f]"
)
"""Letters and vowel signs of Arabic, Indic, Khmer, Myanmar, Mongolian and other scripts that joiners shape."""
_SKIN: Final = re.compile("[\U0001f3fb-\U0001f3ff]")


def visible_text(text: str) -> str:
    """Give what can be seen of a text, as it was; nothing where only blanks and marks would be left."""
    if text.isascii() and text.isprintable():  # as most are, which is told at once
        return "" if text.isspace() else text
    if not _is_plain(text):
        text = _without_stray_shapers(_TAGS.sub(lambda tag: tag["flag"] or "", "".join(filter(_may_stay, text))))
    return text if any(map(_can_be_seen, text)) else ""


def _is_plain(text: str) -> bool:
    """Whether nothing in a text hides or shapes what is beside it, which is told quickly, and is so with most."""
    return text.isprintable() and not _NEVER_SEEN.search(text) and not _VARIATION.search(text)


def _may_stay(character: str) -> bool:
    """Whether a character may be seen, or shape what is seen beside it."""
    if _NEVER_SEEN.match(character):
        return False
    match unicodedata.category(character):
        case "Cc":
            return character in "\n\t"
        case "Cs":
            return False  # neither a database nor Spark takes a lone surrogate
        case "Cf":
            tag = 0xE0020 <= ord(character) <= 0xE007F
            return tag or character in (_ZWNJ, _ZWJ) or _is_visible_format(character)
        case _:
            return True


def _is_visible_format(character: str) -> bool:
    return character in _VISIBLE_FORMATS or ord(character) in _HIEROGLYPHIC


def _without_stray_shapers(text: str) -> str:
    """Take out joiners and variation selectors where they shape nothing."""
    kept: list[str] = []
    for place, character in enumerate(text):
        if character in (_ZWNJ, _ZWJ):
            stays = bool(kept) and _joins(character, kept, _next_base(text, place))
        elif _VARIATION.match(character):
            stays = bool(kept) and _varies(character, kept[-1], text[place + 1 : place + 2])
        else:
            stays = True
        if stays:
            kept.append(character)
    return "".join(kept)


def _next_base(text: str, place: int) -> str:
    """Give the next character that is seen by itself; nothing at the end."""
    rest = (c for c in text[place + 1 :] if c not in (_ZWNJ, _ZWJ) and not _VARIATION.match(c))
    return next(rest, "")


def _joins(joiner: str, before: list[str], after: str) -> bool:
    previous = before[-1]
    if _JOINING.match(previous):
        # a joiner at a word's end shows the letter as it stands within one
        return joiner == _ZWJ or _JOINING.match(after) is not None
    if joiner == _ZWNJ or not after:
        return False
    if previous in _TEXT_OR_EMOJI and len(before) > 1:
        previous = before[-2]
    return (_is_picture(previous) or _SKIN.match(previous) is not None) and _is_picture(after)


def _varies(selector: str, base: str, after: str) -> bool:
    if selector in _TEXT_OR_EMOJI and (_is_picture(base) or base in "‼⁉〰〽©®™↔"):
        return True
    if selector in _TEXT_OR_EMOJI and base in "#*0123456789":
        return after == _KEYCAP
    if _MONGOLIAN.match(base):
        return "\u180b" <= selector <= "\u180f"
    return _HAN.match(base) is not None and not "\u180b" <= selector <= "\u180f"


def _is_picture(character: str) -> bool:
    return character != "" and unicodedata.category(character) in {"So", "Sm"} and character not in _BLANK


def _can_be_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK
