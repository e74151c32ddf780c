"""Every package of the page supports the Node versions that the README names."""

import json
import re
import subprocess
from itertools import zip_longest
from pathlib import Path

import pytest

from tools.template import ROOT

LOCK = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
ENGINES = {
    path: entry["engines"]["node"]
    for path, entry in LOCK["packages"].items()
    if "node" in entry.get("engines", {})
}
Version = tuple[int, ...]


def smallest() -> list[Version]:
    """The smallest version of each release line in the README: `Node 20.19+, 22.13+ or 24+`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.search(r"Node ((?:[\d.]+\+(?:, | or )?)+)", text)
    assert named, "the README names no version of Node"
    return [version(part) for part in re.findall(r"[\d.]+", named[1])]


def version(text: str) -> Version:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def admits(engines: str, candidate: Version) -> bool:
    """Whether an npm range (as in `engines`) includes a version."""
    return any(
        all(_holds(part, candidate) for part in re.findall(r"[<>=^~]*\s*[\d.x*]+", alternative))
        for alternative in engines.split("||")
    )


def _holds(comparator: str, candidate: Version) -> bool:
    sign, limit = comparator.rstrip("0123456789.x*").strip(), version(comparator.lstrip("<>=^~ "))
    order = _compare(candidate, limit)
    match sign:
        case ">=":
            return order >= 0
        case ">":
            return order > 0
        case "<":
            return order < 0
        case "<=":
            return order <= 0
        case "^":
            return order >= 0 and candidate[:1] == limit[:1]
        case "~":
            return order >= 0 and candidate[:2] == limit[:2]
        case "" | "=":
            return candidate[: len(limit)] == limit
        case _:
            raise AssertionError(f"what does {comparator} mean?")


def _compare(first: Version, other: Version) -> int:
    padded = list(zip_longest(first, other, fillvalue=0))
    return (padded > [(b, a) for a, b in padded]) - (padded < [(b, a) for a, b in padded])


def test_every_package_runs_on_every_version_that_is_named() -> None:
    assert len(ENGINES) > 100
    refuse = {
        path: engines
        for path, engines in ENGINES.items()
        if not all(admits(engines, candidate) for candidate in smallest())
    }
    assert not refuse


def test_the_page_says_the_same_as_the_readme() -> None:
    engines = LOCK["packages"][""]["engines"]["node"]
    least = smallest()
    assert (
        engines
        == json.loads((ROOT / "web/package.json").read_text(encoding="utf-8"))["engines"]["node"]
    )
    assert [version(part) for part in re.findall(r"[\d.]+", engines)] == least
    assert not admits(engines, (least[0][0], least[0][1] - 1))


@pytest.mark.parametrize("other", ["CONTRIBUTING.md", "Makefile"])
def test_others_say_the_same(other: str) -> None:
    text = (ROOT / other).read_text(encoding="utf-8")
    named = re.search(r"Node ((?:[\d.]+\+(?:, | or )?)+)", text)
    assert named
    assert [version(part) for part in re.findall(r"[\d.]+", named[1])] == smallest()


@pytest.mark.parametrize(
    ("node", "is_accepted"),
    [
        ("18.20.0", False),
        ("20.18.3", False),
        ("20.19.0", True),
        ("21.7.0", False),
        ("22.12.0", False),
        ("22.13.0", True),
        ("23.11.0", False),
        ("24.0.0", True),
        ("26.10.0", True),
    ],
)
def test_make_takes_these_versions(node: str, is_accepted: bool, tmp_path: Path) -> None:
    """Runs the version check of `make` with another Node version."""
    rule = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nnode-new-enough:\n")[1]
    program = re.search(r"node -e '([^']+)'", rule)
    assert program
    code = (
        f'Object.defineProperty(process, "versions", {{value: {{node: "{node}"}}}}); {program[1]}'
    )
    process = subprocess.run(["node", "-e", code.replace("$$", "$")], check=False)  # noqa: S607
    assert (process.returncode == 0) == is_accepted


@pytest.mark.parametrize(
    ("engines", "candidate", "is_accepted"),
    [
        ("*", "20.19", True),
        (">= 22", "20.19", False),
        (">=20", "20.19", True),
        ("^20.19.0 || >=22.12.0", "22.13", True),
        ("^20.19.0 || >=22.12.0", "22.11", False),
        ("^20.19.0 || >=22.12.0", "21.0", False),
        ("18 || 20 || >=22", "20.19", True),
        ("^6 || >=13.7", "13.6", False),
        (">=14 <19", "20.19", False),
        ("~20.19", "20.20", False),
    ],
)
def test_ranges_are_read_as_npm_reads_them(engines: str, candidate: str, is_accepted: bool) -> None:
    assert admits(engines, version(candidate)) == is_accepted


def test_nothing_is_locked_to_a_registry() -> None:
    assert not [path for path, entry in LOCK["packages"].items() if "resolved" in entry]
