"""Layouts made to cost: refused with the row named, before anything is built for matching."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import Invalid
from stockwarden.detection.parameters import Parameter
from stockwarden.detection.scope import Scope
from stockwarden.warehouse.layout import layout as layouts
from stockwarden.warehouse.layout.layout import MAX_ERRORS, MAX_ROWS, Layout
from stockwarden.warehouse.layout.layout_file import read_layout
from stockwarden.warehouse.layout.pattern_size import LAYOUT_LIMIT, PATTERN_LIMIT, Size
from stockwarden.warehouse.layout.patterns import Pattern, PatternError, compile_pattern

RANGE = "{123456789012..987654321098}"
DIFFERENT = "{1..987654321098}"

SIZES = {
    "A-01": (4, 0),
    "A-{01..20}": (8, 0),
    "[A-F][02468]?": (1 + 5 + 1, 0),
    "[А-Я]": (1 + 32 // 16, 0),
    "A-*": (3, 0),
    "*CARTON*": (8, 1),
    "*-007-*5": (8, 2),
    "*A??": (4, 2),
    "A-{8..12}-{A..D}": (2 + 1 + 2 + 2, 2),
    "{,A}{,B}C": (3, 2),
    "{AB,CD}E": (5, 0),
    "{A{*,*},BC}D": (6, 1),
    "{*FROZEN*,*CHILLED*}": (17, 2),
    "A{{B,C*},D}E": (6, 1),
    RANGE: (252, 0),
    "{000000000001..999999999998}": (276, 0),
}
TOO_LARGE = {
    "seven ranges": RANGE * 7,
    "ranges among alternatives": "{" + ",".join([RANGE] * 6) + "}",
    "ranges of numbers of all lengths": DIFFERENT * 4,
    "optional parts": "{,A,B,C,D}" * 10 + RANGE * 2,
    "a range behind what may be anything": "*" + RANGE * 2,
    "wide classes": "*" + "[Ѐ-ӿ]" * 39,
    "nested": "{" * 20 + "A" + ",*?}" * 20 + RANGE * 2,
}
# Within the limits one by one, not all together: (pattern, rows).
TOO_MANY = {
    "ranges": (RANGE * 3, 400),
    "numbers of all lengths": (DIFFERENT, MAX_ROWS),
    "optional parts": ("{,A}" * 50, MAX_ROWS),
    "alternatives after alternatives": ("{,A,B,C,D}" * 20, MAX_ROWS),
    "nested optional parts": ("{" * 40 + "A" + ",}B" * 40, MAX_ROWS),
    "wide classes": ("[Ѐ-ӿ]" * 38, MAX_ROWS),
    "letters that become two": ("ŉ" * 199 + "?", MAX_ROWS),
    "wildcards": ("?" * 200, MAX_ROWS),
    "any subset of what follows": ("*A????????????????????B", MAX_ROWS),
    "many runs of anything": ("*A" * 20, MAX_ROWS),
}
ACCEPTED = {
    "bays": ("A-{n:04}-{{01..20}}", MAX_ROWS),
    "levels": ("BLD-{n:04}-{{001..250}}{{A..D}}", MAX_ROWS),
    "codes": ("BUILDING-7-AISLE-{n:05}-LEFT", MAX_ROWS),
    "numbers without zeros": ("A{n}-{{1..12}}-{{A..D}}", 2_000),
    "aisles": ("*-{n:04}-*", MAX_ROWS),
    "aisles and levels": ("*-{n:03}-*5", 1_000),
}


def _rows(pattern, count, field="location_pattern"):
    row = {"location_type": "STORAGE"}
    return [{"location_pattern": f"A-{n}", **row, field: pattern} for n in range(count)]


@pytest.mark.parametrize("text", list(SIZES))
def test_the_size_of_a_pattern(text):
    assert compile_pattern(text).size == Size(*SIZES[text])


@pytest.mark.parametrize("name", list(TOO_LARGE))
def test_one_pattern_that_is_too_large_is_refused_where_it_becomes_so(name):
    text = TOO_LARGE[name]
    with pytest.raises(PatternError) as refused:
        compile_pattern(text)
    assert f"{PATTERN_LIMIT}" in refused.value.detail
    assert 1 < refused.value.position <= len(text)


@pytest.mark.parametrize("name", list(TOO_MANY))
def test_rows_that_are_too_much_together_are_refused_at_the_one_that_is(name):
    rows = _rows(*TOO_MANY[name])
    with pytest.raises(Invalid) as refused:
        Layout.from_rows(rows)
    (error,) = refused.value.errors
    index = int(error.pointer.split("/")[2])
    assert error.pointer == f"/layout/{index}/location_pattern"
    assert 0 < index < len(rows)
    assert f"{LAYOUT_LIMIT}" in error.detail
    layout = Layout.from_rows([*rows[1:index], *_rows("ZZ?", 1)])
    # The largest accepted layouts match like each pattern alone.
    codes = ["zz1", "", "Z" * 500]
    assert layout.knows(codes) == [
        any(row.pattern.matches(code) for row in (layout.rows[0], layout.rows[-1]))
        for code in codes
    ]


def test_they_are_refused_before_they_take_memory():
    tracemalloc.start()
    try:
        with pytest.raises(Invalid):
            Layout.from_rows(_rows(RANGE * 7, 400))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5e6


@pytest.mark.parametrize("name", ["ranges", "wildcards"])
def test_what_is_allowed_somewhere_counts_too(name):
    with pytest.raises(Invalid, match=f"{LAYOUT_LIMIT.states:,}"):
        Layout.from_rows(_rows(*TOO_MANY[name], field="allowed_description"))


def test_goods_allowed_by_a_few_words_are_no_matter():
    allowed = "{*FROZEN*,*CHILLED*,*REFRIGERATED*}"
    assert Layout.from_rows(_rows(allowed, MAX_ROWS, field="allowed_description"))


@pytest.mark.parametrize("name", list(ACCEPTED))
def test_long_layouts_of_warehouses_are_accepted(name):
    pattern, count = ACCEPTED[name]
    row = {"location_type": "STORAGE"}
    rows = [{"location_pattern": pattern.format(n=n), **row} for n in range(count)]
    assert len(Layout.from_rows(rows).rows) == count


def test_the_rows_of_a_file_are_named_by_its_rows_and_not_all_of_them():
    grid = [["location_pattern", "location_type"], *[[RANGE * 7, "STORAGE"]] * 400]
    with pytest.raises(Invalid, match="Row 2") as refused:
        read_layout(grid)
    assert len(refused.value.errors) == MAX_ERRORS
    assert refused.value.errors[-1].detail.startswith(f"Row {MAX_ERRORS + 1} (")


def test_errors_of_one_row_are_not_without_end_either():
    row = {"location_pattern": "A", "location_type": "DOCK", **{f"x{n}": 1 for n in range(500)}}
    with pytest.raises(Invalid, match=f"{MAX_ERRORS} fields or more") as refused:
        Layout.from_rows([row])
    assert len(refused.value.errors) == MAX_ERRORS


def test_the_patterns_of_rules_are_limited_too():
    with pytest.raises(Invalid) as refused:
        Parameter("patterns", ("*FROZEN*",), Pattern).read(["*", RANGE * 7], "/parameters/patterns")
    assert refused.value.errors[0].pointer == "/parameters/patterns/1"
    with pytest.raises(Invalid) as refused:
        Scope.read({"locations": ["A-*", "*" + RANGE * 2]})
    assert refused.value.errors[0].pointer == "/scope/locations/1"


def test_each_pattern_of_a_layout_is_compiled_once(monkeypatch):
    compiled = []
    monkeypatch.setattr(
        layouts, "compile_pattern", lambda text: compiled.append(text) or compile_pattern(text)
    )
    rows = _rows("*BOX?*", 3, field="allowed_description")
    layout = Layout.from_rows(rows)
    layout.classify(["A-1", "B"])
    assert layout.rows[0].allowed.matches("a box 3")
    assert compiled == ["A-0", "*BOX?*", "A-1", "*BOX?*", "A-2", "*BOX?*"]


@given(st.text("AB{},.*?[]-019", max_size=60))
def test_at_least_what_is_at_no_fixed_place_floats(text):
    try:
        pattern = compile_pattern(text)
    except PatternError:
        return
    size = pattern.size
    assert 0 <= size.floating <= size.states
    if not set(text) & set("*{"):
        assert size.floating == 0
