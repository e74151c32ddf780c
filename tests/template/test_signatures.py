"""One order and one name in every signature of the engine: the caller first, `expected_version`."""

import ast
from collections.abc import Iterator

import pytest

from tools.template import ROOT

PACKAGE = ROOT / "layers" / "engine" / "stockwarden"
SOURCES = sorted(PACKAGE.rglob("*.py"))
OTHER_NAMES = {"if_match", "expected", "version", "known_version", "seen_version"}


def signatures(source: str) -> Iterator[tuple[str, list[ast.arg]]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            yield node.name, [arg for arg in given if arg.arg not in {"self", "cls"}]


def faults(source: str) -> list[str]:
    found = []
    for name, args in signatures(source):
        kinds = [ast.unparse(arg.annotation) if arg.annotation else "" for arg in args]
        if "Caller" in kinds[1:]:
            found.append(f"{name}: the caller is not first")
        for arg, kind in zip(args, kinds, strict=True):
            if kind == "int | None" and arg.arg in OTHER_NAMES:
                found.append(f"{name}: {arg.arg} is expected_version elsewhere")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_signature_is_like_the_others(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(
    "signature",
    [
        "def get(self, report_id: str, caller: Caller): ...",
        "def get(report_id: str, *, caller: Caller): ...",
        "def change(self, caller: Caller, version: int | None): ...",
        "def change(self, caller: Caller, *, if_match: int | None = None): ...",
    ],
)
def test_one_that_is_not_is_seen(signature):
    assert len(faults(signature)) == 1
    assert faults("def get(self, caller: Caller, expected_version: int | None): ...") == []
