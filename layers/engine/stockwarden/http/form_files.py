"""Files in multipart forms: name, content, and absent fields."""

import re

from aws_lambda_powertools.event_handler.openapi.params import UploadFile

from stockwarden.core.errors import Invalid
from stockwarden.core.filenames import checked_filename

_FOLDERS = re.compile(r"^.*[\\/]")


def if_sent(file: UploadFile | None) -> UploadFile | None:
    """The file; None for a blank field, which arrives as a file without name and content."""
    return file if file is not None and (file.filename or file.content) else None


def filename_of(file: UploadFile, pointer: str) -> str:
    """The file's name without folders, which some browsers send. Raises Invalid at `pointer`."""
    try:
        return checked_filename(_FOLDERS.sub("", file.filename or ""))
    except ValueError as error:
        raise Invalid.field(pointer, str(error)) from error


def content_of(file: UploadFile, pointer: str) -> bytes:
    """The file's bytes. Raises Invalid at `pointer` for an empty file."""
    if not file.content:
        raise Invalid.field(pointer, "The file is empty.")
    return file.content
