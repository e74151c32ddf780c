"""Questions about goods of which it is in doubt whether they must stay cold.

A person answers once, by a pattern in one of two parameters of the rule. This module imports
neither numpy nor pandas.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

# The parameters of the rule that take the pattern of a question as its answer.
MUST_STAY_COLD, NEED_NO_COLD = "must_stay_cold", "need_no_cold"
MOST_QUESTIONS = 10
MOST_EXAMPLES, MOST_ZONES = 3, 3
LONGEST_TEXT = 100


@dataclass(frozen=True)
class ColdGoodsQuestion:
    """Must these goods stay cold? `about` says whether the doubt is about all goods that have a
    `word` in their description, or about one `description`; `text` is the word or the description.

    `pattern` is the answer: it belongs into MUST_STAY_COLD or NEED_NO_COLD. `need` is what the
    goods would need: frozen, chilled or cold. `goods` is the number of distinct descriptions,
    `pallets` of pallets and of stock lines without one. `examples` are the most frequent
    descriptions, `zones` the zones where most of the pallets are.
    """

    about: Literal["word", "description"]
    text: str
    pattern: str
    need: str
    goods: int
    pallets: int
    examples: tuple[str, ...]
    zones: tuple[str, ...]

    def to_document(self) -> dict[str, Any]:
        """JSON-able, with the field names of the API."""
        return {**asdict(self), "examples": list(self.examples), "zones": list(self.zones)}


class ColdGoodsQuestions(NamedTuple):
    """The questions about the most pallets, at most MOST_QUESTIONS, and how many more there are."""

    asked: tuple[ColdGoodsQuestion, ...] = ()
    left: int = 0

    def to_document(self) -> dict[str, Any]:
        """JSON-able, with the field names of a rule's coverage."""
        return {
            "questions": [question.to_document() for question in self.asked],
            "questions_left": self.left,
        }
