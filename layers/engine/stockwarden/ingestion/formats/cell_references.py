"""Cell references: `AB12` is row 12 of column 28; and bounds of many references at once."""

import re
from functools import lru_cache

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALL_COLUMNS = 18_278  # ZZZ


def column_number(letters: str) -> int:
    """The 1-based number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letter(number: int) -> str:
    """The letters of a 1-based column number: 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def round_up(rows: int, columns: int) -> tuple[int, int]:
    """The next larger bounds that `beyond` has an expression for: 137 rows become 199."""
    power = 10 ** (len(str(rows)) - 1)
    rows = (rows // power + 1) * power - 1
    if columns > 27 * 26:
        return rows, _ALL_COLUMNS
    return rows, columns if columns <= 26 else -(-columns // 26) * 26


@lru_cache(maxsize=256)
def beyond(rows: int, columns: int) -> re.Pattern[bytes]:
    """Finds a cell that is not within these bounds (of `round_up`), or written unusually.

    That is one regular expression without a choice of where to go on, so a hundred megabytes of
    cells take a tenth of a second.
    """
    if columns > 27 * 26:
        letters = "[A-Z]{1,3}"
    elif columns > 26:
        letters = f"[A-{_LETTERS[columns // 26 - 2]}]?[A-Z]"
    else:
        letters = f"[A-{_LETTERS[columns - 1]}]"
    digits = str(rows)
    numbers = f"[1-{digits[0]}][0-9]{{{len(digits) - 1}}}"
    if len(digits) > 1:
        numbers += f"|[1-9][0-9]{{0,{len(digits) - 2}}}"
    return re.compile(f'<c(?! r="{letters}(?:{numbers})"|[A-Za-z])'.encode())
