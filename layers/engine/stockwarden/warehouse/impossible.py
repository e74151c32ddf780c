"""Location codes that no warehouse has: error texts and slips that landed in the column."""

MAX_CODE_LENGTH = 20
_PUNCTUATION = frozenset(" -_./:+(),\\")


def why_impossible(code: str) -> str | None:
    """Why a trimmed text cannot be a location code; None if it can."""
    if len(code) > MAX_CODE_LENGTH:
        return f"it has {len(code)} characters, more than {MAX_CODE_LENGTH}"
    strange = [sign for sign in dict.fromkeys(code) if not _possible(sign)]
    if strange:
        return f"it contains {' '.join(map(_shown, strange))}"
    return None


def _possible(sign: str) -> bool:
    return sign.isalnum() or sign in _PUNCTUATION


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"
