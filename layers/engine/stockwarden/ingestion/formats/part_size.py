"""Shared helpers of the size checks of the three zipped formats."""

import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from stockwarden.ingestion.formats.limits import Tally


class PartsCheck(ABC):
    """Looks at the parts of an archive one by one, and in the end at all of them together.

    The format may be there if the archive has any of `PARTS`; `FIRST` is to be looked at first.
    """

    FIRST: ClassVar[str]
    PARTS: ClassVar[frozenset[str]]

    def __init__(self, data: bytes, tally: Tally) -> None:
        self._data, self._tally, self._limits = data, tally, tally.limits

    @abstractmethod
    def look(self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        """At one part, piece by piece. Raises UnreadableFile (`too_large`, `corrupted`)."""

    def finish(self) -> None:  # noqa: B027  most have counted everything by then
        """Raises UnreadableFile(`too_large`)."""
