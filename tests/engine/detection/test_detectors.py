"""The registry: complete, consistent, and readable without pandas."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from stockwarden.core.errors import Invalid
from stockwarden.detection import detectors
from stockwarden.detection.detector import Detector, detector
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

FOLDER = Path(detectors.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
CODES = [detector.code for detector in DETECTORS]

BOUNDS = {
    ("lot-straggler", "completion"): (0.8, 0.5, 1),
    ("cold-chain", "max_minutes"): (30, 5, 120),
    ("stagnant-pallet", "max_hours"): (10, 1, 720),
    ("stuck-in-transit", "max_hours"): (4, 1, 168),
    ("expiring-soon", "max_days"): (30, 1, 365),
    ("dwell-outlier", "max_score"): (3.5, 2, 10),
    ("quantity-outlier", "max_score"): (3.5, 2, 10),
}
PRIORITIES = {
    "Very High": {"lot-straggler", "missing-location", "cold-chain", "overcapacity", "expired"},
    "High": {"stagnant-pallet", "stuck-in-transit", "unknown-location"},
    "Medium": {"expiring-soon", "duplicate-pallet", "impossible-location", "future-date",
               "quantity-sign", "gs1-check-digit"},
    "Low": {"location-type-mismatch", "product-location", "dwell-outlier", "quantity-outlier"},
}  # fmt: skip
each = pytest.mark.parametrize("rule", DETECTORS, ids=CODES)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_listed(module):
    found = vars(import_module(f"stockwarden.detection.detectors.{module}"))
    (own,) = [value for value in found.values() if isinstance(value, Detector)]
    assert own in DETECTORS
    assert own.code == module.replace("_", "-")


def test_codes_are_unique_and_priorities_as_documented():
    assert len(CODES) == len(set(CODES)) == len(MODULES)
    for priority, codes in PRIORITIES.items():
        assert {d.code for d in DETECTORS if d.priority == priority} == codes


def test_numbers_have_the_documented_defaults_and_bounds():
    found = {
        (rule.code, parameter.name): (
            parameter.default,
            parameter.limit.minimum,
            parameter.limit.maximum,
        )
        for rule in DETECTORS
        for parameter in rule.parameters
        if isinstance(parameter.limit, Bounds)
    }
    assert found == BOUNDS


@each
def test_a_detector_explains_itself(rule):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)
    assert len(rule.rationale) > 60
    assert rule.message.endswith(".")
    assert rule.subject in ("pallet", "location")
    assert rule.needs


@each
def test_defaults_are_within_bounds_and_read_back(rule):
    defaults = rule.read_parameters({})
    documents = [parameter.to_document() for parameter in rule.parameters]
    assert rule.read_parameters({d["name"]: d["default"] for d in documents}) == defaults


NUMBERS = [(rule, p) for rule in DETECTORS for p in rule.parameters if isinstance(p.limit, Bounds)]


@pytest.mark.parametrize(("rule", "parameter"), NUMBERS, ids=lambda v: getattr(v, "code", None))
def test_bounds_are_inclusive_and_named_when_missed(rule, parameter):
    low, high = parameter.limit.minimum, parameter.limit.maximum
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
]
BAD_TEXTS = [
    ("stagnant-pallet", "location_types", ["SHELF"], "/0", "RECEIVING, STORAGE"),
    ("stagnant-pallet", "location_types", "DOCK", "", "list of 1 to 50"),
    ("stagnant-pallet", "location_types", [], "", "list of 1 to 50"),
    ("cold-chain", "patterns", ["*", "{A"], "/1", "never closed"),
    ("cold-chain", "zones", [" "], "/0", "1 to 200 characters"),
    ("cold-chain", "zones", [4], "/0", "1 to 200 characters"),
]


@pytest.mark.parametrize(("code", "name", "given", "read"), TEXTS)
def test_lists_are_normalised(code, name, given, read):
    rule = DETECTORS[CODES.index(code)]
    assert rule.read_parameters({name: given})[name] == read


@pytest.mark.parametrize(("code", "name", "given", "pointer", "words"), BAD_TEXTS)
def test_a_wrong_list_says_which_entry(code, name, given, pointer, words):
    rule = DETECTORS[CODES.index(code)]
    with pytest.raises(Invalid) as caught:
        rule.read_parameters({name: given}, at="/rule")
    assert caught.value.errors[0].pointer == f"/rule/{name}{pointer}"
    assert words in caught.value.detail


def test_an_unknown_parameter_is_refused():
    with pytest.raises(Invalid, match=r"no parameter 'max_days', only: location_types, max_hours"):
        DETECTORS[CODES.index("stagnant-pallet")].read_parameters({"max_days": 3})


def test_limits_must_name_parameters():
    make = detector(
        code="a-b", title="", priority=Priority.LOW, needs=set(), subject="pallet", message="",
        limits={"max_hours": Bounds(1, 2)},
    )  # fmt: skip
    with pytest.raises(TypeError, match="max_hours"):
        make(lambda stock: stock.frame)


def test_rules_and_layouts_are_listed_without_pandas():
    code = (
        "import sys\n"
        "import stockwarden.detection.detectors, stockwarden.detection.settings\n"
        "import stockwarden.warehouse.rules_file\n"
        "print([name for name in ('pandas', 'numpy', 'boto3') if name in sys.modules])\n"
    )
    engine = FOLDER.parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(engine)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert answer.stdout.strip() == "[]"
