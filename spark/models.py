"""One request class per model: every documented parameter, default and limit, under the vendor's own names.

Constructing one checks it; what the model's page calls an error raises `InvalidRequest` before money is spent.
The models that work on a picture may be constructed without it (a row in a database needs no copy of it):
`with_image` and `with_image_url` give the whole request, and a submit without a picture is refused.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, Field

from spark.errors import InvalidRequest, Problem
from spark.names import EDIT, IMAGE_TO_IMAGE, PORTRAIT, STYLE_TEMPLATE, TEXT_TO_IMAGE
from spark.parameters import (
    DEFAULT_SIDE,
    PROMPT_RECOMMENDED,
    RANDOM_SEED,
    Fraction,
    OptionalPrompt,
    Prompt,
    Seed,
    Switch,
    Tenths,
    TextSeed,
    WebAddress,
)
from spark.pictured import Base64Request, PicturedRequest
from spark.request import Caution, SizedRequest
from spark.sizes import IMAGE_TO_IMAGE_SIDE_MAX, image_to_image_side, nearest_image_to_image_size
from spark.styles import SUB_KEYS, Style, style_of
from spark.validation import Validated, refuse

_SHAPE_KEPT: Final = 0.05
"""By how much the ratio of two sides may change until anybody sees it."""
_LONG_PROMPT = f"Prompts of more than {PROMPT_RECOMMENDED} characters may come out oddly, or have no effect."


def _prompt_warnings(prompt: str) -> tuple[Caution, ...]:
    return (Caution(_LONG_PROMPT),) if len(prompt) > PROMPT_RECOMMENDED else ()


class TextToImage(SizedRequest):
    """Makes a picture from words; see the page of `spark_t2i_3_0`."""

    name: ClassVar[str] = TEXT_TO_IMAGE
    codes: ClassVar[Mapping[str, str]] = {
        "prompt missing": "003001001",
        "prompt": "003001002",
        "use_pre_llm": "003001003",
        "seed": "003001004",
        "size pixels": "003001005",
        "size ratio": "003001006",
        "width missing": "003001007",
        "height missing": "003001007",
        "width type": "003001008",
        "height type": "003001008",
        "width": "003001009",
        "height": "003001009",
    }
    _RULE: ClassVar[str] = "a whole number of at least 512"
    _PIXELS_MAX: ClassVar[int] = 2048 * 2048
    _RATIO_MAX: ClassVar[int] = 3

    prompt: Prompt
    use_pre_llm: Switch = True
    """Expand the prompt; good for short ones."""
    seed: Seed = RANDOM_SEED
    width: int = Field(DEFAULT_SIDE, ge=512, description=_RULE)
    height: int = Field(DEFAULT_SIDE, ge=512, description=_RULE)

    def conflicts(self) -> Iterator[Problem]:
        """Yield what is wrong with parameters that are right each for itself."""
        yield from super().conflicts()
        # the recommended 3024×1296 counts, and not "512-2048 range" in the text of code 003001009
        size = f"{self.width}×{self.height}"
        if max(self.width, self.height) > self._RATIO_MAX * min(self.width, self.height):
            yield self.problem("size", "ratio", "of a shape between 1:3 and 3:1", size)
        elif self.width * self.height > self._PIXELS_MAX:
            yield self.problem("size", "pixels", "of at most 4,194,304 pixels in all, as 2048×2048 has", size)

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Say what is allowed and yet may disappoint."""
        return _prompt_warnings(self.prompt)


class ImageToImage(SizedRequest, Base64Request):
    """Changes a picture and keeps its structure; see the page of `spark_i2i_3_0`.

    The result's sides are the closest multiples of 16, within 512 to 1536.
    """

    name: ClassVar[str] = IMAGE_TO_IMAGE
    codes: ClassVar[Mapping[str, str]] = {
        "prompt missing": "003003001",
        "prompt": "003003002",
        "image missing": "003003003",
        "image count": "003003004",
        "seed": "003003005",
        "scale": "003003006",
        "width": "003003007",
        "height": "003003007",
        "image conflict": "003003008",
        "image_urls": "003003009",
        "binary_data_base64": "003003009",
    }
    _RULE: ClassVar[str] = "a whole number from 512 to 2016"
    _DARK_BELOW: ClassVar[int] = 600

    prompt: Prompt
    seed: Seed = RANDOM_SEED
    scale: Fraction = 0.5
    """How much the words count against the picture."""
    width: int = Field(DEFAULT_SIDE, ge=512, le=2016, description=_RULE)
    height: int = Field(DEFAULT_SIDE, ge=512, le=2016, description=_RULE)

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Say what is allowed and yet may disappoint."""
        return (*_prompt_warnings(self.prompt), *self._size_warnings())

    @property
    def result_size(self) -> tuple[int, int]:
        """Tell which width and height the result has."""
        return image_to_image_side(self.width), image_to_image_side(self.height)

    def _size_warnings(self) -> Iterator[Caution]:
        if max(self.width, self.height) < self._DARK_BELOW:
            yield Caution(
                f"With both sides below {self._DARK_BELOW} the result may be all black; about 1024 works best.",
                in_vain=True,
            )
        if max(self.width, self.height) > IMAGE_TO_IMAGE_SIDE_MAX and self.result_size != (
            self.width,
            self.height,
        ):
            (width, height), (whole, half) = self.result_size, nearest_image_to_image_size(self.width, self.height)
            became = f"{self.width}×{self.height} comes back as {width}×{height}"
            if abs(width / height * self.height / self.width - 1) > _SHAPE_KEPT:
                yield Caution(f"{became}, which is another shape. {whole}×{half} would keep it.", in_vain=True)
            else:
                yield Caution(f"{became}, since no side of the result is longer than {IMAGE_TO_IMAGE_SIDE_MAX}.")


class Edit(Base64Request):
    """Edits a picture as told in words; see the page of `spark_edit_3_0`."""

    name: ClassVar[str] = EDIT
    codes: ClassVar[Mapping[str, str]] = {
        "prompt missing": "003007001",
        "image missing": "003007002",
        "prompt": "003007004",
        "image size": "003007005",
        "image count": "003007008",
        "image_urls element": "003007009",
        "binary_data_base64 element": "003007009",
        "image_urls": "003007008",
        "binary_data_base64": "003007008",
        "*": "003007006",
    }

    prompt: Prompt
    seed: Seed = RANDOM_SEED
    scale: Fraction = 0.5
    """How much the words count against the picture."""

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Say what is allowed and yet may disappoint."""
        return _prompt_warnings(self.prompt)


class LogoInfo(Validated):
    """A watermark on a stylized picture; by default there is none."""

    name: ClassVar[str] = STYLE_TEMPLATE
    part: ClassVar[str] = "logo_info"

    add_logo: Switch = False
    position: int = Field(
        0, ge=0, le=3, description="0 (bottom right), 1 (bottom left), 2 (top left) or 3 (top right)"
    )
    language: int = Field(0, ge=0, le=1, description="0 (Chinese) or 1 (English)")
    opacity: Fraction = 1.0
    logo_text_content: str | None = Field(None, description="text")


def _known_style(req_key: str) -> str:
    if not req_key.strip():
        raise refuse("missing")
    if req_key not in SUB_KEYS:
        raise refuse("value")
    return req_key


class StyleTemplate(Base64Request):
    """Redraws a picture in one of 22 styles; see the page of `spark_style_template`."""

    name: ClassVar[str] = STYLE_TEMPLATE
    codes: ClassVar[Mapping[str, str]] = {
        "req_key missing": "003008001",
        "req_key": "003008002",
        "sub_req_key": "003008003",
        "image missing": "003008004",
        "image count": "003008005",
        "image conflict": "003008005",
    }

    req_key: Annotated[str, AfterValidator(_known_style)] = Field(
        description=f"one of the {len(SUB_KEYS)} style keys on the model's page"
    )
    sub_req_key: str | None = Field(None, description="one of the sub-style keys on the model's page")
    return_url: Switch = True
    """Always sent: the page names no default, and a result without an address would be lost."""
    logo_info: Annotated[LogoInfo, Field(strict=False)] = LogoInfo()

    @classmethod
    def of(cls, style: Style, *, logo_info: LogoInfo | None = None) -> Self:
        """Ask for one of `STYLES`, with a watermark if one is given."""
        return cls(req_key=style.req_key, sub_req_key=style.sub_req_key, logo_info=logo_info or LogoInfo())

    def conflicts(self) -> Iterator[Problem]:
        """Yield what is wrong with parameters that are right each for itself."""
        yield from super().conflicts()
        allowed = SUB_KEYS[self.req_key]
        if allowed and self.sub_req_key not in allowed:
            kind = "missing" if self.sub_req_key is None else "value"
            limit = f"one of {', '.join(sorted(allowed))} where req_key is {self.req_key}"
            yield self.problem("sub_req_key", kind, limit, self.sub_req_key)
        elif not allowed and self.sub_req_key is not None:
            limit = f"left out where req_key is {self.req_key}"
            yield self.problem("sub_req_key", "value", limit, self.sub_req_key)

    @property
    def style(self) -> Style:
        """Tell which of `STYLES` this asks for."""
        return style_of(self.req_key, self.sub_req_key)

    def settings(self) -> dict[str, Any]:
        """Give the parameters without the picture, as JSON; those at the vendor's default are left out."""
        return super().settings() | {"return_url": self.return_url}


class Portrait(SizedRequest, PicturedRequest):
    """Makes a new portrait of a person in a picture; see the page of `spark_edit_portrait`.

    Takes the picture by its address only. Without a prompt Spark chooses the mode `reference`, with one
    `creative`; a prompt is therefore sent even where it equals the documented default.
    """

    name: ClassVar[str] = PORTRAIT
    codes: ClassVar[Mapping[str, str]] = {"image missing": "003010001", "*": "003010002"}
    default_prompt: ClassVar[str] = "Concert group photo, flash photography"
    """What the page names as the prompt's default."""
    image_fields: ClassVar[tuple[str, ...]] = ("image_input",)
    sides_go_together: ClassVar[bool] = False
    _RULE: ClassVar[str] = "a whole number from 512 to 2048"

    image_input: WebAddress | None = Field(None, description="an http or https address of one picture", repr=False)
    prompt: OptionalPrompt = None
    width: int = Field(DEFAULT_SIDE, ge=512, le=2048, description=_RULE)
    height: int = Field(DEFAULT_SIDE, ge=512, le=2048, description=_RULE)
    gpen: Tenths = 0.4
    """How clear the face becomes."""
    skin: Tenths = 0.3
    """How much the face is beautified."""
    skin_unifi: Tenths = 0.0
    """How even the skin becomes."""
    gen_mode: Literal["creative", "reference", "reference_char"] | None = Field(
        None, description="creative, reference or reference_char"
    )
    seed: TextSeed = RANDOM_SEED

    def settings(self) -> dict[str, Any]:
        """Give the parameters without the picture, as JSON; those at the vendor's default are left out."""
        settings = super().settings()
        return settings | {"seed": str(self.seed)} if "seed" in settings else settings

    @property
    def has_image(self) -> bool:
        """Whether a picture is attached."""
        return self.image_input is not None

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Say what is allowed and yet may disappoint."""
        return ()

    def with_image_url(self, url: str) -> Self:
        """Attach the picture at an address that Spark can reach."""
        return self.replaced(image_input=url)


Request = TextToImage | ImageToImage | Edit | StyleTemplate | Portrait

MODELS: Final[Mapping[str, type[Request]]] = MappingProxyType(
    {kind.name: kind for kind in (TextToImage, ImageToImage, Edit, StyleTemplate, Portrait)}
)
"""The request class of each model, by the model's name."""


def parse(model: str, params: Mapping[str, Any]) -> Request:
    """Rebuild a request from a model's name and what `params()` or `settings()` gave; raise `InvalidRequest`."""
    if (kind := MODELS.get(model)) is None:
        raise InvalidRequest(model, (Problem("model", model, f"one of {', '.join(MODELS)}", None),))
    return kind(**params)
