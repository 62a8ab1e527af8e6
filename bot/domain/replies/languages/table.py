"""What is known of a language: which of its words are talk, and which ask for a change of a picture."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TypeAlias

from bot.domain.replies.folding import folded, letters_of

Words: TypeAlias = frozenset[str]
Phrases: TypeAlias = tuple[tuple[str, ...], ...]
"""Each the words of one, the longest first."""


def words(text: str, pronouns: str = "") -> Words:
    """Read words; `haz~` stands for itself and for itself with each of the `pronouns` attached, as in `hazlo`."""
    return frozenset(letters_of(folded(form)) for word in text.split() for form in _forms(word, pronouns.split()))


def phrases(text: str) -> Phrases:
    """Read phrases of one word or several; `|` and line ends part them."""
    parted = (letters_of(folded(phrase)) for line in text.splitlines() for phrase in line.split("|"))
    return tuple(sorted({tuple(phrase.split()) for phrase in parted if phrase}, key=len, reverse=True))


def _forms(word: str, pronouns: list[str]) -> Iterator[str]:
    stem = word.removesuffix("~")
    yield stem
    if stem != word:
        yield from (stem + pronoun for pronoun in pronouns)


@dataclass(frozen=True, kw_only=True)
class Language:
    """The words of one language, as people write them in a chat: misspelt, short, without accents.

    Of a language without spaces, and of Korean, whose words end in what they mean, a word is found anywhere.
    """

    name: str
    joined: bool = False
    """Whether its words are found within others."""
    script: str = ""
    """Of a joined one: a regular expression of the letters that it alone, or almost, is written with."""

    # talk
    reactions: Words = frozenset()
    """What somebody feels; thanks, greetings, consent: none asks for a change by itself."""
    fillers: Words = frozenset()
    """What stands around them and asks for nothing by itself."""
    pictures: Words = frozenset()
    """What the picture itself is called: talk beside a reaction."""
    looks: Words = frozenset()
    """What a picture has: talk beside a reaction that is not itself a look."""
    own_looks: Words = frozenset()
    """Reactions that are looks themselves: "scary version" may be an order."""
    questions: Words = frozenset()
    """What opens a question about the picture."""
    asked_after: Words = frozenset()
    """What such questions are about."""
    yes_or_no: Words = frozenset()
    """What opens a question to be answered with yes or no."""
    talk: Phrases = ()
    """Whole clauses of talk whose words alone might be an order."""
    compliments: Phrases = ()
    """What opens a compliment, or a complaint, that names something."""
    praise: Words = frozenset()
    """Adjectives of praise, which what they praise may follow."""
    statements: Words = frozenset()
    """Verbs of sentences that tell something: with one, a clause is no mere "at night"."""
    subjects: Words = frozenset()
    """What such sentences begin with."""
    conditionals: Words = frozenset()
    """What makes of such a sentence a wish, or a complaint: it is never taken for plain talk."""
    elsewhere: Words = frozenset()
    """What people do with a picture outside of it: a wall, a wallpaper, money."""
    selves: Words = frozenset()
    """Words for who talks or is talked to: "make my day"."""
    yours: Words = frozenset()
    """Those of them for who is talked to: no picture is theirs."""
    these: Words = frozenset()
    """Words that point: "i want that hat"."""

    # orders
    softeners: Words = frozenset()
    """What may stand before an order."""
    doing: Words = frozenset()
    """Verbs that order at the beginning of a clause, with something after them."""
    making: Words = frozenset()
    """Those of them that say too little with a word that is not known: "make some noise"."""
    mild: Words = frozenset()
    """Verbs that do so only with something that a picture shows after them; of a joined one, those that count at
    its beginning alone."""
    enough: Words = frozenset()
    """Verbs that order by themselves."""
    done: Words = frozenset()
    """Forms of verbs that order wherever they stand."""
    idle: Words = frozenset()
    """Of a joined one: what holds such a word and asks for nothing."""
    asking: Phrases = ()
    """What asks for what a verb behind it says."""
    proposals: Phrases = ()
    """What proposes whatever is named behind it."""
    being_asked: Phrases = ()
    """What asks whether something can be, have or wear what follows: "can the dog be bigger"."""
    being: Words = frozenset()
    """The verbs of that."""
    wishes: Phrases = ()
    """What wishes, for oneself, for something that a picture shows."""
    needs: Phrases = ()
    """What says that the picture lacks it."""
    states: Words = frozenset()
    """What a thing becomes, behind it: "lights off"."""
    kinds: Words = frozenset()
    """What makes a kind of picture of a thing: "robot version"."""
    endings: Words = frozenset()
    """Of a joined one: particles in which an order ends."""
    here: Words = frozenset()
    """Words for what is in the picture."""
    turning: Words = frozenset()
    """What makes an order of what follows, by itself: "without a hat"."""
    placing: Words = frozenset()
    """The same of places and times: "in winter"."""
    amounts: Words = frozenset()
    """The same of more and less."""
    no_amounts: Words = frozenset()
    """What behind those makes none: "more than that"."""
    articles: Words = frozenset()
    contrasts: Words = frozenset()
    """What parts a compliment from what follows it."""
    scenes: Words = frozenset()
    """Light, place, colour, season, style: by themselves an order."""
    comparatives: Words = frozenset()
    """The same: "darker"."""
    weak_comparatives: Words = frozenset()
    """Those of them that are said in praise too."""
    qualities: Words = frozenset()
    """How something looks: an order only beside others."""
    things: Words = frozenset()
    """What is in pictures, is put on, or is taken away: an order only beside others."""
    beside: Words = frozenset()
    """What may stand among them."""

    @cached_property
    def known(self) -> Words:
        """Give every single word that stands in any of the tables."""
        found: set[str] = set()
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, frozenset):
                found |= value
            elif isinstance(value, tuple):
                found.update(word for phrase in value for word in phrase)
        return frozenset(found)
