"""Make the docs' pictures anew: `make pictures`."""

import asyncio
import subprocess
import sys

from bot.logs import configure_logging
from bot.settings import LogSettings
from tests.page.browsing import CHROMIUM
from tests.pictures.chart import make_chart
from tests.pictures.lines import make_contact_sheet
from tests.pictures.scenes import photograph
from tests.pictures.sheets import write_page_pictures, write_sheets
from tests.pictures.studio import studio


async def main() -> None:
    await make_chart()
    await make_contact_sheet()
    async with studio() as opened:
        photos = await photograph(opened)
    write_page_pictures(photos)
    write_sheets(photos)


if CHROMIUM is None:
    sys.exit("There is no chromium here; `apt-get install chromium` brings it.")
if b"emoji" not in subprocess.run(["fc-match", "emoji"], capture_output=True, check=True).stdout.lower():  # noqa: S607
    sys.exit("No font here has emoji; `apt-get install fonts-noto-color-emoji` brings one.")
configure_logging(LogSettings(level="error"))
asyncio.run(main())
