"""Words and codes as they are searched."""

import pytest

from stockwarden.core.words import compact, folded_words, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bolts M 8, zinc-plated", ["bolts", "m", "8", "zinc", "plated"]),
        ("Señal Größe ØL Łódź", ["senal", "grosse", "ol", "lodz"]),
        ("İstanbul ısı", ["istanbul", "isi"]),
        ("cafe\u0301 Æble œuf", ["cafe", "aeble", "oeuf"]),
        ("ＡＢＣ ½ ﬁn", ["abc", "12", "fin"]),
        ("Ящик ёлка", ["ящик", "елка"]),
        ("日本語 한국", ["日本語", "\u1112\u1161\u11ab\u1100\u116e\u11a8"]),
        ("a\x00b\u200bc\n'\"*()", ["a", "b", "c"]),
        ("", []),
        ("\u0301 -- ", []),
    ],
)
def test_words(text, words):
    assert [word.text for word in words_in(text)] == words
    assert folded_words(text) == words


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("W-001", "w 001"),
        ("PO-2026/0042", "po20260042"),
        ("Ñ-1", "n1"),
        ("ÅB.7", "ab7"),
        ("***", ""),
    ],
)
def test_codes_are_the_same_without_separators(code, same):
    assert compact(code) == compact(same)


def test_the_place_of_each_letter_is_known():
    (first, second) = words_in("¡Größe ﬁn!")
    assert (first.start, list(first.ends)) == (1, [2, 3, 4, 5, 5, 6])
    assert (second.start, list(second.ends)) == (7, [8, 8, 9])


def test_accents_of_their_own_belong_to_their_letter():
    (word,) = words_in("e\u0301t")
    assert (word.text, word.start, list(word.ends)) == ("et", 0, [2, 3])
