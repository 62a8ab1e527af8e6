"""Every error code of Spark's five model pages: what it means, what a person can do, whose fault it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from spark.names import EDIT, IMAGE_TO_IMAGE, PORTRAIT, STYLE_TEMPLATE, TEXT_TO_IMAGE

Whose = Literal["user", "operator", "spark"]

NO_ERROR: Final = "000000000"
"""What Portrait's page calls `0`: no error."""


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One documented error code, in words for people."""

    code: str
    """Nine digits, zero-padded."""
    model: str
    """The model whose page documents it; empty where no model is known."""
    meaning: str
    """What happened, as a sentence."""
    advice: str
    """What a person can do about it, as a sentence."""
    retryable: bool
    """Whether sending the same request again can help."""
    whose: Whose
    """Who can mend it: who asked, who runs the service, or Spark alone."""

    @property
    def documented(self) -> bool:
        """Whether this is what a model's page says, rather than that nobody can say more."""
        return CODES.get(self.code) == self


def normalize_code(code: str | int) -> str:
    """Write a code as nine digits, zero-padded; what is no number stays as it is."""
    text = str(code).strip()
    return text.zfill(9) if text.isascii() and text.isdigit() else text


def explain_code(code: str | int | None, model: str = "") -> ErrorCode:
    """Find the entry of `code`; an unknown or absent one gets an honest general entry."""
    known = CODES.get(normalize_code(code)) if code is not None else None
    if known is not None and known.code != NO_ERROR:
        return known
    if code is None or known is not None:
        meaning = "Spark failed and gave no reason."
    else:
        meaning = f"Spark failed with code {normalize_code(code)}, which its documentation does not explain."
    return ErrorCode(
        code=NO_ERROR if code is None else normalize_code(code),
        model=model,
        meaning=meaning,
        advice=_again(model),
        retryable=True,
        whose="spark",
    )


_PROMPT_MISSING = "Say in words what you want to see, and send it again."
_PROMPT_LENGTH = "Write 1 to 800 characters; up to 120 work best."
_SEED = "Give a positive whole number as the seed, or none for a random picture."
_SCALE = "Give a strength from 0 to 1, or none."
_ONE_IMAGE = "Attach one picture, as JPEG or PNG, and send it again."
_CHANGEABLE = {TEXT_TO_IMAGE: "the words", STYLE_TEMPLATE: "the style or the picture"}
"""What a person has given to a model; to the others, words and a picture."""
_LATER = "Try again in a few minutes."


def _again(model: str) -> str:
    return f"Try again; if it fails again, change {_CHANGEABLE.get(model, 'the words or the picture')}."


def _user(code: str, model: str, meaning: str, advice: str) -> ErrorCode:
    return ErrorCode(code, model, meaning, advice, retryable=False, whose="user")


def _spark(code: str, model: str, meaning: str, advice: str) -> ErrorCode:
    return ErrorCode(code, model, meaning, advice, retryable=True, whose="spark")


def _inner(prefix: str, model: str, name: str, creation: str) -> tuple[ErrorCode, ...]:
    """Build the five entries 095 to 099 that every page has; only the last one's wording differs."""
    return (
        _spark(f"{prefix}095", model, f"Spark's {name} failed while it made the picture.", _again(model)),
        _spark(
            f"{prefix}096", model, f"Spark's {name} could not read the picture that it had made.", _again(model)
        ),
        _spark(f"{prefix}097", model, f"A service that Spark's {name} relies on is in trouble.", _LATER),
        _spark(f"{prefix}098", model, f"Spark's {name} lost track of this picture.", _LATER),
        _spark(f"{prefix}099", model, creation, _LATER),
    )


_TEXT_TO_IMAGE = (
    _user("003001001", TEXT_TO_IMAGE, "The prompt for the picture is missing.", _PROMPT_MISSING),
    _user("003001002", TEXT_TO_IMAGE, "The prompt for the picture is too long or empty.", _PROMPT_LENGTH),
    _user(
        "003001003",
        TEXT_TO_IMAGE,
        "Whether Spark may expand the words (enhance) was not said in a way that it takes.",
        "Choose on or off for enhance, or leave it out.",
    ),
    _user("003001004", TEXT_TO_IMAGE, "The seed for the picture is not one that Spark takes.", _SEED),
    _user(
        "003001005",
        TEXT_TO_IMAGE,
        "The size of the picture is not one that Spark makes.",
        "Choose a width and a height from 512 to 2048, for example 1328×1328.",
    ),
    _user(
        "003001006",
        TEXT_TO_IMAGE,
        "The picture would be too long or too tall.",
        "Choose a longer side of at most three times the shorter one.",
    ),
    _user(
        "003001007",
        TEXT_TO_IMAGE,
        "Only one of width and height was given.",
        "Give both width and height, or neither.",
    ),
    _user(
        "003001008",
        TEXT_TO_IMAGE,
        "Width or height is not a whole number.",
        "Give whole numbers of pixels, for example 1328.",
    ),
    _user(
        "003001009",
        TEXT_TO_IMAGE,
        "Width or height is outside what Spark allows.",
        "Choose sides of 512 to 2048 pixels.",
    ),
    *_inner("003001", TEXT_TO_IMAGE, "text to image", "Spark's text to image could not begin with the picture."),
)

_IMAGE_TO_IMAGE = (
    _user("003003001", IMAGE_TO_IMAGE, "The prompt for changing the picture is missing.", _PROMPT_MISSING),
    _user(
        "003003002", IMAGE_TO_IMAGE, "The prompt for changing the picture is too long or empty.", _PROMPT_LENGTH
    ),
    _user("003003003", IMAGE_TO_IMAGE, "The picture to be changed is missing.", _ONE_IMAGE),
    _user("003003004", IMAGE_TO_IMAGE, "Not exactly one picture to be changed was given.", _ONE_IMAGE),
    _user("003003005", IMAGE_TO_IMAGE, "The seed for changing the picture is not one that Spark takes.", _SEED),
    _user("003003006", IMAGE_TO_IMAGE, "The strength of the change is out of range.", _SCALE),
    _user(
        "003003007",
        IMAGE_TO_IMAGE,
        "The size for the changed picture is not one that Spark makes.",
        "Give both width and height, each from 512 to 2016, or neither.",
    ),
    _user(
        "003003008",
        IMAGE_TO_IMAGE,
        "Spark was given the picture in two ways at once.",
        "Attach the picture once more, as a file, and send it again.",
    ),
    _user(
        "003003009", IMAGE_TO_IMAGE, "Spark could not read what was sent as the picture to be changed.", _ONE_IMAGE
    ),
    *_inner(
        "003003", IMAGE_TO_IMAGE, "image to image", "Spark's image to image could not begin with the picture."
    ),
)

_EDIT = (
    _user("003007001", EDIT, "The prompt for the edit is missing.", _PROMPT_MISSING),
    _user("003007002", EDIT, "The picture to edit is missing.", _ONE_IMAGE),
    _user(
        "003007003",
        EDIT,
        "The picture to edit has a format that Spark does not take.",
        "Save it as JPEG or PNG and try again.",
    ),
    _user("003007004", EDIT, "The prompt for the edit is too long or empty.", _PROMPT_LENGTH),
    _user(
        "003007005",
        EDIT,
        "The picture to edit has a size that Spark does not take.",
        "Send one of at most 5 MB and 4096×4096 pixels, no side longer than three times the other.",
    ),
    _user(
        "003007006",
        EDIT,
        "The seed or the strength of the edit is not one that Spark takes.",
        "Give a positive whole number as the seed and a strength from 0 to 1, or leave them out.",
    ),
    ErrorCode(
        "003007007",
        EDIT,
        "Spark did not accept this service's own key for editing.",
        "Tell whoever runs the service; its Spark key needs mending.",
        retryable=False,
        whose="operator",
    ),
    _user("003007008", EDIT, "Spark could not read what was sent as the picture to edit.", _ONE_IMAGE),
    _user(
        "003007009",
        EDIT,
        "Spark could not open the picture to edit.",
        "Attach the picture again, as JPEG or PNG.",
    ),
    *_inner("003007", EDIT, "edit", "Spark's edit service is not available at the moment."),
)

_STYLE_TEMPLATE = (
    _user("003008001", STYLE_TEMPLATE, "No style was chosen.", "Choose one of the 22 styles."),
    _user("003008002", STYLE_TEMPLATE, "Spark does not know this style.", "Choose one of the 22 styles."),
    _user(
        "003008003",
        STYLE_TEMPLATE,
        "Spark does not know this variant of the style.",
        "Choose the style once more from the list of 22, and send it again.",
    ),
    _user("003008004", STYLE_TEMPLATE, "The picture to stylize is missing.", _ONE_IMAGE),
    _user("003008005", STYLE_TEMPLATE, "Not exactly one picture to stylize was given.", _ONE_IMAGE),
    *_inner(
        "003008",
        STYLE_TEMPLATE,
        "stylize",
        "Spark's stylize could not begin with the picture, or is not available at the moment.",
    ),
)

_PORTRAIT = (
    ErrorCode(NO_ERROR, PORTRAIT, "No error.", "Nothing needs to be done.", retryable=False, whose="spark"),
    _user("003010001", PORTRAIT, "The picture for the portrait is missing.", _ONE_IMAGE),
    _user(
        "003010002",
        PORTRAIT,
        "A size, an effect or the seed of the portrait is not one that Spark takes.",
        "Choose width and height from 512 to 2048, and each effect from 0 to 1, in steps of 0.1.",
    ),
    _user(
        "003010003",
        PORTRAIT,
        "The picture for the portrait has a format that Spark does not take.",
        "Save it as JPEG or PNG and try again.",
    ),
    *_inner("003010", PORTRAIT, "portrait", "Spark's portrait could not begin with the picture."),
)

CODES: Final[Mapping[str, ErrorCode]] = MappingProxyType(
    {entry.code: entry for entry in (*_TEXT_TO_IMAGE, *_IMAGE_TO_IMAGE, *_EDIT, *_STYLE_TEMPLATE, *_PORTRAIT)}
)
"""Every documented code, by its nine digits."""
