"""What was photographed, laid out: a sheet for each device and scheme, and the page as the README shows it."""

from collections.abc import Sequence

from sandbox.contact_sheet import Paper, contact_sheet
from tests.page.browsing import Scheme
from tests.pictures.files import write_jpeg
from tests.pictures.scenes import EDITED, FOUR
from tests.pictures.studio import SCHEMES, Photo

_CELLS = {"desktop": ((896, 560), 2), "phone": ((390, 844), 5)}
"""How large a device's pictures are, and how many stand side by side."""
_COLOURS = {"dark": ((30, 31, 34), (219, 222, 225)), "light": ((227, 229, 232), (46, 51, 56))}


def write_sheets(photos: Sequence[Photo]) -> None:
    for device, (cell, across) in _CELLS.items():
        for scheme in SCHEMES:
            chosen = [(each.scene, each.png) for each in photos if (each.device, each.scheme) == (device, scheme)]
            sheet = contact_sheet(chosen, Paper(cell, across, 1, *_COLOURS[scheme]))
            write_jpeg(f"conversation-{device}-{scheme}", sheet)


def write_page_pictures(photos: Sequence[Photo]) -> None:
    write_jpeg("page-desktop", _photo(photos, FOUR, "desktop", "dark"))
    write_jpeg("page-phone", _photo(photos, EDITED, "phone", "light"))


def _photo(photos: Sequence[Photo], scene: str, device: str, scheme: Scheme) -> bytes:
    [found] = [each.png for each in photos if (each.scene, each.device, each.scheme) == (scene, device, scheme)]
    return found
