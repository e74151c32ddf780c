"""The mutation tool: its verdict for each kind of bug."""

from pathlib import Path

import pytest

from tools.mutants.__main__ import Bug, bugs, verdict
from tools.template import ROOT

CODE = "def larger(one, other):\n    return one if one > other else other\n"
TESTS = """from code_under_test import larger


def test_the_larger():
    assert larger(1, 2) == 2


def test_nothing():
    pass
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "code_under_test.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def bug(**changes: str) -> Bug:
    return Bug(**{
        "name": "x", "bug": "the smaller", "path": "code_under_test.py", "find": "one > other",
        "replace": "one < other", "caught_by": "test_it.py::test_the_larger", **changes,
    })  # fmt: skip


def test_a_bug_is_caught_and_leaves_nothing_behind(checkout: Path) -> None:
    assert verdict(bug(), checkout) is None
    assert (checkout / "code_under_test.py").read_text(encoding="utf-8") == CODE


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"caught_by": "test_it.py::test_nothing"}, "SURVIVES test_it.py::test_nothing"),
        ({"find": "one >= other"}, "what it replaces is not there:\none >= other"),
        ({"find": "other"}, "there 3 times"),
        ({"path": "gone.py"}, "gone.py: there is no such file"),
        ({"caught_by": "test_it.py::test_gone"}, "could not run"),
        ({"replace": "one >"}, "could not run"),
    ],
)
def test_what_is_not_caught_is_said(checkout: Path, changes: dict[str, str], words: str) -> None:
    assert words in (verdict(bug(**changes), checkout) or "caught")


def test_every_bug_names_what_it_breaks_and_a_test_that_is_there() -> None:
    known_bugs = bugs()
    assert len(known_bugs) >= 20
    for bug in known_bugs:
        assert bug.find != bug.replace, bug.name
        assert (ROOT / bug.caught_by.partition("::")[0]).exists(), bug.name


def test_a_file_that_is_no_bug_says_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "half.yaml"
    file.write_text("bug: half of one\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"half\.yaml: .*missing.*'path'"):
        Bug.read(file)
