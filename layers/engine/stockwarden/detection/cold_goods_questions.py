"""Builds the questions about goods that are held back because their need of cold is in doubt."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stockwarden.core.text import name_from
from stockwarden.detection.cold_goods import (
    LONGEST_TEXT,
    MOST_EXAMPLES,
    MOST_QUESTIONS,
    MOST_ZONES,
    ColdGoodsQuestion,
    ColdGoodsQuestions,
)
from stockwarden.detection.stock import Mask, Stock
from stockwarden.warehouse.layout.patterns import MAX_LENGTH

_SPECIAL = re.compile(r"[*?\[\]{}]")


@dataclass(frozen=True)
class Doubts:
    """The rows that are held back: for each pattern whose word may mean no temperature, and those
    of goods whose whole name may mean none. `needs` is what each row's goods would need."""

    by_word: Mapping[str, Mask]
    by_goods: Mask
    needs: npt.NDArray[np.object_]


class _Candidate(NamedTuple):
    """A word, with its `pattern`, or the description at `position`."""

    text: str
    pallets: int
    pattern: str = ""
    position: int = -1


def questions_about(stock: Stock, doubts: Doubts, judged: Mask) -> ColdGoodsQuestions:
    """One question for each word in doubt, and one for each other description in doubt, by the
    number of pallets among the `judged` rows, then by text."""
    descriptions, subjects = stock.first_of(("description",)), stock.subjects.codes
    by_goods = doubts.by_goods & judged
    candidates = []
    for pattern, mask in doubts.by_word.items():
        by_goods &= ~mask
        pallets = len(np.unique(subjects.index[mask & judged]))
        if pallets:
            candidates.append(_Candidate(pattern.strip("*") or pattern, pallets, pattern))
    pairs = descriptions.index[by_goods] * len(subjects.values) + subjects.index[by_goods]
    pallets_of = np.bincount(np.unique(pairs) // max(1, len(subjects.values)))
    candidates += [
        _Candidate(descriptions.values[position], int(pallets_of[position]), position=position)
        for position in np.flatnonzero(pallets_of).tolist()
    ]
    asked = nsmallest(MOST_QUESTIONS, candidates, key=lambda asked: (-asked.pallets, asked.text))
    questions = []
    for candidate in asked:
        if candidate.pattern:
            rows = doubts.by_word[candidate.pattern] & judged
        else:
            rows = by_goods & (descriptions.index == candidate.position)
        questions.append(_question(stock, candidate, rows, doubts.needs[rows]))
    return ColdGoodsQuestions(tuple(questions), len(candidates) - len(questions))


def pattern_of(description: str) -> str:
    """The pattern that exactly this description matches; one that it begins with, if it is too
    long. `?` stands for each character that no pattern may hold."""
    visible = name_from(description, lambda _: "\0")
    signs = ["?" if sign == "\0" else _SPECIAL.sub(r"[\g<0>]", sign) for sign in visible]
    pattern = "".join(signs)
    while len(pattern) > MAX_LENGTH:
        signs = signs[: min(len(signs) - 1, MAX_LENGTH)]
        pattern = "".join(signs) + "*"
    return pattern


def _question(
    stock: Stock, candidate: _Candidate, rows: Mask, needs: npt.NDArray[np.object_]
) -> ColdGoodsQuestion:
    descriptions, zone = stock.first_of(("description",)), stock.frame["zone"].cat
    examples = _most_frequent(descriptions.index[rows], descriptions.values, MOST_EXAMPLES)
    zones = _most_frequent(zone.codes.to_numpy()[rows], zone.categories.tolist(), MOST_ZONES)
    ((need, _),) = Counter(needs.tolist()).most_common(1)
    return ColdGoodsQuestion(
        about="word" if candidate.pattern else "description",
        text=_shortened(candidate.text),
        pattern=candidate.pattern or pattern_of(candidate.text),
        need=need,
        goods=len(np.unique(descriptions.index[rows])),
        pallets=candidate.pallets,
        examples=tuple(map(_shortened, examples)),
        zones=tuple(map(_shortened, zones)),
    )


def _most_frequent(index: npt.NDArray[np.integer], names: list[str], most: int) -> Iterable[str]:
    positions, counts = np.unique(index, return_counts=True)
    by_name = zip(counts.tolist(), [names[position] for position in positions], strict=True)
    return [name for _, name in nsmallest(most, by_name, key=lambda pair: (-pair[0], pair[1]))]


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
