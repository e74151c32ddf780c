"""The words, signs and marks that mean that a cell holds nothing, or text."""

from collections.abc import Iterable

NOTHING_WORDS = (
    "", "null", "(null)", "[null]", "none", "nan", "NaN", "<na>", "n/a", "na", "nil", "-", "--",
    "—", "\\n", "(blank)", "(vacío)", "(en blanco)", "(leer)", "(vide)", "(vazio)", "(vuoto)",
    "(leeg)", "(puste)", "s/d", "n/d", "k.a.", "n.v.t.", "n.b.",
)  # fmt: skip
ERROR_WORDS = (
    "#n/a", "#na", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#spill!",
    "#calc!", "#getting_data", "#n/d", "#¡ref!", "#¡valor!", "#¡div/0!", "#¿nombre?",
    "#¡nulo!", "#¡num!", "#nv", "#bezug!", "#wert!", "#zahl!", "#nom?", "#valeur!", "#nombre!",
    "#valor!", "#nome?", "#núm!", "#valore!", "#rif!", "#n/b", "#waarde!", "#verw!", "#getal!",
    "#naam?", "#adr!", "#arg!", "#liczba!", "#nazwa?", "#n/d!",
)  # fmt: skip


def spellings(words: Iterable[str]) -> frozenset[str]:
    """The words as they are, in capitals, and with a capital."""
    return frozenset(
        spelling for word in words for spelling in (word, word.upper(), word.capitalize())
    )


NOTHING = spellings(NOTHING_WORDS)
ERRORS = spellings(ERROR_WORDS)
_NOTHING_SHAPES = frozenset(word.lower() for word in NOTHING_WORDS)


def is_nothing_shape(shape: str) -> bool:
    """Whether texts of this shape (lower case) mean that the cell holds nothing."""
    return shape in _NOTHING_SHAPES


def without_mark(text: str) -> str:
    """A code without the apostrophes that mark it as text: `'001A` and `'001A'` are `001A`."""
    if not text.startswith("'"):
        return text
    text = text[1:]
    return (text[:-1] if text.endswith("'") else text).strip()
