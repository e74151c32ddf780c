"""The words by which a document is found, each with the letter of where it stands.

| letter | of the item `W-0042`, "Bolts M 8, zinc"                                     |
|--------|-----------------------------------------------------------------------------|
| e      | its codes without separators: `w0042`, and a GTIN without leading zeros too |
| c      | what these end with from each of their parts: `0042`, `42`                  |
| f      | the first word of its title: `bolts`                                        |
| n      | the words of its title, and number and unit as one: `bolts m 8 zinc m8`     |
| m      | the words of its other texts                                                |
| s      | its type, whose it is, and whether it is archived                           |

So the index has a list of its own for each word in each place, which columns would not give it.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from stockwarden.core.words import compact, folded_words
from stockwarden.search.document import Document

EXACT, ENDING, FIRST, NAME, MORE, SCOPE = "ecfnms"
COMPANY = "company"
ARCHIVED = "archived"
# More would only make the index larger: nobody types them.
_MOST_WORDS = 200
_LONGEST_WORD = 40
# `12 mm` and `M 8`, which others write as one word.
_SHORT = 3
_PARTS = re.compile(r"[0-9]+|[^0-9]+")


def terms_of(document: Document) -> list[str]:
    """Words with their letters, each once."""
    title = _words(document.title)
    codes = list(document.codes.values())
    more = [word for text in document.texts.values() for word in _words(text)]
    owner = compact(document.warehouse_id) if document.warehouse_id else COMPANY
    words: tuple[tuple[str, Iterable[str]], ...] = (
        (EXACT, (form for code in codes for form in exact_forms(code))),
        (ENDING, (ending for code in codes for ending in _endings(code))),
        (FIRST, title[:1]),
        (NAME, (*title, *_joined(title))),
        (MORE, (*more, *_joined(more))),
        (SCOPE, (compact(document.type), owner, *([ARCHIVED] if document.archived else ()))),
    )
    return list({letter + word: None for letter, each in words for word in each})


def exact_forms(code: str) -> list[str]:
    """A code as a whole. One of digits alone also without the zeros that it begins with."""
    whole = compact(code)[:_LONGEST_WORD]
    forms = [whole, whole.lstrip("0")] if whole.isdigit() else [whole]
    return [form for form in dict.fromkeys(forms) if form]


def _endings(code: str) -> Iterable[str]:
    """From each part of a code to its end: of `PO-2026-0042`, `20260042`, `0042` and `42`. A part
    has digits or letters, so `W0042` has two."""
    parts = [part for word in folded_words(code) for part in _PARTS.findall(word)]
    for begin in range(1, len(parts)):
        yield "".join(parts[begin:])[:_LONGEST_WORD]
    if len(parts) > 1 and parts[-1].isdigit() and parts[-1].lstrip("0"):
        yield parts[-1].lstrip("0")[:_LONGEST_WORD]


def _words(text: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in folded_words(text)[:_MOST_WORDS]]


def _joined(words: list[str]) -> Iterable[str]:
    return (
        first + second
        for first, second in pairwise(words)
        if first.isdigit() != second.isdigit() and min(len(first), len(second)) <= _SHORT
    )
