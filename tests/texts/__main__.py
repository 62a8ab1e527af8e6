"""Print every text that people read, with example values: `make texts`."""

import sys

from tests.texts.page import Unwritten, page

try:
    sys.stdout.write(page())
except Unwritten as unwritten:
    raise SystemExit(f"Some texts cannot be written.\n{unwritten}") from None
