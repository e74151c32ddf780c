"""Which known location codes an unknown one may have been meant to be."""

from bisect import bisect_left
from collections.abc import Sequence

from rapidfuzz import fuzz, process

_COMPARISONS = 1_000_000
_WINDOW = 20
_CUTOFF = 70.0


class Nearest:
    """Compares `asked` codes with all known ones, while that takes no more than a moment.

    Above `_COMPARISONS` it looks only among the codes that share the beginning or the end, where
    a single slip leaves them.
    """

    def __init__(self, known: Sequence[str], asked: int) -> None:
        self._known = list(known)
        self._reversed: list[str] | None = None
        if len(self._known) * asked > _COMPARISONS:
            self._known.sort()
            self._reversed = sorted(code[::-1] for code in self._known)

    def to(self, code: str, limit: int = 3) -> tuple[str, ...]:
        """Up to `limit` known codes, nearest first; none where nothing is similar."""
        ranked = process.extract(
            code, self._candidates(code), scorer=fuzz.ratio, limit=limit, score_cutoff=_CUTOFF
        )
        return tuple(name for name, _, _ in ranked)

    def _candidates(self, code: str) -> Sequence[str]:
        if self._reversed is None:
            return self._known
        ends = (other[::-1] for other in _around(self._reversed, code[::-1]))
        return sorted({*_around(self._known, code), *ends})


def _around(codes: list[str], code: str) -> list[str]:
    at = bisect_left(codes, code)
    return codes[max(0, at - _WINDOW) : at + _WINDOW]
