"""Durations as people say them: `25 days 18 h`, `10 h 30 min`, `36 min`, `4 s`."""

from collections.abc import Collection

SECONDS_OF = {"days": 86_400.0, "hours": 3_600.0, "minutes": 60.0}
_UNITS = ((86_400, "days"), (3_600, "h"), (60, "min"), (1, "s"))
_PRECISE = 1000


def duration(seconds: float, unlike: Collection[float] = ()) -> str:
    """The two largest units of a duration, rounded down.

    A duration that is not one of `unlike` (limits, in seconds) never reads like one of them: it
    gets the smaller units that show the difference, and below a second "just over".
    """
    whole = int(round(abs(seconds) * _PRECISE) // _PRECISE)
    confusing = {_text(int(abs(limit)), 2) for limit in unlike if limit != seconds}
    for units in range(2, len(_UNITS) + 1):
        text = _text(whole, units)
        if text not in confusing:
            return f"-{text}" if seconds < 0 and whole else text
    return f"just over {_text(whole, 2)}"


def _text(seconds: int, most: int) -> str:
    """The leading unit and those that follow it directly, `most` in all; zeros are left out."""
    parts: list[str] = []
    rest = seconds
    for position, (size, name) in enumerate(_UNITS):
        count, rest = divmod(rest, size)
        if not parts and not count:
            continue
        if not parts:
            last = position + most
        if position >= last:
            break
        parts.append(_unit(count, name) if count else "")
    return " ".join(filter(None, parts)) or "0 min"


def _unit(count: int, name: str) -> str:
    return f"{count} day" if name == "days" and count == 1 else f"{count} {name}"
