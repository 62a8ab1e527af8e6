"""Stamps results with their provenance in a confined process, as everything that reads a stranger's file."""

from dataclasses import asdict
from typing import ClassVar

from spark.confinement import Allowance
from spark.images.edits import edited
from spark.images.provenance import Provenance
from spark.images.standing import Standing


class Stamper(Standing):
    """Stamps pictures, while it is entered with `async with`."""

    module: ClassVar = "spark.images.stamp_worker"
    # people wait for what it does, and it does not take long
    allowance: ClassVar = Allowance(memory=500_000_000, written=0, nice=0)

    async def stamped(self, picture: bytes, provenance: Provenance) -> bytes:
        """Give a picture's file with its provenance; see `spark.images.stamping`. Raises `ImageRefused`."""
        # the worker tells what to change, so that the file goes one way alone
        told, parts = await self._answered(asdict(provenance), [picture])
        changes, position = [], 0
        for start, end, length in told["edits"]:
            changes.append((start, end, parts[position : position + length]))
            position += length
        return edited(picture, changes)
