"""What a part of a clause says, in a language whose words stand apart."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from bot.domain.replies.languages.table import Language, Phrases, Words
from bot.domain.replies.plain_talk import is_plain_talk, is_reaction
from bot.domain.replies.shown import EMOJI, QUALITIES, SCENES, THINGS, is_scene, is_shown, is_thing
from bot.domain.replies.verdicts import Verdict

_FRAGMENT_MAX: Final = 12
"""How many words a mere fragment has at most."""
_LONE_MAX: Final = 8
_POINTING_MAX: Final = 3
_PRAISED_MAX: Final = 4
_FIRST_PERSON: Final = frozenset({"i", "ive", "ich", "yo", "je", "j", "eu", "io", "я"})
_SOME: Final = 2
"""How many words may follow "more", "less"."""


class Part:
    """A part of a clause, between two turns of it."""

    def __init__(self, language: Language, spoken: Sequence[str], loud: bool, after_turn: bool) -> None:
        self._language = language
        self._spoken = tuple(spoken)
        self._loud = loud
        self.after_turn = after_turn

    @cached_property
    def verdict(self) -> Verdict:
        """Judge it: first what is nothing but talk, then what orders, then what only tells."""
        language, spoken = self._language, self._spoken
        drawn = EMOJI in spoken and (spoken[0] in language.doing or self._begins_fragment(spoken))
        if not drawn and (self._is_talk(spoken) or self._is_talk(self._without_reactions())):
            return Verdict.TALK
        return self._ordered() or self._named() or self._told() or Verdict.UNCLEAR

    def _is_talk(self, spoken: Sequence[str]) -> bool:
        return is_plain_talk(" ".join(word for word in spoken if word != EMOJI), self._language)

    def _without_reactions(self) -> tuple[str, ...]:
        """Leave out what is felt before and behind: "lol make my day haha"."""
        left = list(self._spoken)
        laughed = [word for word in left if word in self._language.softeners and is_reaction(word, self._language)]
        while len(left) > 1 and left[-1] in laughed:
            del left[-1]
        while len(left) > 1 and left[0] in laughed:
            del left[0]
        return tuple(left) if tuple(left) in self._language.talk else self._spoken

    def _ordered(self) -> Verdict | None:
        language, spoken = self._language, self._softened(reactions=True)
        if (rest := self._after(language.being_asked, spoken)) and any(word in language.being for word in rest):
            return Verdict.ORDER if self._shows(rest) and not self._is_elsewhere(rest) else Verdict.UNCLEAR
        if rest := self._after(language.asking, spoken):
            return self._asked(self._softened(rest, reactions=False))
        if (same := self._after(language.proposals, spoken)) == ():
            return Verdict.TALK
        if rest := same:
            return Verdict.ORDER if self._shows(rest) and not self._is_elsewhere(rest) else Verdict.UNCLEAR
        if len(spoken) > 1 and self._begins_order(spoken):
            return self._commanded(spoken)
        if len(spoken) == 1 and spoken[0] in language.enough:
            return Verdict.ORDER
        if any(word in language.done for word in spoken[1:]) and not self._is_told(spoken):
            return Verdict.ORDER if self._shows(spoken) or len(spoken) > _SOME else Verdict.UNCLEAR
        if rest := self._after(language.needs, spoken) or self._needed(spoken):
            return Verdict.ORDER if self._shows(rest) and not self._is_elsewhere(rest) else Verdict.UNCLEAR
        if rest := self._after(language.wishes, spoken):
            return Verdict.ORDER if self._is_wish(rest) else Verdict.UNCLEAR
        return None

    def _begins_order(self, spoken: Sequence[str]) -> bool:
        language = self._language
        told = spoken[1] in language.statements and spoken[1] not in language.here  # "light is everything"
        return not told and (spoken[0] in language.doing or spoken[0] in language.mild)

    def _asked(self, rest: Sequence[str]) -> Verdict:
        """Judge what stands behind "can you"."""
        language = self._language
        if not rest:
            return Verdict.UNCLEAR
        if rest[0] in language.doing and len(rest) > 1 and self._is_of_here(rest[1]):
            return self._commanded(rest)
        if any(word in language.done for word in rest):
            return Verdict.UNCLEAR if self._is_elsewhere(rest) else Verdict.ORDER
        if rest[0] in language.mild and len(rest) > 1 and rest[1] not in language.these | {"the"}:
            return self._commanded(rest)
        if rest[0] in {"be", "get", "look"} or self._begins_fragment(rest):
            return Verdict.ORDER if self._shows(rest[1:]) else Verdict.UNCLEAR
        subject_and_more = rest[0] in language.here and self._shows(rest[1:])
        return Verdict.ORDER if subject_and_more and not self._is_elsewhere(rest) else Verdict.UNCLEAR

    def _is_of_here(self, word: str) -> bool:
        """Whether a word after a verb leads to something in the picture; "can you make videos" does not."""
        language = self._language
        fitting = language.here | language.articles | language.amounts | language.these | language.comparatives
        others = language.placing | language.turning | language.beside | language.softeners
        return word in fitting or word in others or is_shown(word) or word == EMOJI

    def _commanded(self, spoken: Sequence[str]) -> Verdict:
        """Judge what begins with a verb."""
        language, verb, rest = self._language, spoken[0], spoken[1:]
        if not rest:
            return Verdict.ORDER if verb in language.enough else Verdict.UNCLEAR
        if self._is_elsewhere(rest):
            return Verdict.UNCLEAR
        if any(word in language.questions for word in rest) and not any(word in language.here for word in rest):
            return Verdict.UNCLEAR
        if any(word in language.yours for word in rest):
            return Verdict.UNCLEAR
        about_people = any(word in language.selves for word in rest[:2])
        shown = self._shows(rest)
        if about_people or rest[0] in language.these - language.here:
            placed = shown and any(word in language.placing or word in language.turning for word in rest)
            looks = any(word in THINGS or word in QUALITIES or word in language.comparatives for word in rest)
            return (
                Verdict.ORDER
                if placed or looks or verb in language.enough or (shown and not about_people)
                else Verdict.UNCLEAR
            )
        if verb not in language.doing:
            gives = rest[0] in language.here and any(word in language.articles for word in rest[1:])
            return Verdict.ORDER if shown or gives else Verdict.UNCLEAR
        said = [word for word in rest if word != EMOJI]
        bare = EMOJI not in rest and all(
            word in language.fillers and not is_reaction(word, language) for word in said
        )
        told_what = shown or any(word in language.here or word in language.beside & {"the"} for word in rest)
        vague = bare or (verb in language.making and not told_what)
        return Verdict.UNCLEAR if vague and verb not in language.enough else Verdict.ORDER

    def _needed(self, spoken: Sequence[str]) -> tuple[str, ...] | None:
        """Give what follows "the sky should be"."""
        if not spoken or not (is_shown(spoken[0]) or spoken[0] in self._language.here | {"the"}):
            return None
        for start in range(1, min(4, len(spoken))):
            if rest := self._after(self._language.needs, spoken[start:]):
                return rest
        return None

    def _is_wish(self, rest: Sequence[str]) -> bool:
        language = self._language
        if self._is_elsewhere(rest) or any(word in language.selves for word in rest) or not self._shows(rest):
            return False
        if rest[0] in language.placing and rest[1] in language.being:
            return False  # "i want to be an astronaut"
        pointed = any(word in language.these and is_shown(after) for word, after in pairwise(rest))
        firm = language.here | language.turning | language.placing | language.comparatives
        return not pointed and any(word in firm for word in rest)

    def _named(self) -> Verdict | None:
        """Judge what only names a change: "at night", "blue sky", "darker"."""
        language, spoken = self._language, self._softened(reactions=False)
        if not spoken or len(spoken) > _FRAGMENT_MAX or self._is_told(spoken):
            return None
        if self._begins_fragment(spoken):
            rest = spoken[1:]
            if self._orders_within(spoken):
                return Verdict.ORDER  # "on the left put a tree"
            article = any(word in language.articles for word in rest[:-1])
            drawn = rest and rest[0] == EMOJI
            return Verdict.FRAGMENT if self._shows(rest) or article or drawn else None
        if spoken[0] in language.amounts and len(spoken) > 1:
            return self._more(spoken[1:])
        return self._lone(spoken)

    def _begins_fragment(self, spoken: Sequence[str]) -> bool:
        return len(spoken) > 1 and (spoken[0] in self._language.turning or spoken[0] in self._language.placing)

    def _more(self, rest: Sequence[str]) -> Verdict | None:
        """Judge what stands behind "more"."""
        language = self._language
        if any(word in language.no_amounts for word in rest) or any(word in language.amounts for word in rest[1:]):
            return None
        if all(is_reaction(word, language) or word in language.amounts for word in rest):
            return None
        return Verdict.FRAGMENT if self._shows(rest) or len(rest) <= _SOME else None

    def _lone(self, spoken: Sequence[str]) -> Verdict | None:
        """Judge words of light, place, colour and style that stand alone."""
        language = self._language
        among = language.beside | language.articles | language.turning | language.placing | language.amounts
        among |= language.here | language.states | language.kinds | {EMOJI}
        fitting = all(word in among or is_shown(word) or word in language.comparatives for word in spoken)
        if not fitting or len(spoken) > _LONE_MAX or spoken[0] in language.these:
            return None
        if spoken[-1] in language.weak_comparatives and len(spoken) == 1:
            return None
        darker = any(word in language.comparatives for word in spoken)
        scene = any(is_scene(word) for word in spoken)
        kind = any(word in language.kinds for word in spoken[1:])
        state = len(spoken) > 1 and spoken[-1] in language.states
        joins = kind or state or any(word in language.turning or word in language.placing for word in spoken[1:])
        with_thing = joins and any(is_thing(word) for word in spoken)
        looks = any(word in QUALITIES for word in spoken) and any(is_thing(word) for word in spoken)
        if darker or ((scene or with_thing or looks) and not self._loud):
            return Verdict.FRAGMENT
        return None

    def _told(self) -> Verdict | None:
        """Judge what tells something, or asks about it."""
        language, spoken = self._language, self._spoken
        head = self._softened(reactions=False) or spoken
        about_self = head[0] in language.selves or head[0] in _FIRST_PERSON
        wished = any(word in language.conditionals for word in spoken)
        orders = any(word in language.doing for word in head[1:]) and head[0] not in language.fillers
        if head[0] in language.questions and head[0] not in language.turning:
            short = len(head) <= _POINTING_MAX and self._shows(head)  # "que nieve"
            return None if short or wished or self._orders_within(head) else Verdict.REMARK
        if head[0] in language.yes_or_no:
            return None if wished else Verdict.REMARK
        if self._after(language.compliments, head) is not None:
            return None if wished or self._orders_within(head) else Verdict.REMARK
        felt = any(is_reaction(word, language) for word in spoken)
        if felt and any(word in language.statements for word in spoken) and not wished and not orders:
            return Verdict.REMARK
        if (
            head[0] in language.these - language.here
            and len(head) <= _POINTING_MAX
            and not wished
            and not self._begins_turn(head)
        ):
            return Verdict.REMARK
        if head[0] in language.praise and len(head) <= _PRAISED_MAX and not wished and not orders:
            return None if any(is_scene(word) or word in language.turning for word in head) else Verdict.REMARK
        quiet = not self._shows(spoken) and not self._orders_within(head)
        if head[0] in language.subjects and (quiet or about_self) and not wished:
            return Verdict.REMARK
        if self._is_elsewhere(spoken) and head[0] in language.subjects | language.conditionals:
            return None if any(word in language.here for word in spoken[1:]) else Verdict.REMARK
        return None

    def _orders_within(self, spoken: Sequence[str]) -> bool:
        """Whether a verb of doing stands behind the beginning, with something in the picture after it."""
        language = self._language
        before = language.subjects | language.questions | language.yes_or_no | {"to"}
        return any(
            verb in language.doing and ahead not in before and (self._is_of_here(after))
            for ahead, verb, after in zip(spoken, spoken[1:], spoken[2:], strict=False)
        )

    def _begins_turn(self, spoken: Sequence[str]) -> bool:
        language = self._language
        return any(word in language.turning or word in language.placing for word in spoken)

    def _softened(self, spoken: Sequence[str] | None = None, *, reactions: bool) -> tuple[str, ...]:
        """Leave out what may stand before an order, `reactions` too."""
        language, left = self._language, list(self._spoken if spoken is None else spoken)
        while left and not self._is_opening(left):
            if left[0] in language.softeners or (reactions and is_reaction(left[0], language)):
                del left[0]
            else:
                break
        while len(left) > 1 and left[-1] in language.softeners and left[-1] in language.fillers:
            del left[-1]
        return tuple(left)

    def _is_opening(self, left: Sequence[str]) -> bool:
        language = self._language
        openings = (language.asking, language.proposals, language.needs, language.wishes)
        return any(self._after(phrases, left) is not None for phrases in openings)

    @staticmethod
    def _after(openings: Phrases, spoken: Sequence[str]) -> tuple[str, ...] | None:
        """Give what follows an opening; None where there is none of them."""
        for opening in openings:
            if tuple(spoken[: len(opening)]) == opening:
                return tuple(spoken[len(opening) :])
        return None

    def _shows(self, spoken: Sequence[str]) -> bool:
        """Whether something is named that a picture shows."""
        language = self._language
        own = language.scenes | language.things | language.qualities | language.comparatives
        return any(word in own or (word not in language.fillers and is_shown(word)) for word in spoken)

    def _is_elsewhere(self, spoken: Sequence[str]) -> bool:
        language = self._language
        like = any(word in language.turning and word not in {"with", "without"} for word in spoken)
        return any(word in language.elsewhere for word in spoken) and not like

    def _is_told(self, spoken: Sequence[str]) -> bool:
        """Whether a clause has a verb that tells something, or speaks of somebody who looks at the picture."""
        language = self._language
        told: Words = (language.statements | language.elsewhere | language.selves) - language.here
        named = THINGS | SCENES | language.turning | language.amounts
        felt = [word for word in spoken if is_reaction(word, language) and word not in named]
        return bool(felt) or any(word in told for word in spoken)
