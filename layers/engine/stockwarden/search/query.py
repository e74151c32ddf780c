"""What somebody has typed or scanned, as the conditions that a document is found by.

Every word must be there, in any order, and may be the beginning of a longer one. Nothing that is
typed has a meaning of its own: words hold letters and digits alone, so no operator can be written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from stockwarden.core.errors import Invalid
from stockwarden.core.gs1.element_strings import looks_like_element_string, parse_element_string
from stockwarden.core.words import compact, folded_words
from stockwarden.search.terms import ENDING, EXACT, FIRST, MORE, NAME, exact_forms

MAX_LENGTH = 500
_MOST_WORDS = 16
_LONGEST_WORD = 40
_ANYWHERE = (NAME, MORE, EXACT, ENDING)


class Vocabulary(Protocol):
    """The terms of an index, each as an expression of FTS5; none where there are none."""

    def beginning_with(self, text: str) -> list[str]:
        """All terms that begin so, or one expression that stands for them."""

    def first_beginning_with(self, text: str) -> list[str]:
        """The first of them, where there are many: to read them all takes longer the more there
        are."""


@dataclass(frozen=True)
class Query:
    """`words` are folded; `codes` are the forms of the whole text as a code, `prefix` is the one
    that longer codes may begin with. `only_whole` finds what has such a code, and nothing else."""

    words: tuple[str, ...]
    codes: tuple[str, ...]
    prefix: str
    only_whole: bool = False

    def conditions(self, vocabulary: Vocabulary) -> Iterator[str]:
        """In the order of the ranks: each an expression of FTS5 with the terms of `terms.py`, or ""
        where there can be no document."""
        yield _any_of(f'"{EXACT}{code}"' for code in self.codes)
        if self.only_whole:
            return
        for letter in (EXACT, ENDING):
            # Those that are not among the first ones are found as words, at last.
            yield _any_of(vocabulary.first_beginning_with(letter + self.prefix))
        yield _all_of(f'"{NAME}{word}"' for word in self.words)
        beginnings = {
            letter: [_any_of(vocabulary.beginning_with(letter + word)) for word in self.words]
            for letter in _ANYWHERE
        }
        in_title = _all_of(beginnings[NAME])
        yield _all_of([_any_of(vocabulary.beginning_with(FIRST + self.words[0])), in_title])
        yield in_title
        yield _all_of(map(_any_of, zip(*beginnings.values(), strict=True)))


def parse_query(text: str, today: date) -> Query:
    """Raises Invalid for a text without letters and digits."""
    code = _scanned(text, today)
    if code is not None:
        return Query((), tuple(exact_forms(code)), compact(code), only_whole=True)
    words = tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in folded_words(text)))
    if not words:
        raise Invalid.field("/q", "Type letters or digits of what you look for.")
    whole = compact(text)[:_LONGEST_WORD]
    return Query(words[:_MOST_WORDS], tuple(exact_forms(text)), whole, len(whole) == 1)


def _scanned(text: str, today: date) -> str | None:
    """The GTIN or SSCC of a GS1 label; None for any other text, and for a label that is damaged."""
    if not looks_like_element_string(text):
        return None
    try:
        elements = parse_element_string(text, today)
    except ValueError:
        return None
    return elements.gtin or elements.sscc


def _any_of(expressions: Iterable[str]) -> str:
    some = [each for each in expressions if each]
    return f"({' OR '.join(some)})" if some else ""


def _all_of(expressions: Iterable[str]) -> str:
    every = list(expressions)
    return " AND ".join(every) if all(every) else ""
