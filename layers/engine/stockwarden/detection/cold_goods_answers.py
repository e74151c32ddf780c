"""What people have said about goods in doubt: which must stay cold, and which need no cold."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stockwarden.detection.categories import Categories
from stockwarden.detection.temperatures import COLD, UNKNOWN, temperature_of
from stockwarden.warehouse.layout.automaton import NO_MATCH, Automaton
from stockwarden.warehouse.layout.patterns import compile_pattern

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Answers:
    """Masks over the distinct descriptions. Goods that are `cold` must stay cold, and `need` says
    how, as flags; those that are `not_cold` need no cold. Goods of which only a word is
    `not_cold_by_word` need none if most of them are in zones of another temperature."""

    cold: Mask
    need: npt.NDArray[np.int8]
    not_cold: Mask
    not_cold_by_word: Mask


def answers_for(
    descriptions: Categories,
    must_stay_cold: Sequence[str],
    need_no_cold: Sequence[str],
    words: Collection[str],
) -> Answers | None:
    """The longest pattern that matches a description answers for it. None without patterns.

    `words` are the patterns whose word is taken for a temperature.
    """
    said = [(text, True) for text in must_stay_cold] + [(text, False) for text in need_no_cold]
    if not said:
        return None
    said.sort(key=lambda answer: (-len(answer[0].replace("*", "")), answer[0].count("*")))
    automaton = Automaton(compile_pattern(text).node for text, _ in said)
    first = np.asarray(automaton.first_matches(descriptions.values), dtype=np.int64)
    matched = first != NO_MATCH
    is_yes = np.array([is_cold for _, is_cold in said])[first]
    is_word = np.array([text in words for text, _ in said])[first]
    cold: Mask = matched & is_yes
    need = np.array([temperature_named_by(text) for text, _ in said], dtype=np.int8)[first]
    for position in np.flatnonzero(cold & (need == UNKNOWN)).tolist():
        need[position] = temperature_of(descriptions.values[position], ()) or COLD
    not_cold = matched & ~is_yes
    return Answers(cold, need, not_cold & ~is_word, not_cold & is_word)


def temperature_named_by(pattern: str) -> int:
    """The temperature that the words of a pattern say; 0 if they say none."""
    return temperature_of(re.sub(r"\W", " ", pattern), ())
