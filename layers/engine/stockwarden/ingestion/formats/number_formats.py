"""Number formats that show a whole number as a code: `000000`, `"P-"000`, `000-000`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?])|([- +()])|(.)', re.DOTALL)
_CURRENCY = re.compile(r"[$€£¥]|\b(?:EUR|USD|GBP)\b")
_MONTH_ONLY = re.compile(r"[my]+(?:[-/. ,']*[my]+)+", re.IGNORECASE)
_IGNORED = re.compile(r'\[[^\]]*\]|\\|"[^"]*"|@|;.*', re.DOTALL)
_BUILT_IN_MONTHS = frozenset({17, 55})  # mmm-yy
_LONGEST = 80

Show = Callable[[int], str]


@dataclass(frozen=True)
class _Template:
    """Texts between digits: `texts[0]` before the first digit, and so on."""

    texts: tuple[str, ...]
    zeros: int

    def __call__(self, number: int) -> str:
        digits = str(number).zfill(self.zeros)
        places = len(self.texts) - 1
        if len(digits) < places:
            return "".join(self.texts[: places - len(digits)]) + self._fill(digits)
        extra = len(digits) - places
        return self.texts[0] + digits[:extra] + self._fill(digits[extra:], after=1)

    def _fill(self, digits: str, after: int = 0) -> str:
        texts = self.texts[-len(digits) :] if digits else ()
        before = "" if after else self.texts[len(self.texts) - len(digits) - 1]
        return before + "".join(digit + text for digit, text in zip(digits, texts, strict=True))


def code_format(format_code: str) -> Show | None:
    """How the format shows a whole number that is not negative.

    None where it shows no code: the number alone, an amount, a share, a date.
    """
    if len(format_code) > _LONGEST or _CURRENCY.search(format_code):
        return None
    texts, zeros = [""], 0
    for match in _TOKEN.finditer(_first_section(format_code)):
        quoted, escaped, place, sign, other = match.groups()
        if other is not None:
            return None
        if place is None:
            texts[-1] += quoted or escaped or sign or ""
        else:
            zeros += place == "0"
            texts.append("")
    shows_code = zeros > 1 or any(text.strip(" ()") for text in texts)
    return _Template(tuple(texts), zeros) if zeros and shows_code else None


def shows_months(format_id: int, format_code: str | None) -> bool:
    """Whether the format shows a date as a month of a year, without its day."""
    if format_code is None:
        return format_id in _BUILT_IN_MONTHS
    shown = _IGNORED.sub("", format_code).strip().lower()
    return "m" in shown and "y" in shown and _MONTH_ONLY.fullmatch(shown) is not None


def _first_section(format_code: str) -> str:
    """The section for positive numbers: the text before a `;` that is not quoted."""
    quoted = False
    for index, character in enumerate(format_code):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            return format_code[:index]
    return format_code
