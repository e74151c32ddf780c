"""How much of a long series is tried: all of it in `make test-all`, which sets THOROUGH."""

import os
from collections.abc import Sequence
from typing import TypeVar

THOROUGH = os.environ.get("THOROUGH") == "1"
# Of a series longer than a dozen every fourth is tried, and always the last.
_SHORT, _EVERY = 12, 4

Case = TypeVar("Case")


def sample(series: Sequence[Case]) -> list[Case]:
    """Those of a series that this run tries."""
    if THOROUGH or len(series) <= _SHORT:
        return list(series)
    return [*series[:-1:_EVERY], series[-1]]
