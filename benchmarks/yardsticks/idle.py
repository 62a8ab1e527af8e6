"""A loop that does nothing but be watched: what it is late by is the machine's doing.

`python -m benchmarks.yardsticks.idle FILE`
"""

import asyncio
import sys
from pathlib import Path

from benchmarks import lateness


async def main(file: Path) -> None:
    """Be idle until it is ended."""
    async with lateness.watched(file):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
