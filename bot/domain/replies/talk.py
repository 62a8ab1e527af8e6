"""Plain talk about a picture: thanks, praise, laughter, greetings, questions; it asks for no change.

An order that is taken for talk is ignored, talk that is taken for an order is paid for. So only what consists
wholly of words of talk counts as such, within one language; whatever else stands beside them makes it an order.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.domain.replies import vocabulary

_LONGEST: Final = 200
"""How many characters talk has at most."""
_AFTER_OPENING: Final = 6
"""How many words may follow the opening of a compliment."""
_MARKUP: Final = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>|https?://\S+")
"""Mentions, a server's own emoji, times, links: what Discord shows instead of words."""
_EMOTICON: Final = re.compile(
    r"(?<!\w)(?:[:;=][-'^o]?[)(dpo3/\\|*\]\[]+|[)(]+[:;=]|<3+|\^[_.]*\^|[o0tu>-][_.]+[o0tu<-])(?!\w)"
)
_MARK: Final = re.compile(
    r"\b\d{1,3}(?:[.,]\d)?\s*/\s*(?:5|10|100)\b|\b1000?\s*%|(?<!\S)\+1(?!\S)|(?<!\S)100(?!\S)"
    r"|#\s?\d{1,2}(?!\w)|^\s*\d{1,2}[.)]?(?=\s|$)|\bnumber \d{1,2}\b"
)
"""Points that somebody gives, and numbers that name a picture."""
_CONTRACTED: Final = re.compile(r"['’`´](?=(?:s|t|m|re|ve|ll|d)\b)")
_CLAUSE_ENDS: Final = re.compile(r"[.,;:!?…\n—–。，、；：！？؟،।۔]+")
_LATIN_MARKS: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
"""Accents and the vowel signs of Arabic; those of Indic scripts are letters of their own."""
_RUN: Final = re.compile(r"(.)\1+")
_LAUGHTER: Final = re.compile(
    r"(?:a*(?:ha)+h*|(?:he)+h*|(?:hi){2,}|(?:ho){2,}|l+o+(?:l+o*)+|lma+o+|rof+l|x+d+|k{3,}|a*(?:ja){2,}j?|(?:je){2,}"
    r"|(?:rs){2,}|(?:hue){2,}|(?:ха)+х*|а*(?:хах)+а*|а?(?:ха)+|(?:хи)+|ه{2,}|हा(?:हा)+|হা(?:হা)+|ہا(?:ہا)+|w{2,}|5{3,}"
    r"|哈+|呵+|嘻+|嘿+|草+|h{2,}m*|m{2,}h*|a{2,}h*|a+h+|o{2,}h*|o+h+|e{2,}h*|e+h+|u+h+|a+w+|y+a+y+|w+o+w+|b+r+u+h+|p+f+t*)"
)
_NO_QUESTIONS: Final = re.compile(
    r"(?:how|what) about\b|what if\b|why not\b|(?:how|what) (?:would|will|could)\b|wie ware\b|was ware\b"
    r"|que tal\b|como seria\b|y si\b|et si\b|pourquoi pas\b|e se\b|por que no\b"
)
"""Proposals in the shape of a question."""


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of one language in which somebody talks."""

    reactions: frozenset[str]
    fillers: frozenset[str]
    written_together: bool
    """Whether no spaces stand between its words."""

    def words_of(self, clause: str, others: Collection[str]) -> list[str] | None:
        """Give a clause's words, where all are of this language's talk or among `others`."""
        known = self.reactions | self.fillers | _EVERYWHERE
        if self.written_together:
            return _segmented(clause.replace(" ", ""), known | frozenset(others))
        words = clause.split()
        return words if all(_among(word, known) or word in others for word in words) else None


def is_talk(text: str) -> bool:
    """Whether a message's text, as Discord gives it, asks for no change; so does one that has no words."""
    if len(text) > _LONGEST:
        return False
    bare = _MARK.sub(" ", _EMOTICON.sub(" ", _CONTRACTED.sub("", _folded(_MARKUP.sub(" ", text)))))
    clauses = [_letters_of(clause) for clause in _CLAUSE_ENDS.split(bare)]
    return all(_is_talk(clause) for clause in clauses if clause)


def _is_talk(clause: str) -> bool:
    if clause in _PHRASES or _is_compliment(clause):
        return True
    reaction_or_none = [_reactions_beside(clause, language) for language in _LANGUAGES]
    return any(reaction_or_none) or any(_is_question(clause, language) for language in _LANGUAGES)


def _reactions_beside(clause: str, language: _Language) -> bool:
    """Whether a clause is talk in a language; what names a picture or a look needs a reaction beside it."""
    words = language.words_of(clause, _PICTURES | _LOOKS)
    if words is None:
        return False
    reactions = {word for word in words if _among(word, language.reactions | _REACTIONS_EVERYWHERE)}
    if any(word in _LOOKS and word not in language.fillers for word in words):
        return bool(reactions - _LOOKS_OF_THEIR_OWN)
    return bool(reactions) or not any(word in _PICTURES and word not in language.fillers for word in words)


def _is_question(clause: str, language: _Language) -> bool:
    words = language.words_of(clause, _QUESTIONS | _ASKED_AFTER | _PICTURES)
    if words is None or _NO_QUESTIONS.match(clause):
        return False
    return any(word in _QUESTIONS for word in (words if language.written_together else words[:3]))


def _is_compliment(clause: str) -> bool:
    """Whether a clause opens as a compliment does, and names something without asking for it."""
    for opening in _OPENINGS:
        if clause.startswith(f"{opening} "):
            rest = clause.removeprefix(opening).split()
            return len(rest) <= _AFTER_OPENING and not any(word in _ORDERS or word in _CONTRASTS for word in rest)
    return False


def _among(word: str, known: Collection[str]) -> bool:
    """Whether a word is known, however long somebody draws its letters."""
    if word in known or _LAUGHTER.fullmatch(word):
        return True
    if not re.search(r"(.)\1\1", word):
        return False
    return any(_RUN.sub(shorter, word) in known for shorter in (r"\1", r"\1\1")) or _squeezed(word) in _SQUEEZED


def _segmented(text: str, known: Collection[str]) -> list[str] | None:
    """Part a text without spaces into known words, the longest first; None where that cannot be done."""
    longest = max(map(len, known))
    ends: dict[int, int] = {0: 0}
    """Where a row of known words can end, and where its last one begins."""
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            if start in ends and (text[start:end] in known or _LAUGHTER.fullmatch(text, start, end)):
                ends[end] = start
                break
    if len(text) not in ends:
        return None
    words, end = [], len(text)
    while end:
        words.append(text[ends[end] : end])
        end = ends[end]
    return words[::-1]


def _folded(text: str) -> str:
    """Give a text without case, accents, and the ways in which the same letter is written."""
    plain = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    composed = unicodedata.normalize("NFC", plain)
    return composed.translate(_SAME_LETTERS)


def _letters_of(text: str) -> str:
    """Give the words of a clause: letters and digits, with what belongs to them in their scripts."""
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split())


def _squeezed(word: str) -> str:
    return _RUN.sub(r"\1", word)


def _set(words: str) -> frozenset[str]:
    return frozenset(_letters_of(_folded(word)) for word in words.split())


def _lines(phrases: str) -> frozenset[str]:
    parted = (phrase for line in phrases.splitlines() for phrase in line.split("|"))
    return frozenset(_letters_of(_folded(phrase)) for phrase in parted) - {""}


_SAME_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "\ufe0f": None, "\u20e3": None}
)
_WRITTEN_TOGETHER: Final = frozenset({"Chinese", "Japanese"})
_LANGUAGES: Final = tuple(
    _Language(_set(words), _set(vocabulary.FILLERS[name]), name in _WRITTEN_TOGETHER)
    for name, words in vocabulary.REACTIONS.items()
)
_REACTIONS_EVERYWHERE: Final = _set(vocabulary.REACTIONS_EVERYWHERE)
_EVERYWHERE: Final = _REACTIONS_EVERYWHERE | {"bot", "spark"}
_SQUEEZED: Final = frozenset(_squeezed(word) for language in _LANGUAGES for word in language.reactions)
_PICTURES: Final = _set(vocabulary.PICTURES)
_LOOKS: Final = _set(vocabulary.LOOKS)
_LOOKS_OF_THEIR_OWN: Final = _set(vocabulary.LOOKS_OF_THEIR_OWN)
_QUESTIONS: Final = _set(vocabulary.QUESTIONS)
_ASKED_AFTER: Final = _set(vocabulary.ASKED_AFTER)
_ORDERS: Final = _set(vocabulary.ORDERS)
_CONTRASTS: Final = _set(vocabulary.CONTRASTS)
_PHRASES: Final = _lines(vocabulary.PHRASES)
_OPENINGS: Final = tuple(sorted(_lines(vocabulary.OPENINGS), key=len, reverse=True))
