"""Previews of results: a few pictures as one small file, for people to see."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import ClassVar

from spark.confinement import Allowance
from spark.images.provenance import Provenance
from spark.images.standing import Standing


class Previewer(Standing):
    """Makes previews, while it is entered with `async with`."""

    module: ClassVar = "spark.images.preview_worker"
    allowance: ClassVar = Allowance(memory=1_500_000_000, written=0)

    async def preview(self, files: Sequence[bytes], provenance: Provenance) -> bytes:
        """Make one WebP of at most 80 kB that shows some pictures and tells their provenance.

        Raises `ImageRefused` where there is none.
        """
        _, made = await self._answered(asdict(provenance), files)
        return made
