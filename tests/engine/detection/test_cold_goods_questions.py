"""Questions about goods in doubt: their order, their number, and the patterns that answer them."""

import pytest

from stockwarden.core.text import check_name
from stockwarden.detection.detectors.cold_chain import cold_chain
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from tests.engine.detection.inventory import stock

LAYOUT = [
    {"location_pattern": "F-*", "location_type": "STORAGE", "zone": "Frozen"},
    {"location_pattern": "A-*", "location_type": "STORAGE", "zone": "Ambient"},
    {"location_pattern": "B-*", "location_type": "STORAGE", "zone": "Dry"},
    {"location_pattern": "C-*", "location_type": "STORAGE", "zone": "General"},
    {"location_pattern": "D-*", "location_type": "STORAGE", "zone": "Standard"},
]


def goods(description, pallets, area="A", start=0):
    return [
        {
            "pallet_id": f"{description}-{number}",
            "location": f"{area}-{number}",
            "description": description,
            "creation_date": 99,
        }
        for number in range(start, start + pallets)
    ]


def cold_goods(word="FROZEN", pallets=500):
    """Keeps the word out of doubt: most of its goods are where they fit."""
    return goods(f"{word} PEAS", pallets, "F")


def coverage_of(rows, scope=None, **parameters):
    settings = RuleSettings(parameters=parameters, scope=scope or Scope())
    (coverage,) = evaluate(stock(rows, LAYOUT), {"cold-chain": settings}, [cold_chain]).coverage
    return coverage


def questions_of(rows, scope=None, **parameters):
    return coverage_of(rows, scope, **parameters).questions


def test_the_goods_with_the_most_pallets_come_first_then_by_text():
    rows = [*cold_goods()]
    for name, pallets in (("FROZEN C", 6), ("FROZEN A", 6), ("FROZEN B", 9), ("FROZEN D", 4)):
        rows += goods(name, pallets)
    questions = questions_of(rows)
    assert [(question.text, question.pallets) for question in questions.asked] == [
        ("FROZEN B", 9),
        ("FROZEN A", 6),
        ("FROZEN C", 6),
    ]
    assert questions.left == 0


def test_there_are_ten_at_most_and_the_number_of_the_others():
    rows = [*cold_goods()]
    for number in range(13):
        rows += goods(f"FROZEN LAMP {number:02}", 5 + number)
    coverage = coverage_of(rows)
    document = coverage.to_document()
    assert [question["pallets"] for question in document["questions"]] == list(range(17, 7, -1))
    assert document["questions_left"] == 3


def test_words_and_goods_are_asked_together():
    rows = cold_goods()
    for number in range(6):
        rows += goods(f"CHILLED LAMP {number}", 2)
    rows += goods("FROZEN LAMP", 7)
    questions = questions_of(rows).asked
    assert [(question.about, question.text, question.goods) for question in questions] == [
        ("word", "CHILLED", 6),
        ("description", "FROZEN LAMP", 1),
    ]


def test_goods_are_in_one_question_though_two_of_their_words_are_in_doubt():
    rows = [*cold_goods(), *goods("FROZEN CHILLED KITE", 9)]
    (question,) = questions_of(rows).asked
    assert (question.text, question.need, question.pallets) == ("FROZEN CHILLED KITE", "cold", 9)
    for number in range(5):
        rows += goods(f"CHILLED LAMP {number}", 2)
    (question,) = questions_of(rows).asked
    assert (question.text, question.goods, question.pallets) == ("CHILLED", 6, 19)
    assert question.need == "chilled"


def test_a_pattern_without_a_word_is_asked_about_as_it_is():
    rows = [row for number in range(5) for row in goods(f"LAMP {number}", 2)]
    (question,) = questions_of(rows, patterns=["*"]).asked
    assert (question.text, question.pattern, question.need) == ("*", "*", "cold")


def test_the_most_frequent_goods_and_zones_are_named():
    rows = []
    for area, pallets in zip("ABCD", (2, 5, 3, 4), strict=True):
        rows += goods(f"FROZEN LAMP {area}", pallets, area)
    rows += goods("FROZEN LAMP E", 1, "A")
    (question,) = questions_of(rows).asked
    assert question.examples == ("FROZEN LAMP B", "FROZEN LAMP D", "FROZEN LAMP C")
    assert question.zones == ("DRY", "STANDARD", "AMBIENT")
    assert (question.goods, question.pallets, question.need) == (5, 15, "frozen")


def test_a_pallet_in_two_rows_counts_once():
    rows = [*cold_goods(), *goods("FROZEN LAMP", 5), *goods("FROZEN LAMP", 5)]
    (question,) = questions_of(rows).asked
    assert question.pallets == 5


def test_what_the_rule_does_not_check_is_not_asked_about():
    rows = [*cold_goods(), *goods("FROZEN LAMP", 6), *goods("FROZEN KITE", 5, "B")]
    (question,) = questions_of(rows, Scope(locations=("B-*",))).asked
    assert question.text == "FROZEN KITE"
    assert questions_of(rows, Scope(locations=("F-*",))).asked == ()


def test_nothing_is_asked_where_nothing_is_in_doubt():
    document = coverage_of([*cold_goods(), *goods("FROZEN LAMP", 1)]).to_document()
    assert "questions" not in document


@pytest.mark.parametrize(
    "name",
    [
        "FROZEN",
        "FROZEN {1..9} [A-Z] *?!",
        "Ünfrozen frozen straße",
        "FROZEN\u200bLAMP\u3164",
        "FROZEN " + "[*]" * 120,
        "FROZEN " + "X" * 400,
    ],
)
@pytest.mark.parametrize("answer", ["must_stay_cold", "need_no_cold"])
def test_the_pattern_of_a_question_answers_it(name, answer):
    rows = [*cold_goods(), *goods(name, 5)]
    (question,) = questions_of(rows).asked
    coverage = coverage_of(rows, **{answer: [check_name(question.pattern)]})
    assert coverage.questions.asked == ()
    assert coverage.rows_skipped == {}
    assert coverage.anomalies == (5 if answer == "must_stay_cold" else 0)
    assert len(question.text) <= 100 and len(question.pattern) <= 200


def test_the_pattern_of_goods_answers_for_no_others():
    rows = [*cold_goods(), *goods("FROZEN 10*20", 5), *goods("FROZEN 10X20", 6)]
    first, second = questions_of(rows).asked
    assert questions_of(rows, need_no_cold=[second.pattern]).asked == (first,)


def test_what_goods_are_named_decides_before_a_word_of_the_same_length():
    rows = [*cold_goods(), *goods("FROZEN", 5)]
    assert coverage_of(rows, must_stay_cold=["*FROZEN*"], need_no_cold=["FROZEN"]).anomalies == 0
    assert coverage_of(rows, must_stay_cold=["FROZEN"], need_no_cold=["*FROZEN*"]).anomalies == 5
