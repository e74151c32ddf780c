"""Safety limits of files, and the tally that enforces them before data are in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from stockwarden.core.errors import UnreadableFile

_MOST_ROWS = 1 << 20
_SMALLER = "Save only the inventory in a new workbook, or send it in parts."


WIDEST = 4
"""Bytes of a character at most."""

MAX_CELL_TEXT = 2**20
"""Characters of a cell at most. The reader of csv has no other limit for each file."""


@dataclass(frozen=True)
class SafetyLimits:
    """Limits beyond which a file is refused before it costs memory.

    File: `max_bytes`. Zip: `max_entries`, and `max_expanded` bytes of all entries. Workbook:
    `max_sheets`; `max_cells` (per sheet the rectangle from A1 to the last filled cell); `max_text`
    bytes of cell texts in memory (a repeated text counts each time); `max_merged` ranges;
    `max_beside` bytes of parts beside the sheets, such as styles and names. Sheet: `max_columns`.
    """

    max_bytes: int = 150 * 2**20
    max_entries: int = 5_000
    max_expanded: int = 1_000 * 2**20
    max_beside: int = 64 * 2**20
    max_sheets: int = 1_000
    max_cells: int = 12_000_000
    max_columns: int = 2_000
    max_text: int = 200 * 2**20
    max_merged: int = 200_000


def too_large(detail: str) -> UnreadableFile:
    return UnreadableFile("too_large", detail)


def corrupted() -> UnreadableFile:
    return UnreadableFile(
        "corrupted",
        "The file is damaged or incomplete. Open it in your spreadsheet program, save it again "
        "as xlsx and send that.",
    )


def cell_too_long(where: str) -> UnreadableFile:
    """`where` begins the sentence: `The cell B7`."""
    return too_large(
        f"{where} holds a text of more than {MAX_CELL_TEXT:,} characters, the most that a cell may "
        "have here. Shorten it, or leave it out."
    )


class Tally:
    """Adds up the sizes of a workbook's sheets, and refuses those beyond a limit.

    Every method raises UnreadableFile(`too_large`), with the limit and the measured size.
    """

    def __init__(self, limits: SafetyLimits) -> None:
        self.limits = limits
        self.sheets = self.cells = self.text = self.texts = self.merged = 0
        self.listed = self.beside = 0
        self.hidden: dict[str, list[int]] = {}
        """{part or sheet: its hidden 0-based rows}."""

    def check(self, rows: int, columns: int) -> None:
        """Refuses a sheet of at least this size, if it exceeds a limit with those before it."""
        limits = self.limits
        if columns > limits.max_columns:
            raise too_large(
                f"A sheet has {columns:,} columns; at most {limits.max_columns:,} are read. Save "
                "only the inventory in a new workbook."
            )
        cells = self.cells + rows * columns
        if cells > limits.max_cells:
            measured = (
                f"A sheet spans {rows:,} rows and {columns:,} columns, {rows * columns:,} cells"
            )
            if self.cells:
                measured += f" ({cells:,} with the sheets before it)"
            raise too_large(
                f"{measured}; at most {limits.max_cells:,} cells are read of a workbook. {_SMALLER}"
            )

    def add_sheet(self, rows: int, columns: int, filled: int = 0) -> None:
        """`filled` cells may exceed the rectangle where cells are written twice."""
        self.check(rows, columns)
        self.sheets += 1
        self.cells += max(rows * columns, filled)
        if self.cells > self.limits.max_cells:
            raise too_large(
                f"A sheet holds {filled:,} cells or more, many of them in the same place; at most "
                f"{self.limits.max_cells:,} cells are read. {_SMALLER}"
            )
        if self.sheets > self.limits.max_sheets:
            raise too_large(
                f"The workbook has {self.sheets:,} sheets or more; at most "
                f"{self.limits.max_sheets:,} are read. {_SMALLER}"
            )

    def add_text(self, size: int) -> None:
        """Adds bytes of texts (`text_size`); a repeated text counts each time."""
        self.text += size
        if self.text > self.limits.max_text:
            raise too_large(
                f"The texts of the workbook's cells take {_mb(self.text)} or more; at most "
                f"{_mb(self.limits.max_text)} are read. {_SMALLER}"
            )

    def add_merged(self, ranges: int) -> None:
        self.merged += ranges
        if self.merged > self.limits.max_merged:
            raise too_large(
                f"The workbook has {self.merged:,} merged ranges or more; at most "
                f"{self.limits.max_merged:,} are read. Unmerge them and save it again."
            )

    def add_hidden(self, name: str, rows: Iterable[int]) -> None:
        """Notes hidden rows (0-based) of a part or sheet, as many as a sheet can have."""
        held = self.hidden.setdefault(name, [])
        held.extend(islice(rows, _MOST_ROWS - len(held)))

    def add_texts(self, count: int) -> None:
        """Adds the number of texts that cells share."""
        self.texts += count
        if self.texts > self.limits.max_cells:
            raise too_large(
                f"The workbook lists {self.texts:,} texts or more; at most "
                f"{self.limits.max_cells:,} are read. {_SMALLER}"
            )

    def add_beside(self, size: int, listed: int) -> None:
        """Adds bytes of parts beside the sheets, and the number of sheets that they list."""
        self.beside += size
        self.listed += listed
        if self.listed > self.limits.max_sheets:
            raise too_large(
                f"The workbook has {self.listed:,} sheets or more; at most "
                f"{self.limits.max_sheets:,} are read. {_SMALLER}"
            )
        if self.beside > self.limits.max_beside:
            raise too_large(
                f"The styles, names and lists of the workbook take {_mb(self.beside)} or more; at "
                f"most {_mb(self.limits.max_beside)} are read. {_SMALLER}"
            )


def text_size(text: str) -> int:
    """The bytes of a text in memory: each character takes as many as the widest one needs."""
    if text.isascii():
        return len(text)
    widest = max(text)
    return len(text) * (1 if widest < "\u0100" else 2 if widest < "\U00010000" else 4)


def _mb(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"
