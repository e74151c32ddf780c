"""Suggests the known location codes most similar to an unknown one."""

from bisect import bisect_left
from collections.abc import Sequence

from rapidfuzz import fuzz, process

MOST_KNOWN = 200_000
"""The most known codes that are compared."""

_COMPARISONS = 2_000_000
_WINDOW = 20
_ALIKE = 60
_CUTOFF = 70.0


class Nearest:
    """Compares `asked` codes with all `known` ones, up to `_COMPARISONS` comparisons.

    Beyond, it compares only codes where typing errors are likely: those that share the beginning
    or the end, and those that differ in zeros and separators only.
    """

    def __init__(self, known: Sequence[str], asked: int) -> None:
        self._known = list(known)
        self._reversed: list[str] = []
        self._alike: dict[str, list[str]] = {}
        self._compare_all = len(self._known) * asked <= _COMPARISONS
        if not self._compare_all:
            self._known.sort()
            self._reversed = sorted(code[::-1] for code in self._known)
            for code in self._known:
                self._alike.setdefault(_bare(code), []).append(code)

    def nearest_to(self, code: str, limit: int = 3) -> tuple[str, ...]:
        """Up to `limit` similar known codes, nearest first."""
        candidates = self._known if self._compare_all else self._candidates(code)
        similar = process.extract(
            code, candidates, scorer=fuzz.ratio, limit=4 * limit, score_cutoff=_CUTOFF
        )
        similar.sort(key=lambda match: (-match[1], match[0]))
        return tuple(name for name, _, _ in similar[:limit])

    def _candidates(self, code: str) -> list[str]:
        alike = self._alike.get(_bare(code), [])[:_ALIKE]
        ends = (other[::-1] for other in _around(self._reversed, code[::-1]))
        return sorted({*alike, *_around(self._known, code), *ends})


def _around(codes: list[str], code: str) -> list[str]:
    index = bisect_left(codes, code)
    return codes[max(0, index - _WINDOW) : index + _WINDOW]


def _bare(code: str) -> str:
    """The code without zeros, the letter O and separators."""
    for sign in "0O-./ ":
        code = code.replace(sign, "")
    return code
