"""Lists of names in messages and details: the first ones, since a location may hold any number."""

from collections.abc import Sequence

MOST_IN_MESSAGE, MOST_IN_DETAILS = 5, 50


def listed(names: Sequence[str]) -> str:
    """The names as part of a sentence: `A, B, C`, with the number of those left out."""
    text = ", ".join(names[:MOST_IN_MESSAGE])
    more = len(names) - MOST_IN_MESSAGE
    return f"{text} and {more} more" if more > 0 else text
