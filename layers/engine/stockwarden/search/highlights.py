"""Where in a text the words of a query stand."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from stockwarden.core.words import Word, words_in
from stockwarden.search.model import Match

# Of a longer text the part around the first match is shown.
_LONGEST = 160
_BEFORE = 40


def matches_in(
    texts: Mapping[str, str],
    words: Sequence[str],
    *,
    codes: Mapping[str, str],
    prefixes: Sequence[str],
) -> list[Match]:
    """Those of the fields that have a match: words begin words of `texts` and `codes`, and one
    of `prefixes` stands in a code, whatever separates the parts of that."""
    matches = []
    for name, text in {**codes, **texts}.items():
        found = list(words_in(text))
        if name in codes:
            long_words = [word for word in words if len(word) > 1]
            ranges = _beginnings(found, long_words) + _across(found, prefixes)
        else:
            ranges = _beginnings(found, words)
        if ranges:
            matches.append(_match(name, text, _merged(ranges)))
    return matches


def _beginnings(found: Sequence[Word], words: Sequence[str]) -> list[tuple[int, int]]:
    """Also where a word of the query is two in the text: `12mm` in `12 mm`."""
    ranges = []
    for word, following in zip_longest(found, found[1:]):
        lengths = [len(text) for text in words if word.text.startswith(text)]
        if lengths:
            ranges.append((word.start, word.ends[max(lengths) - 1]))
        if following is None:
            continue
        for text in words:
            rest = text.removeprefix(word.text)
            if 0 < len(rest) < len(text) and following.text.startswith(rest):
                ranges.append((word.start, following.ends[len(rest) - 1]))
    return ranges


def _across(found: Sequence[Word], prefixes: Iterable[str]) -> list[tuple[int, int]]:
    """The place of the first of the prefixes in the text of a code, whose separators they lack."""
    whole = "".join(word.text for word in found)
    starts = [begin for word in found for begin in (word.start, *word.ends[:-1])]
    ends = [end for word in found for end in word.ends]
    for prefix in prefixes:
        start = whole.find(prefix)
        if prefix and start >= 0:
            return [(starts[start], ends[start + len(prefix) - 1])]
    return []


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _match(name: str, text: str, ranges: Sequence[tuple[int, int]]) -> Match:
    begin = max(0, ranges[0][0] - _BEFORE) if len(text) > _LONGEST else 0
    shown = text[begin : begin + _LONGEST]
    inside = [(start - begin, min(end - begin, len(shown))) for start, end in ranges]
    return Match(
        field=name,
        text=shown,
        ranges=[
            [_units(shown[:start]), _units(shown[:end])]
            for start, end in inside
            if start < len(shown)
        ],
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
