"""Injects plausible bugs, one at a time, into a copy of the checkout and runs the named test.

python -m tools.mutants                  # every bug of tools/mutants/bugs
python -m tools.mutants snapshots-scope  # those whose names begin so

A bug is a YAML file: `bug`, what is wrong with it; `path` and the text there to `find`, exactly
once, and to `replace`; `caught_by`, the test that must fail. Exit 1 if a bug survives, or if a file
does not fit the code any more.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.checkout import copy_checkout, run_in
from tools.replacing import NotOnceError, replace_once

FOLDER = Path(__file__).parent / "bugs"
PYTEST = ".venv/bin/python -m pytest -q -x -p no:cacheprovider -p no:xdist"
SECONDS = 300
TESTS_FAILED = 1


@dataclass(frozen=True)
class Bug:
    name: str
    bug: str
    path: str
    find: str
    replace: str
    caught_by: str

    @classmethod
    def read(cls, file: Path) -> "Bug":
        """Reads a bug file. Raises ValueError unless it has exactly the five fields."""
        try:
            return cls(file.stem, **yaml.safe_load(file.read_text(encoding="utf-8")))
        except TypeError as error:
            raise ValueError(f"{file.name}: {error}") from None


def bugs(names: Iterable[str] = ()) -> list[Bug]:
    """The bugs in order of their names; if `names` are given, those that start with one."""
    chosen = tuple(names) or ("",)
    return [
        Bug.read(file) for file in sorted(FOLDER.glob("*.yaml")) if file.stem.startswith(chosen)
    ]


def verdict(bug: Bug, checkout: Path) -> str | None:
    """None if the test catches the bug, else the failure."""
    target = checkout / bug.path
    if not target.is_file():
        return f"{bug.path}: there is no such file"
    before = target.read_text(encoding="utf-8")
    try:
        target.write_text(replace_once(before, bug.find, bug.replace), encoding="utf-8")
        code, output = run_in(checkout, f"{PYTEST} {bug.caught_by}", SECONDS)
    except NotOnceError as error:
        return f"{bug.path}: what it replaces is {error}"
    except subprocess.TimeoutExpired:
        return None  # The test does not end, which counts as caught.
    finally:
        target.write_text(before, encoding="utf-8")
    if code == TESTS_FAILED:
        return None
    if code == 0:
        return f"SURVIVES {bug.caught_by}"
    return f"{bug.caught_by} could not run (pytest ended with {code}):\n{output[-2000:]}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Do the tests catch plausible bugs?")
    parser.add_argument("names", nargs="*", help="how the names of the bugs begin; all by default")
    chosen = bugs(parser.parse_args().names)
    if not chosen:
        print("There is no such bug.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        checkout = copy_checkout(Path(folder) / "checkout")
        tests = " ".join(dict.fromkeys(bug.caught_by for bug in chosen))
        code, output = run_in(checkout, f"{PYTEST} {tests}")
        if code:
            print(f"Without any bug the tests fail already:\n{output[-4000:]}", file=sys.stderr)
            return 1
        wrong = 0
        for bug in chosen:
            failure = verdict(bug, checkout)
            wrong += failure is not None
            print(f"{bug.name}: {bug.bug}: {failure or 'caught'}", flush=True)
    print(f"{len(chosen) - wrong} of {len(chosen)} bugs are caught.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
