"""The registry: complete, consistent, and readable without pandas."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from stockwarden.core.errors import Invalid
from stockwarden.detection import detectors
from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Detector, detector
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold

FOLDER = Path(detectors.__file__).parent
CASES = Path(__file__).parent / "cases"
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
CODES = [detector.code for detector in DETECTORS]

each = pytest.mark.parametrize("rule", DETECTORS, ids=CODES)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_listed(module):
    attributes = vars(import_module(f"stockwarden.detection.detectors.{module}"))
    (detector,) = [value for value in attributes.values() if isinstance(value, Detector)]
    assert detector in DETECTORS
    assert detector.code == module.replace("_", "-")


def test_codes_are_unique():
    assert len(CODES) == len(set(CODES)) == len(MODULES)


@each
def test_priority_and_numbers_are_as_its_cases_say(rule):
    """Guards limits and priorities: a change must also be made in the rule's cases."""
    text = (CASES / f"{rule.code}.yaml").read_text(encoding="utf-8")
    documented = yaml.safe_load(text)
    numbers = {
        parameter.name: [
            parameter.default,
            parameter.constraint.minimum,
            parameter.constraint.maximum,
        ]
        for parameter in rule.parameters
        if isinstance(parameter.constraint, Bounds)
    }
    assert rule.priority == documented["priority"]
    assert numbers == documented.get("defaults", {})


@each
def test_a_rule_yields_only_to_rules_that_ran_before_it(rule):
    assert set(rule.yields_to) <= set(CODES[: CODES.index(rule.code)])


@each
def test_a_detector_is_documented(rule):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)
    assert len(rule.rationale) > 60
    assert rule.message.endswith(".")
    assert rule.subject in ("pallet", "location", "product")
    assert rule.needs


@each
def test_defaults_are_within_bounds_and_read_back(rule):
    defaults = rule.read_parameters({})
    documents = [parameter.to_document() for parameter in rule.parameters]
    assert rule.read_parameters({d["name"]: d["default"] for d in documents}) == defaults


NUMBERS = [
    (rule, p) for rule in DETECTORS for p in rule.parameters if isinstance(p.constraint, Bounds)
]


@pytest.mark.parametrize(("rule", "parameter"), NUMBERS, ids=lambda v: getattr(v, "code", None))
def test_bounds_are_inclusive_and_named_when_missed(rule, parameter):
    low, high = parameter.constraint.minimum, parameter.constraint.maximum
    for good in (low, high):
        assert rule.read_parameters({parameter.name: good})[parameter.name] == good
    for bad in (low - 0.1, high + 0.1, 10**400, "5", None, True, float("nan"), float("inf"), [5]):
        with pytest.raises(Invalid) as caught:
            rule.read_parameters({parameter.name: bad})
        (error,) = caught.value.errors
        assert error.pointer == f"/parameters/{parameter.name}"
        assert f"from {low:g} to {high:g}" in error.detail


TEXTS = [
    ("stagnant-pallet", "location_types", ["final", " dock"], ("STORAGE", "DOCK")),
    ("cold-chain", "patterns", ["*ice* "], ("*ICE*",)),
    ("cold-chain", "zones", ["Warm"], ("WARM",)),
    ("cold-chain", "need_no_cold", ["frozen lamp"], ("FROZEN LAMP",)),
    ("cold-chain", "need_no_cold", [], ()),
]
BAD_TEXTS = [
    ("stagnant-pallet", "location_types", ["SHELF"], "/0", "RECEIVING, STORAGE"),
    ("stagnant-pallet", "location_types", "DOCK", "", "list of 1 to 50"),
    ("stagnant-pallet", "location_types", [], "", "list of 1 to 50"),
    ("cold-chain", "patterns", ["*", "{A"], "/1", "never closed"),
    ("cold-chain", "patterns", [], "", "list of 1 to 50"),
    ("cold-chain", "must_stay_cold", ["A"] * 51, "", "list of up to 50 texts"),
    ("cold-chain", "must_stay_cold", ["{A"], "/0", "never closed"),
    ("cold-chain", "zones", [" "], "/0", "1 to 200 characters"),
    ("cold-chain", "zones", [4], "/0", "1 to 200 characters"),
]


@pytest.mark.parametrize(("code", "name", "raw", "read"), TEXTS)
def test_lists_are_normalised(code, name, raw, read):
    rule = DETECTORS[CODES.index(code)]
    assert rule.read_parameters({name: raw})[name] == read


@pytest.mark.parametrize(("code", "name", "raw", "pointer", "words"), BAD_TEXTS)
def test_a_wrong_list_says_which_entry(code, name, raw, pointer, words):
    rule = DETECTORS[CODES.index(code)]
    with pytest.raises(Invalid) as caught:
        rule.read_parameters({name: raw}, pointer="/rule")
    assert caught.value.errors[0].pointer == f"/rule/{name}{pointer}"
    assert words in caught.value.detail


def test_an_unknown_parameter_is_refused():
    with pytest.raises(Invalid, match=r"no parameter 'max_days', only: location_types, max_hours"):
        DETECTORS[CODES.index("stagnant-pallet")].read_parameters({"max_days": 3})


def incomplete(**changes):
    """Arguments of the decorator that do not matter for the test."""
    return {
        "code": "a-b", "title": "", "priority": Priority.LOW, "needs": set(),
        "subject": "pallet", "message": "", "cost": CostBasis(minutes=1), **changes,
    }  # fmt: skip


HOURS = {"limits": {"max_hours": Bounds(1, 2)}, "about": {"max_hours": "Hours."}}


def threshold_of(parameter):
    return Threshold(parameter, "above", 1, "h", "", lambda stock: stock.frame.age_hours)


def without_parameters(stock):
    return stock.frame


def with_one_number(stock, *, max_hours=1.5):
    return stock.frame


def with_two_numbers(stock, *, max_hours=1.5, days=2):
    return stock.frame


TWO = {name: {"max_hours": number, "days": number} for name, number in
       (("limits", Bounds(1, 2)), ("about", "Time."))}  # fmt: skip
INCOMPLETE = [
    (without_parameters, HOURS, r"limits are of \['max_hours'\], the parameters are \[\]"),
    (with_one_number, {}, r"limits are of \[\], the parameters are \['max_hours'\]"),
    (with_one_number, {**HOURS, "about": {}}, r"about are of \[\]"),
    (with_one_number, HOURS, "a threshold"),
    (with_one_number, {**HOURS, "threshold": threshold_of("hours")}, "a threshold"),
    (with_two_numbers, {**TWO, "threshold": threshold_of("hours")}, "a threshold"),
    (without_parameters, {"threshold": threshold_of("days")}, "a threshold"),
    (without_parameters, {"needs": {"pallet_id", "colour"}}, r"no stock has \['colour'\]"),
]


@pytest.mark.parametrize(("find", "declared", "words"), INCOMPLETE)
def test_an_incomplete_detector_is_an_error_at_import(find, declared, words):
    make = detector(**incomplete(**declared))
    with pytest.raises(TypeError, match=f"^a-b: {words}"):
        make(find)


def test_two_numbers_need_no_threshold():
    rule = detector(**incomplete(**TWO))(with_two_numbers)
    assert [parameter.name for parameter in rule.parameters] == ["max_hours", "days"]


def test_the_threshold_of_a_rule_with_two_numbers_is_one_of_them():
    declared = incomplete(**TWO, threshold=threshold_of("days"))
    assert detector(**declared)(with_two_numbers).threshold.parameter == "days"


def test_a_detector_must_declare_its_cost():
    declared = incomplete()
    del declared["cost"]
    with pytest.raises(TypeError, match="cost"):
        detector(**declared)


def test_rules_and_layouts_are_listed_without_pandas():
    code = (
        "import sys\n"
        "import stockwarden.detection.detectors, stockwarden.detection.rule_settings\n"
        "import stockwarden.warehouse.layout.layout_file\n"
        "print([name for name in ('pandas', 'numpy', 'boto3') if name in sys.modules])\n"
    )
    engine = FOLDER.parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(engine)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert answer.stdout.strip() == "[]"
