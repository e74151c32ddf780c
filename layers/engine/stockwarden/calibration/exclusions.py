"""What could be excluded from a rule: words of descriptions, and locations or pallet ids that begin
alike. Each has the settings that would exclude it, and covers what these would no longer report.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from stockwarden.calibration.judged import Seen
from stockwarden.calibration.model import ExcludedKind
from stockwarden.core.text import check_name
from stockwarden.detection.detector import Detector
from stockwarden.detection.parameters import MAX_TEXTS
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import MAX_PATTERNS
from stockwarden.warehouse.layout.patterns import comparable, compile_pattern

# The parameter that holds words of a description that say that it is none of the rule's goods.
WORDS = "exclusions"
_LETTERS = re.compile(r"[^\W\d_]+")
_BEGINNING = re.compile(r"[^\W\d_]+(?=[0-9])")
_SEPARATOR = re.compile(r"[-_/. ]")
_SPECIAL = frozenset("*?[]{}")
SHORTEST_WORD, LONGEST_WORD, MOST_WORDS = 3, 40, 20
LONGEST_CODE, MOST_BEGINNINGS = 80, 3
# Of a description only this much is read: an inventory's cell may hold 32,767 characters.
_READ = 400
_JOINING = frozenset(
    {
        "AND", "FOR", "THE", "WITH", "FROM", "PCS", "DEL", "LOS", "LAS", "CON", "PARA", "POR",
        "UND", "MIT", "FÜR", "LES", "DES", "POUR", "AVEC",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Exclusion:
    """`text` is a word, or a pattern of codes; `settings` are those of the rule with it. `by_word`:
    it is one of the words of the rule, not of its scope."""

    kind: ExcludedKind
    text: str
    settings: RuleSettings
    covers: Callable[[Seen], bool]
    by_word: bool = False


class Exclusions:
    """The exclusions that can be added to the settings of a rule."""

    def __init__(self, detector: Detector, settings: RuleSettings) -> None:
        self.settings = settings
        self.parameters = detector.read_parameters(settings.parameters)
        self.words = self._texts(WORDS)
        self.excluded_words = _phrases(self.words)
        self.takes_words = any(parameter.name == WORDS for parameter in detector.parameters)
        # A word that the rule looks for would exclude everything that it is there for.
        self.own_words = {
            word for text in self._texts("patterns") for word in _LETTERS.findall(text.upper())
        }
        scope = settings.scope
        self.patterns = [compile_pattern(text) for text in scope.excluded]
        self.locations = [compile_pattern(text) for text in scope.locations]

    @property
    def full(self) -> bool:
        """Whether the settings hold as many exclusions as they can."""
        return len(self.settings.scope.excluded) >= MAX_PATTERNS

    def has(self, seen: Seen) -> bool:
        """Whether the settings exclude the anomaly already."""
        return (
            any(_fits(pattern.matches, seen) for pattern in self.patterns)
            or _says(self.excluded_words, seen)
            or self._is_outside(seen.location)
        )

    def _is_outside(self, location: str | None) -> bool:
        if not self.locations or location is None:
            return False
        return not any(pattern.matches(location) for pattern in self.locations)

    def texts(self, kind: ExcludedKind, seen: Seen) -> Iterator[str]:
        """The texts by which the anomaly, and others like it, could be excluded."""
        match kind:
            case "descriptions":
                yield from (word for word in _words(seen) if word not in self.own_words)
            case "locations":
                yield from _beginnings(seen.location, whole=True)
            case "pallets":
                yield from _beginnings(seen.pallet_id, whole=False)

    def with_text(self, kind: ExcludedKind, text: str) -> Exclusion | None:
        """None where there is no room for it, or settings take no such text."""
        try:
            check_name(text)
        except ValueError:
            return None
        if kind == "descriptions" and self.takes_words and len(self.words) < MAX_TEXTS:
            parameters = {**self.settings.parameters, WORDS: (*self.words, text)}
            settings = replace(self.settings, parameters=parameters)
            phrase = _phrases([text])
            return Exclusion(kind, text, settings, lambda seen: _says(phrase, seen), by_word=True)
        if self.full:
            return None
        pattern = compile_pattern(f"*{text}*" if kind == "descriptions" else text)
        scope = self.settings.scope
        settings = replace(
            self.settings, scope=replace(scope, excluded=(*scope.excluded, pattern.text))
        )
        return Exclusion(kind, text, settings, lambda seen: _fits(pattern.matches, seen))

    def _texts(self, parameter: str) -> Sequence[str]:
        value = self.parameters.get(parameter, ())
        return value if isinstance(value, tuple) else ()


def _phrases(texts: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the texts as whole words side by side, the last one also in the plural: as
    detectors exclude them."""
    spelled = "|".join(
        r"[\W_]*".join(map(re.escape, words))
        for words in (re.findall(r"\w+", text.upper()) for text in texts)
        if words
    )
    return re.compile(rf"(?<![^\W\d_])(?:{spelled})(?:E?S)?(?![^\W\d_])" if spelled else r"(?!)")


def _says(phrases: re.Pattern[str], seen: Seen) -> bool:
    return seen.description is not None and bool(phrases.search(comparable(seen.description)))


def text_of(kind: ExcludedKind, seen: Seen) -> str | None:
    """What an exclusion of this kind looks at."""
    match kind:
        case "descriptions":
            return seen.description
        case "locations":
            return seen.location
        case "pallets":
            return seen.pallet_id


def _fits(matches: Callable[[str], bool], seen: Seen) -> bool:
    """As the scope of a rule: whatever the pattern was meant for."""
    return any(
        text is not None and matches(text)
        for text in (seen.pallet_id, seen.location, seen.description)
    )


def _words(seen: Seen) -> list[str]:
    """The words of the description, of letters alone, and without the S of a plural; not the one at
    which it was cut."""
    if seen.description is None:
        return []
    text = comparable(seen.description)
    if not seen.complete:
        text = text.rstrip("…")
    known = text[:_READ]
    words = _LETTERS.findall(known)
    if words and (not seen.complete or len(text) > _READ) and known.endswith(words[-1]):
        words.pop()
    usable = (
        word
        for word in words
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word not in _JOINING
    )
    read = list(dict.fromkeys(usable))[:MOST_WORDS]
    singular = [word[:-1] for word in read if word.endswith("S") and len(word) > SHORTEST_WORD]
    return list(dict.fromkeys([*read, *singular]))


def _beginnings(code: str | None, *, whole: bool) -> list[str]:
    """Patterns that the code and others that begin like it fit: `QC-*`, `QC[0-9]*`, `QC-01`."""
    text = comparable(code or "")
    if not text or len(text) > LONGEST_CODE or not _SPECIAL.isdisjoint(text):
        return []
    ends = [match.end() for match in _SEPARATOR.finditer(text) if match.start() > 0]
    patterns = [f"{text[:end]}*" for end in ends[:MOST_BEGINNINGS] if end < len(text)]
    letters = _BEGINNING.match(text)
    if letters:
        patterns.append(f"{letters[0]}[0-9]*")
    return [*patterns, text] if whole else patterns
