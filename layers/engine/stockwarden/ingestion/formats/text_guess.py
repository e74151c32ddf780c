"""Guesses the encoding of text that is no UTF-8, from how plausible its letters are.

A wrong encoding gives itself away: signs inside words, capitals behind small letters, letters of
no language, characters that nobody uses. The words with such bytes are few, so a sample decides.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WORDS = 250
_LONGEST = 60
_WORD = re.compile(rb"[^\s,;\"|^]*[\x80-\xff][^\s,;\"|^]*")
_NOT_LATIN = "\u0370"
_WITHIN_WORD = re.compile(r"[a-z][\u0370-\uffef]|[\u0370-\uffef][a-z]")
_SIGNS = frozenset("°²³½¼¾®™€£§–—“”„‘’«»¡¿·•…×±µºª©№\u00a0")
_EAST_ASIAN = ("cp932", "cp949", "gbk", "big5")
# Korean syllables have the bytes of the Chinese characters from A to S: so many without a later
# one are no Chinese.
_SYLLABLES = 6
_SURE, _ENOUGH = 0.95, 0.7
# Encodings of systems that few files come from today have to look better than the others.
_OLD, _OLD_FACTOR = frozenset({"mac_roman", "cp850", "cp852", "cp866", "koi8_r"}), 0.94

NAMES = {
    "cp1252": "Western European", "cp850": "Western European (DOS)",
    "mac_roman": "Western European (Mac)", "cp1250": "Central European",
    "iso8859_2": "Central European", "cp852": "Central European (DOS)", "cp1251": "Cyrillic",
    "koi8_r": "Cyrillic", "cp866": "Cyrillic (DOS)", "cp1253": "Greek", "cp1254": "Turkish",
    "cp1257": "Baltic", "cp932": "Japanese (Shift-JIS)", "gbk": "simplified Chinese (GBK)",
    "big5": "traditional Chinese (Big5)", "cp949": "Korean",
}  # fmt: skip
_WESTERN = (
    "áéíóúüñ", "äöüß", "àâæçéèêëîïôœùûüÿ", "áàâãçéêíóôõú", "àèéìíîòóù", "éëïóöüèê", "åäöéæø",
)  # fmt: skip
_CENTRAL = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţșț", "äöüß",
)  # fmt: skip
_CYRILLIC = ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",)
# Candidates with the letters of their languages, the likeliest first.
_LETTERS = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "cp1254": ("çğıöşüâîû",),
    "cp1251": _CYRILLIC,
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "iso8859_2": _CENTRAL,
    "cp852": _CENTRAL,
    "cp866": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}
_ALPHABETS = {
    encoding: [frozenset(letters + letters.upper() + "İ") for letters in languages]
    for encoding, languages in _LETTERS.items()
}


@dataclass(frozen=True)
class Guess:
    """The likeliest encoding; `plausible` says that its letters make words. `others` are those that
    the file may be in as well, the likeliest first."""

    encoding: str
    plausible: bool
    others: tuple[str, ...] = ()


def guess_encoding(lines: Sequence[bytes]) -> Guess:
    """The likeliest encoding of lines that have bytes beyond ASCII, and are no UTF-8."""
    scores = _scores_of_letters(_words(lines))
    best, score = next(iter(scores.items()), ("cp1252", 0.0))
    if score < _SURE:
        east_asian = _scores_of_east_asia(b"\n".join(lines))
        scores = _ranked({**scores, **east_asian})
        asian, common = next(iter(east_asian.items()), ("", 0.0))
        if common > max(score, _ENOUGH):
            best, score = asian, common
    others = tuple(encoding for encoding in scores if encoding != best)
    return Guess(best, score >= _ENOUGH, others)


def _words(lines: Sequence[bytes]) -> list[bytes]:
    words: dict[bytes, None] = {}
    for line in lines:
        words.update(dict.fromkeys(word[:_LONGEST] for word in _WORD.findall(line)))
        if len(words) >= _WORDS:
            break
    return list(words)[:_WORDS]


def _ranked(scores: Mapping[str, float]) -> dict[str, float]:
    """{encoding: score}, the best first; of equal ones the first stays first."""
    return dict(sorted(scores.items(), key=lambda entry: -round(entry[1], 9)))


def _scores_of_letters(words: Sequence[bytes]) -> dict[str, float]:
    """The scores of the encodings that the words may be in, the best first."""
    scores = {}
    for encoding, alphabets in _ALPHABETS.items():
        try:
            texts = [word.decode(encoding) for word in words]
        except UnicodeDecodeError:
            continue
        score = max(_plausibility(texts, alphabet) for alphabet in alphabets)
        scores[encoding] = score * (_OLD_FACTOR if encoding in _OLD else 1.0)
    return _ranked(scores)


def _plausibility(texts: Sequence[str], alphabet: frozenset[str]) -> float:
    """The share of characters beyond ASCII that stand where a writer would put them."""
    good = total = 0.0
    for text in texts:
        for index, character in enumerate(text):
            if character.isascii():
                continue
            before = text[index - 1 : index]
            after = text[index + 1 : index + 2]
            total += 1
            if character in alphabet:
                good += _fits_letter(character, before, after)
            elif character in _SIGNS:
                inside = before.isalpha() and after.isalpha()
                good += 0.6 if not inside or character in "’·" else 0.0
    return good / total if total else 0.0


def _fits_letter(character: str, before: str, after: str) -> float:
    if character >= _NOT_LATIN and any(
        near.isascii() and near.isalpha() for near in before + after
    ):
        return 0.0
    if character.isupper():
        return 0.0 if before.islower() else 1.0
    if before.isdigit() or after.isdigit():
        return 0.2
    # A capital follows a small letter in no word.
    return 0.2 if after.isupper() else 1.0


def _scores_of_east_asia(data: bytes) -> dict[str, float]:
    scores = {}
    for encoding in _EAST_ASIAN:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores[encoding] = _common_share(text, encoding)
    return _ranked(scores)


def _common_share(text: str, encoding: str) -> float:
    """The share of characters beyond ASCII that are in everyday use in the encoding."""
    others = [character for character in text if not character.isascii()]
    leads = [character.encode(encoding)[:2] for character in others]
    common = sum(map(_IS_COMMON[encoding], others, leads))
    # Nobody writes a sign of these languages within a Latin word.
    common -= len(_WITHIN_WORD.findall(text))
    if encoding == "cp949" and (any(map(_is_hanja, leads)) or len(set(leads)) < _SYLLABLES):
        return 0.0
    return common / len(others) if others else 0.0


def _is_hanja(lead: bytes) -> bool:
    return len(lead) == 2 and 0xC9 <= lead[0] <= 0xFD and lead[1] >= 0xA1


def _common_japanese(character: str, lead: bytes) -> bool:
    kana = "\u3041" <= character <= "\u30ff"
    return (
        kana or 0x889F <= int.from_bytes(lead, "big") <= 0x9872 or "\uff01" <= character <= "\uff5e"
    )


def _common_chinese(character: str, lead: bytes) -> bool:
    wide = "\uff01" <= character <= "\uff5e" or character in "、。“”《》（）·"
    return wide or (len(lead) == 2 and 0xB0 <= lead[0] <= 0xD7 and lead[1] >= 0xA1)


def _common_traditional(character: str, lead: bytes) -> bool:
    wide = "\uff01" <= character <= "\uff5e" or character in "、。（）"
    return wide or (len(lead) == 2 and 0xA4 <= lead[0] <= 0xC6)


def _common_korean(character: str, lead: bytes) -> bool:
    wide = "\uff01" <= character <= "\uff5e"
    return wide or (len(lead) == 2 and 0xB0 <= lead[0] <= 0xC8 and lead[1] >= 0xA1)


_IS_COMMON = {
    "cp932": _common_japanese,
    "gbk": _common_chinese,
    "big5": _common_traditional,
    "cp949": _common_korean,
}
