"""What a clause says in a language whose words stand apart: part by part, weighed together."""

from collections.abc import Sequence

from bot.domain.replies.languages.table import Language
from bot.domain.replies.parts import Part
from bot.domain.replies.plain_talk import is_reaction
from bot.domain.replies.verdicts import Verdict


def verdict_in(language: Language, spoken: Sequence[str], *, loud: bool) -> Verdict:
    """Judge a clause; `loud` where it ends in "!" or "?", or an emoji that feels something stands in it."""
    return _weighed([Part(language, part, loud, after) for part, after in _parted(language, spoken)])


def _parted(language: Language, spoken: Sequence[str]) -> list[tuple[list[str], bool]]:
    """Part a clause where somebody turns from talk to an order; tell of each whether it follows a turn."""
    parts: list[tuple[list[str], bool]] = [([], False)]
    for number, word in enumerate(spoken):
        part = parts[-1][0]
        turns = word in language.contrasts
        orders = word in language.doing and number + 1 < len(spoken) and _ends_a_remark(language, part)
        if turns and len(part) == 1 and part[0] in language.doing:
            continue  # "make please the dog bigger"
        if turns or orders:
            parts.append(([], True))
        if not turns:
            parts[-1][0].append(word)
    return [(part, after) for part, after in parts if part]


def _ends_a_remark(language: Language, part: Sequence[str]) -> bool:
    """Whether what stands so far is praise or thanks, and asks for no verb behind it: "love it | make it blue"."""
    if part and part[-1] in language.softeners and len(part) > 1 and not part[-1].isdigit():
        part = part[:-1]
    felt = any(is_reaction(word, language) for word in part)
    return felt and (is_reaction(part[-1], language) or part[-1] in language.here or part[-1] in language.these)


def _weighed(parts: Sequence[Part]) -> Verdict:
    verdicts = [part.verdict for part in parts]
    after_turn = any(p.after_turn and v is Verdict.FRAGMENT for p, v in zip(parts, verdicts, strict=True))
    if Verdict.ORDER in verdicts or (after_turn and Verdict.UNCLEAR not in verdicts):
        return Verdict.ORDER
    if Verdict.UNCLEAR in verdicts or (Verdict.FRAGMENT in verdicts and Verdict.REMARK in verdicts):
        return Verdict.UNCLEAR
    return next((each for each in (Verdict.FRAGMENT, Verdict.REMARK) if each in verdicts), Verdict.TALK)
