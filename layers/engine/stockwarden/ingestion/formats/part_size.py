"""The base class of the size checks of the three zipped formats."""

import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from stockwarden.ingestion.formats.limits import Tally


class PartsCheck(ABC):
    """Measures the parts of an archive one by one, and at the end all of them together.

    The archive may be of the format if it has any of `PARTS`; `FIRST` is measured first.
    """

    FIRST: ClassVar[str]
    PARTS: ClassVar[frozenset[str]]

    def __init__(self, data: bytes, tally: Tally) -> None:
        self._data, self._tally, self._limits = data, tally, tally.limits

    @abstractmethod
    def measure(self, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        """Measures a part, piece by piece. Raises UnreadableFile (`too_large`, `corrupted`)."""

    def finish(self) -> None:  # noqa: B027  most have counted everything by then
        """Completes the tally. Raises UnreadableFile(`too_large`)."""
