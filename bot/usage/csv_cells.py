"""Cells of files for spreadsheets: what people typed is shown as text, and never taken for a formula."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_FORMULA: Final = re.compile(r"""(^|[\n\r\t;])(?=[\s"'“”‘’]*[=+\-@＝＋－＠])""")
"""Where a formula would begin: at the start, or where a program that reads the file otherwise sees a new cell."""


def safe_cell(text: str) -> str:
    """Put ' before what a spreadsheet would take for a formula; a number stays one."""
    if _NUMBER.fullmatch(text):
        return text
    guarded = _FORMULA.sub(r"\1'", text)
    return f"'{guarded}" if guarded[:1] in {"\t", "\r"} else guarded
