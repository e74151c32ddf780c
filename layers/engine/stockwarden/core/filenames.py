"""File names of tables: validation, and the content type of each suffix."""

import re
from pathlib import PurePosixPath

from stockwarden.core.text import check_name, name_from

CONTENT_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
}

_MAX_LENGTH = 200
_FOLDER = re.compile(r"[/\\]")


def checked_filename(name: str) -> str:
    """The name, trimmed. Raises ValueError for a name that is not that of a table file."""
    name = check_name(name).strip()
    if not 1 <= len(name) <= _MAX_LENGTH or _FOLDER.search(name):
        raise ValueError(f"A file name has 1 to {_MAX_LENGTH} characters and names no folder.")
    if suffix_of(name) not in CONTENT_TYPES:
        known = ", ".join(CONTENT_TYPES)
        raise ValueError(f"Files of this type are not read; send one of {known}.")
    return name


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def title_of(name: str) -> str:
    """The default name of a report: the file name without its suffix."""
    return name_from(PurePosixPath(name).stem.strip() or name)
