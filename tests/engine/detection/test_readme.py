"""The README's table of rules equals the registered detectors."""

import re

import pytest

from stockwarden.detection.detectors import DETECTORS
from tools.template import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
_, _, TABLE = README.partition("| rule | finds | priority |\n")
ROWS = dict(re.findall(r"^\| ([a-z0-9-]+) \| [^|]+ \| ([^|]+) \|$", TABLE, flags=re.MULTILINE))
CODES = {detector.code for detector in DETECTORS}


@pytest.mark.parametrize("rule", DETECTORS, ids=lambda rule: rule.code)
def test_the_readme_has_a_row_for_every_rule(rule):
    row = f"| {rule.code} | … | {rule.priority.value} |"
    assert rule.code in ROWS, f"README.md, What it finds: add {row}"
    assert ROWS[rule.code].startswith(rule.priority.value), f"README.md, What it finds: {row}"


def test_the_readme_has_no_rule_that_is_gone():
    assert set(ROWS) - CODES == set()
