"""Goods in zones whose temperature does not fit: what they need, and what the zone is."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stockwarden.detection.categories import Categories
from stockwarden.detection.cold_goods_answers import Answers, answers_for, temperature_named_by
from stockwarden.detection.cold_goods_questions import Doubts
from stockwarden.detection.stock import Mask, Stock
from stockwarden.detection.temperatures import (
    AMBIENT,
    CHILLED,
    COLD,
    FROZEN,
    UNKNOWN,
    temperature_of,
)
from stockwarden.warehouse.layout.patterns import compile_pattern

Flags = npt.NDArray[np.int8]
Counts = npt.NDArray[np.int64]

# A word in the names of this many goods, or pallets, most of them in warm zones, is doubtful;
# so is the name of goods of which most were put away in warm zones, this many of them days ago.
MANY_GOODS = 5
MANY_ROWS = 25
MOST = 0.5
KEPT_ROWS, KEPT_HOURS = 5, 24
NAMED_ZONES, _ZONE_NAME = 8, 60
# How far before a word its negation may stand, in characters.
_NEGATION = 80

# Goods that keep at room temperature also keep in a cool room.
_NEED_OF_CLASS = {AMBIENT: AMBIENT | CHILLED}
# The catalog's own word, whatever zones are called.
_WARM_CLASSES = ("AMBIENT",)
_WORDS_OF_NEED = {FROZEN: "frozen", CHILLED: "chilled", COLD: "cold", AMBIENT | CHILLED: "ambient"}

_LETTER = r"[^\W\d_]"
_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:NON|NOT|NO|NEVER|UN|ANTI|PREVIOUSLY|FOR|PARA|POUR|FÜR|PER|VOOR|DLA|SIN|OHNE)"
    r"(?:[\W_]+(?:DEEP|AND|OR|THE|ALL|STORING|FROZEN|CHILLED|REFRIGERATED|COLD|FRESH|Y|E|UND|ET))*"
    r"[\W_]*$"
)


@dataclass(frozen=True)
class Misplaced:
    """`rows` are of goods in a wrong zone, `needs` is what each row's goods need, in a word.

    `skipped` are the rows whose zone or need is unsure, by reason; `doubts` those of them whose
    need is.
    """

    rows: Mask
    needs: npt.NDArray[np.object_]
    skipped: dict[str, Mask]
    doubts: Doubts


def misplaced_goods(
    stock: Stock,
    *,
    patterns: Sequence[str],
    whole_words: Collection[str],
    zones: Sequence[str],
    exclusions: Sequence[str],
    must_stay_cold: Sequence[str],
    need_no_cold: Sequence[str],
) -> Misplaced:
    """Patterns among `whole_words` (`*FROZEN*`) match the word, but not its negation.

    Doubt does not depend on what is known of some goods by `must_stay_cold` and `need_no_cold`.
    """
    zone_flags, skipped = _zones(stock, zones)
    class_flags = _classes(stock, zones)
    by_class = class_flags != UNKNOWN
    need = class_flags.copy()
    rows_of_pattern: dict[str, Mask] = {}
    descriptions = stock.first_of(("description",))
    for pattern in patterns:
        named = _named(descriptions, pattern, pattern in whole_words, exclusions)
        if not named.any():
            continue
        rows = descriptions.broadcast(named, False) & ~by_class
        rows_of_pattern[pattern] = rows
        need[rows] |= temperature_named_by(pattern) or COLD
    answers = answers_for(descriptions, must_stay_cold, need_no_cold, patterns)
    if answers:
        unnamed = descriptions.broadcast(answers.cold, False) & (need == UNKNOWN)
        need[unnamed] = descriptions.broadcast(answers.need, np.int8(UNKNOWN))[unnamed]
    zone_known = zone_flags != UNKNOWN
    wrong: Mask = (need != UNKNOWN) & zone_known & ((need & zone_flags) == 0)
    not_cold, settled = _settled(answers, descriptions, by_class, zone_known, wrong)
    kept = stock.in_types(["STORAGE"]) & (stock.frame.dwell_hours.to_numpy() > KEPT_HOURS)
    words_in_doubt: dict[str, Mask] = {}
    goods_in_doubt: Mask = np.zeros(len(wrong), dtype=bool)
    for pattern, rows in rows_of_pattern.items():
        by_word, by_goods = _doubtful(descriptions, rows & zone_known, wrong, kept, settled)
        word = pattern.strip("*")
        if by_word.any():
            words_in_doubt[pattern] = by_word
            skipped[f"most goods named {word} are in zones of another temperature"] = by_word
        if by_goods.any():
            goods_in_doubt |= by_goods
            skipped[f"goods named {word} that are kept in zones of another temperature"] = by_goods
    found = wrong & ~not_cold
    for mask in skipped.values():
        found &= ~mask
    needs = np.array([_WORDS_OF_NEED.get(flags, "") for flags in range(8)], dtype=object)[need]
    return Misplaced(found, needs, skipped, Doubts(words_in_doubt, goods_in_doubt, needs))


def _zones(stock: Stock, warm: Sequence[str]) -> tuple[Flags, dict[str, Mask]]:
    """The temperature of each row's zone; the rows of unknown ones, by reason."""
    zone = stock.frame["zone"].cat
    index = zone.codes.to_numpy()
    flags = [temperature_of(name, warm) for name in zone.categories]
    by_row: Flags = np.array([*flags, UNKNOWN], dtype=np.int8)[index]
    unknown = (by_row == UNKNOWN) & (index >= 0)
    skipped: dict[str, Mask] = {}
    if unknown.any():
        counts = np.bincount(index[unknown], minlength=len(flags))
        named = np.argsort(-counts, kind="stable")[: min(NAMED_ZONES, np.count_nonzero(counts))]
        for position in named.tolist():
            name = zone.categories[position][:_ZONE_NAME]
            reason = f"temperature of zone {name} unknown"
            skipped[reason] = skipped.get(reason, False) | (index == position)
        others = unknown & ~np.isin(index, named)
        if others.any():
            skipped["temperature of other zones unknown"] = others
    return by_row, skipped


def _classes(stock: Stock, warm: Sequence[str]) -> Flags:
    """What goods need by the storage class of their item, else by that of the file; unknown where
    it is none of temperature."""

    def need_of(name: str | None, warm: Sequence[str]) -> int:
        flags = temperature_of(name.upper(), warm) if name else UNKNOWN
        return _NEED_OF_CLASS.get(flags, flags)

    by_item: Flags = stock.goods.facts(
        lambda item: need_of(item.storage_class, _WARM_CLASSES), missing=np.int8(UNKNOWN)
    )
    if not stock.has("storage_class"):
        return by_item
    classes = stock.codes("storage_class")
    needs = np.array([need_of(name, warm) for name in classes.values], dtype=np.int8)
    by_row: Flags = classes.broadcast(needs, np.int8(UNKNOWN))
    return np.where(by_item == UNKNOWN, by_row, by_item)


def _named(
    descriptions: Categories, pattern: str, whole_word: bool, exclusions: Sequence[str]
) -> Mask:
    """Mask over the distinct descriptions: which say that their goods are what the pattern says."""
    compiled = compile_pattern(pattern)
    named: Mask = np.zeros(len(descriptions.values), dtype=bool)
    excluded, word = _any_phrase(exclusions), _any_phrase([pattern.strip("*")])
    for position, name in enumerate(descriptions.values):
        if compiled.matches_comparable(name) and not excluded.search(name):
            named[position] = not whole_word or any(
                not _BEFORE.search(name, max(0, match.start() - _NEGATION), match.start())
                for match in word.finditer(name)
            )
    return named


def _any_phrase(phrases: Sequence[str]) -> re.Pattern[str]:
    """Matches any of the phrases as whole words, also in the plural."""
    spelled = "|".join(
        r"[\W_]*".join(map(re.escape, re.findall(r"\w+", phrase)))
        for phrase in phrases
        if re.search(r"\w", phrase)
    )
    return re.compile(rf"(?<!{_LETTER})(?:{spelled})(?:E?S)?(?!{_LETTER})" if spelled else r"(?!)")


def _settled(
    answers: Answers | None, descriptions: Categories, by_class: Mask, zone_known: Mask, wrong: Mask
) -> tuple[Mask, Mask]:
    """The rows of goods that need no cold, and the rows of all goods that are in no doubt."""
    if answers is None:
        nothing: Mask = np.zeros(len(wrong), dtype=bool)
        return nothing, nothing
    placed = zone_known & ~by_class
    elsewhere = _mostly_elsewhere(descriptions.counts(placed & wrong), descriptions.counts(placed))
    excluded = answers.not_cold | (answers.not_cold_by_word & elsewhere)
    not_cold: Mask = descriptions.broadcast(excluded, False) & ~by_class
    return not_cold, not_cold | descriptions.broadcast(answers.cold, False)


def _mostly_elsewhere(misplaced: Counts, placed: Counts) -> Mask:
    """Mask over goods: most of their rows are in zones that do not fit."""
    elsewhere: Mask = misplaced > MOST * placed
    return elsewhere


def _doubtful(
    descriptions: Categories, rows: Mask, wrong: Mask, kept: Mask, settled: Mask
) -> tuple[Mask, Mask]:
    """The misplaced rows where the word of a pattern may mean no temperature, and those where the
    name of the goods may not; of neither those that are `settled`.

    Goods of which most are where they fit are in neither: one pallet away from the others is real.
    """
    placed = descriptions.counts(rows)
    misplaced = descriptions.counts(rows & wrong)
    elsewhere = _mostly_elsewhere(misplaced, placed)
    goods_in_doubt = elsewhere & (descriptions.counts(rows & wrong & kept) >= KEPT_ROWS)
    many_goods = np.count_nonzero(elsewhere) >= MANY_GOODS
    many_rows = misplaced[~goods_in_doubt].sum() >= MANY_ROWS
    most = misplaced.sum() > MOST * placed.sum()
    word_in_doubt = elsewhere & (most and bool(many_goods or many_rows))
    asked = rows & wrong & ~settled
    by_word: Mask = descriptions.broadcast(word_in_doubt, False) & asked
    by_goods: Mask = descriptions.broadcast(goods_in_doubt, False) & asked & ~by_word
    return by_word, by_goods
