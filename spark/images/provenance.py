"""What a picture's file tells machines of how it was made: IPTC's digital source type, the model, the job."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self, TypeAlias

from spark.images.limits import LIMITS

_SOURCE_TYPES: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
FROM_WORDS: Final = f"{_SOURCE_TYPES}trainedAlgorithmicMedia"
FROM_A_PICTURE: Final = f"{_SOURCE_TYPES}compositeWithTrainedAlgorithmicMedia"
AI_MADE: Final = (FROM_WORDS, FROM_A_PICTURE)
"""The source types that say that a picture, or a part of it, was made by AI."""

Property: TypeAlias = tuple[str, str]
"""A property of XMP: the prefix of its namespace, and its name."""
NAMESPACES: Final[Mapping[str, str]] = {
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
SOURCE_TYPE: Final[Property] = ("Iptc4xmpExt", "DigitalSourceType")
_SYSTEM: Final[Property] = ("Iptc4xmpExt", "AISystemUsed")
_VERSION: Final[Property] = ("Iptc4xmpExt", "AISystemVersionUsed")
_TOOL: Final[Property] = ("xmp", "CreatorTool")
_JOB: Final[Property] = ("photoshop", "TransmissionReference")
_SPARK: Final = "Spark"
_MODEL_NAME: Final = re.compile(r"[a-z0-9_]{1,40}")
_JOB_ID: Final = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a picture was made. Nothing in it tells of a person or of their words."""

    source_type: str
    """One of `AI_MADE`."""
    model: str = ""
    """The name of Spark's model; empty where it is not known."""
    job: str = ""
    """The id under which the picture was asked for; empty where there is none."""

    @classmethod
    def of(cls, model: str, job: str = "") -> Self:
        """Give that of a picture by one of Spark's models, which tells whether it worked on a picture."""
        return cls(FROM_A_PICTURE if model in LIMITS else FROM_WORDS, model, job)

    @classmethod
    def told_by(cls, properties: Mapping[Property, str]) -> Self | None:
        """Read it from a file's properties; None where they do not say that it is AI's work.

        Whatever else a stranger's file tells is left out.
        """
        source_type = properties.get(SOURCE_TYPE, "")
        if source_type not in AI_MADE:
            return None
        ours = properties.get(_SYSTEM) == _SPARK
        model, job = properties.get(_VERSION, "") if ours else "", properties.get(_JOB, "") if ours else ""
        return cls(
            source_type, model if _MODEL_NAME.fullmatch(model) else "", job if _JOB_ID.fullmatch(job) else ""
        )

    @property
    def properties(self) -> Mapping[Property, str]:
        """Give it as properties of XMP.

        The AI system and its version are IPTC's of 2025.1; readers that are older show the creator tool, and
        `TransmissionReference` is what IPTC calls the job's id.
        """
        told = {SOURCE_TYPE: self.source_type}
        if self.model:
            told |= {_TOOL: f"{_SPARK} {self.model}", _SYSTEM: _SPARK, _VERSION: self.model}
        if self.job:
            told[_JOB] = self.job
        return told
