"""Words that a server or the operator lists: what whoever used one is told, and moderators, and about the list."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.moderation.words import ENTRIES_MAX, ENTRY_MAX, LIST_MAX, Fault, FaultyLine, UsedWords
from bot.domain.refusals import ListedWords, Refusal, Refuser, Remedy
from bot.wording.text import counted, plain

WORDS: Final = "Words…"
MEND_WORDS: Final = "Mend the list…"
WORDS_TITLE: Final = "Words that nothing is made of here"
WORDS_LABEL: Final = "One a line; part* is all that begins so"
WORDS_HINT: Final = "where nothing stands here, nothing is ruled out"
_FAULTS: Final[Mapping[Fault, str]] = {
    Fault.TOO_LONG: f"an entry has at most {ENTRY_MAX} characters",
    Fault.NO_WORD: "there is no word in it",
    Fault.STAR_WITHIN: "a star stands at the end of a word, and nowhere else",
    Fault.TOO_SHORT_A_BEGINNING: "before a star there are two letters or more",
}
_NAMED: Final = 5
_SO: Final = "I make nothing of these words here."
_USED_MAX: Final = 900


def listed_here(text: str) -> ListedWords:
    """Say that a server wants nothing made of what was written; not why, so that nobody learns the list."""
    way = "Say it in other words. What this server's rules are, its moderators can tell you."
    return ListedWords(Refuser.SERVER, _SO, way, used=text)


def listed_everywhere(text: str) -> ListedWords:
    """Say that the operator wants nothing made of what was written; not why, so that nobody learns the list."""
    way = "Say it in other words. Whoever runs this bot has ruled some out."
    return ListedWords(Refuser.BOT, _SO, way, used=text)


def used_words_line(used: UsedWords) -> str:
    """Tell moderators who wrote listed words, where and with what; its number tells it from every other."""
    lines = [
        f"🤐 <@{used.account.user_id}> wrote words that nothing is made of here",
        f"/{used.kind} in <#{used.channel_id}>",
        f"> ||{plain(used.words, _USED_MAX)}||",
        f"-# <t:{used.at // 1000}:f> · nothing was made · words no. {used.id}",
    ]
    return "\n".join(lines)


def words_changed(count: int) -> str:
    """Tell in the record of acts that the list was changed; what is on it stays on its form."""
    return f"changed the words that nothing is made of: {counted(count)} now"


def words_kept_text(count: int) -> str:
    """Say that a list is kept."""
    if not count:
        return "**Kept.** Nothing is ruled out on this server."
    entries = "1 entry" if count == 1 else f"{count} entries"
    return f"**Kept: {entries}.** Whoever uses one of them is told no before anything is spent."


def faulty_lines(faulty: Sequence[FaultyLine], mend: Remedy) -> Refusal:
    """Say which lines of a list cannot be used, and why."""
    said = [f"line {each.number}: {_FAULTS[each.fault]}" for each in faulty[:_NAMED]]
    said[0] = said[0].capitalize()
    if (more := len(faulty) - _NAMED) > 0:
        said.append(f"{more} more")
    so = "One line cannot be used." if len(faulty) == 1 else f"{len(faulty)} lines cannot be used."
    return Refusal(Refuser.BOT, so, f"{'; '.join(said)}.", remedies=[mend])


def too_many_entries(count: int, mend: Remedy) -> Refusal:
    """Say that a list is too long."""
    return Refusal(
        Refuser.BOT,
        "This list is too long.",
        f"It has {count} entries. {ENTRIES_MAX} fit, of {LIST_MAX:,} characters in all; part* saves many.",
        remedies=[mend],
    )


def fault_text(faulty: FaultyLine) -> str:
    """Tell the operator what is wrong with a line of a file."""
    return f"line {faulty.number}: {_FAULTS[faulty.fault]}"
