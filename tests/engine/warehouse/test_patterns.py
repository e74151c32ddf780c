import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import Invalid
from stockwarden.warehouse.layout.layout import Layout
from stockwarden.warehouse.layout.patterns import PatternError, compile_pattern
from tests.engine.warehouse import reference
from tests.support.examples import examples

MATCHES = [
    ("{001..999}{A..D}", ["001A", "018b", " 999D "], ["000A", "999999A", "01A", "001E", "1A"]),
    ("02-06-{001..250}{A..D}", ["02-06-003A"], ["02-06-03A", "02-06-251A", "02-06-0003A"]),
    ("RECV-{01..04}", ["RECV-01", "recv-04"], ["RECV-1", "RECV-05", "RECV-001", "RECV-00"]),
    ("{000001..999999}", ["000001", "123456", "999999"], ["000000", "12345", "1000000"]),
    ("{008..103}", ["008", "009", "010", "099", "100", "103"], ["007", "104", "8", "08"]),
    ("{1..12}", ["1", "9", "10", "12"], ["0", "13", "01"]),
    ("{8..103}", ["8", "10", "99", "100", "103"], ["7", "08", "104", "008"]),
    ("{5..5}", ["5"], ["4", "55"]),
    ("A-0[1-5]-*", ["A-01-", "A-05-X-9"], ["A-06-X", "A-01", "XA-01-"]),
    ("[!X]?", ["AB", "Ax"], ["XB", "A", "ABC"]),
    ("[]-]Z", ["]Z", "-Z"], ["AZ"]),
    ("{a..d}", ["A", "d"], ["E", ""]),
    ("{DOCK,BAY-{1..3},}Z", ["DOCKZ", "BAY-2Z", "Z"], ["BAY-4Z", "DOCKBAY-1Z", ""]),
    ("{*FROZEN*,*CHILLED*}", ["x frozen y", "CHILLED"], ["ICE"]),
    ("*", ["", "X"], []),
    ("**A", ["A", "BA"], ["B"]),
    ("*CARTON*", ["big carton box", "CARTON"], ["CARTO", ""]),
    ("*-AISLE", ["1-AISLE", "-AISLE"], ["AISLE", "1-AISLES"]),
    ("RECEIVING", ["receiving "], ["RECEIVING-1", ""]),
    ("A.B+(1)", ["A.B+(1)"], ["AXB+(1)", "A.BB(1)"]),
    ("MÜNCHEN-{1..2}", ["münchen-1"], ["MUNCHEN-1"]),
]

BROKEN = [
    ("", 1),
    ("   ", 1),
    ("AB[1-5", 3),
    ("A{01..04", 2),
    ("A{B,C", 2),
    ("A]", 2),
    ("A}", 2),
    ("{A}", 1),
    ("{}", 1),
    ("{04..01}", 1),
    ("X{D..A}", 2),
    ("{A..BB}", 1),
    ("{A..4}", 1),
    ("{01..}", 1),
    ("{1..2..3}", 1),
    ("[5-1]", 2),
    ("{A..D,X}", 3),
    ("{0000000000001..9999999999999}", 1),
    ("A" * 201, 201),
]


@pytest.mark.parametrize(("pattern", "inside", "outside"), MATCHES, ids=lambda case: str(case)[:30])
def test_a_pattern_matches_whole_codes(pattern, inside, outside):
    compiled = compile_pattern(pattern)
    assert [code for code in inside if not compiled.matches(code)] == []
    assert [code for code in outside if compiled.matches(code)] == []


@pytest.mark.parametrize(("pattern", "position"), BROKEN, ids=lambda case: str(case)[:30])
def test_a_broken_pattern_says_where(pattern, position):
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert caught.value.position == position
    assert f"character {position}" in caught.value.detail
    assert isinstance(caught.value, Invalid)


@pytest.mark.parametrize(
    ("pattern", "open_ended"),
    [("A-{01..99}", False), ("[1-5]", False), ("A*", True), ("A?", True), ("[!A]", True)],
)
def test_whether_a_pattern_could_be_spelled_out(pattern, open_ended):
    assert compile_pattern(pattern).open_ended is open_ended


@given(reference.patterns(), st.data())
@examples(120)
def test_patterns_agree_with_the_slow_reference(pattern, data):
    compiled = compile_pattern(pattern.text)
    for code in data.draw(st.lists(reference.codes_near(pattern), min_size=1, max_size=8)):
        assert compiled.matches(code) == reference.matches(pattern, code)


@given(st.lists(reference.patterns(), min_size=1, max_size=6), st.data())
@examples(60)
def test_the_first_matching_row_decides(patterns, data):
    layout = Layout.from_rows(
        [{"location_pattern": p.text, "location_type": "STORAGE"} for p in patterns]
    )
    near = st.one_of([reference.codes_near(pattern) for pattern in patterns])
    codes = data.draw(st.lists(near, max_size=12))
    expected = [
        next((index for index, p in enumerate(patterns) if reference.matches(p, code)), None)
        for code in codes
    ]
    assert layout.classify(codes) == expected


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_an_error(text):
    try:
        compile_pattern(text)
    except PatternError as error:
        assert 1 <= error.position <= max(1, len(text.strip()) + 1)


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 11000))
def test_ranges_hold_exactly_their_numbers(first, other, number):
    low, high = sorted((first, other))
    padded = compile_pattern(f"{{{low:05}..{high:05}}}")
    bare = compile_pattern(f"{{{low}..{high}}}")
    inside = low <= number <= high
    assert padded.matches(f"{number:05}") is inside
    assert bare.matches(str(number)) is inside


@pytest.mark.parametrize(
    "pattern",
    ["*A" * 99 + "B", "{*A,A*}" * 20 + "B", "*" * 150 + "B", "{,A}" * 40, "{A,AA,AAA}" * 18 + "B"],
)
def test_no_pattern_makes_matching_hang(pattern):
    started = time.perf_counter()
    compile_pattern(pattern).matches("A" * 5_000)
    assert time.perf_counter() - started < 5


def test_a_thousand_rows_of_wildcards_stay_affordable():
    rows = [{"location_pattern": f"*-{n:03}-*{n % 10}", "location_type": "STORAGE"}
            for n in range(1000)]  # fmt: skip
    layout = Layout.from_rows(rows)
    codes = [f"A{aisle}-{bay:03}-{level}" for aisle in range(5) for bay in range(1000)
             for level in range(4)]  # fmt: skip
    started = time.perf_counter()
    matches = layout.classify(codes)
    assert time.perf_counter() - started < 10
    assert all(
        row is None or code.split("-")[1] == f"{row:03}"
        for code, row in zip(codes, matches, strict=True)
    )


def test_half_a_surrogate_pair_is_a_character_like_others():
    layout = Layout.from_rows([{"location_pattern": "?B", "location_type": "STORAGE"}])
    assert layout.classify(["\ud83dB", "\ud83d", "AB", "😀B"]) == [0, None, 0, 0]


def test_a_long_code_of_any_signs_is_matched_to_its_end():
    layout = Layout.from_rows(
        [{"location_pattern": pattern, "location_type": "STORAGE"} for pattern in ("A?B", "A[!-]*")]
    )
    assert layout.classify(["A\nB", "A\x00B", "A" + "\n" * 9, "A." + "x" * 99_999]) == [
        0,
        0,
        None,
        1,
    ]


def test_codes_with_line_breaks_are_codes_like_others():
    row = {"location_type": "STORAGE"}
    layout = Layout.from_rows(
        [{"location_pattern": p, **row} for p in ("[\nA]B", "?C")], stored=True
    )
    assert layout.classify([]) == []
    assert layout.classify(["AB", "\tC", "XC", "XB"]) == [0, None, 1, None]
    assert layout.classify(["X\nC", "AB", "C\nB", "XC", "A"]) == [None, 0, None, 1, None]
