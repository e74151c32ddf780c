"""A slow reference matcher for patterns: computes all positions where a match can end."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

ALPHABET = "AB12-"

Ends = Callable[[str, int], set[int]]


@dataclass(frozen=True)
class Piece:
    text: str
    ends: Ends
    sample: st.SearchStrategy[str]


def matches(pattern: Piece, code: str) -> bool:
    code = code.strip().upper()
    return len(code) in pattern.ends(code, 0)


def _literal(letter: str) -> Piece:
    return Piece(letter, lambda s, i: {i + 1} if s[i : i + 1] == letter.upper() else set(),
                 st.just(letter))  # fmt: skip


STAR = Piece("*", lambda s, i: set(range(i, len(s) + 1)), st.text(ALPHABET, max_size=3))
ANY = Piece("?", lambda s, i: {i + 1} if i < len(s) else set(), st.sampled_from(ALPHABET))


def _class(members: set[str], negated: bool) -> Piece:
    def ends(s: str, i: int) -> set[int]:
        return {i + 1} if i < len(s) and (s[i] in members) != negated else set()

    text = f"[{'!' if negated else ''}{''.join(sorted(members))}]"
    return Piece(text, ends, st.sampled_from(ALPHABET))


def _range(first: int, other: int, width: int) -> Piece:
    low, high = sorted((first, other))
    padded = width > 0

    def spelled(number: int) -> str:
        return str(number).zfill(width) if padded else str(number)

    def ends(s: str, i: int) -> set[int]:
        return {
            i + len(spelled(number))
            for number in range(low, high + 1)
            if s.startswith(spelled(number), i)
        }

    sample = st.integers(max(0, low - 1), high + 1).map(spelled)
    return Piece(f"{{{spelled(low)}..{spelled(high)}}}", ends, sample)


def _letters(first: str, other: str) -> Piece:
    low, high = sorted((first, other))

    def ends(s: str, i: int) -> set[int]:
        return {i + 1} if i < len(s) and low <= s[i] <= high else set()

    return Piece(f"{{{low}..{high}}}", ends, st.sampled_from("ABCD"))


def _sequence(pieces: list[Piece]) -> Piece:
    def ends(s: str, i: int) -> set[int]:
        reached = {i}
        for piece in pieces:
            reached = {end for start in reached for end in piece.ends(s, start)}
        return reached

    sample = st.tuples(*(piece.sample for piece in pieces)).map("".join)
    return Piece("".join(piece.text for piece in pieces), ends, sample)


def _choice(options: list[Piece]) -> Piece:
    def ends(s: str, i: int) -> set[int]:
        return {end for option in options for end in option.ends(s, i)}

    text = "{" + ",".join(option.text for option in options) + "}"
    return Piece(text, ends, st.one_of([option.sample for option in options]))


_FOUR_WIDE = st.integers(0, 120)
SIMPLE = st.one_of(
    st.sampled_from("AaB12-").map(_literal),
    st.just(STAR),
    st.just(ANY),
    st.builds(_class, st.sets(st.sampled_from("AB12"), min_size=1), st.booleans()),
    st.builds(_range, _FOUR_WIDE, _FOUR_WIDE, st.sampled_from([0, 4])),
    st.builds(_letters, st.sampled_from("ABCD"), st.sampled_from("ABCD")),
)


def patterns() -> st.SearchStrategy[Piece]:
    def grow(inner: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
        sequences = st.lists(inner, min_size=1, max_size=4).map(_sequence)
        return st.one_of(sequences, st.lists(sequences, min_size=2, max_size=3).map(_choice))

    return st.recursive(SIMPLE, grow, max_leaves=8).filter(lambda piece: len(piece.text) <= 200)


def codes_near(pattern: Piece) -> st.SearchStrategy[str]:
    """Codes that match, nearly match, or are arbitrary."""
    sample = pattern.sample
    return st.one_of(sample, sample.map(lambda s: s + "A"), sample.map(lambda s: s[1:]),
                     sample.map(str.lower), st.text(ALPHABET, max_size=8))  # fmt: skip
