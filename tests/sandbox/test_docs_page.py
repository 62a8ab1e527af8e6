import asyncio
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = re.compile(r"^```python\n(.*?)^```$.*?^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


async def test_the_bot_of_the_page_runs_and_prints_what_the_page_says() -> None:
    [(script, printed)] = SCRIPT.findall((ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8"))

    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()

    assert (process.returncode, out.decode(), errors.decode()) == (0, printed, "")
