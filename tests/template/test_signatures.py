"""Signatures: caller first, `expected_version` everywhere, no access through another service."""

import ast
from collections.abc import Iterator

import pytest

from tools.template import ROOT

PACKAGE = ROOT / "layers" / "engine" / "stockwarden"
SOURCES = sorted(PACKAGE.rglob("*.py"))
OTHER_NAMES = {"if_match", "expected", "version", "known_version", "seen_version"}
# Attributes of a service or repository that are its own tools.
INSIDES = {"client", "clock", "jobs", "members", "objects", "repository", "table", "warehouses"}


def signatures(source: str) -> Iterator[tuple[str, list[ast.arg]]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            yield node.name, [arg for arg in parameters if arg.arg not in {"self", "cls"}]


def faults(source: str) -> list[str]:
    breaches = []
    for name, args in signatures(source):
        kinds = [ast.unparse(arg.annotation) if arg.annotation else "" for arg in args]
        if "Caller" in kinds[1:]:
            breaches.append(f"{name}: the caller is not first")
        for arg, kind in zip(args, kinds, strict=True):
            if kind == "int | None" and arg.arg in OTHER_NAMES:
                breaches.append(f"{name}: {arg.arg} is expected_version elsewhere")
    return breaches + [f"line {line}: reach" for line in reaches(source)]


def reaches(source: str) -> Iterator[int]:
    """Lines such as `self.reports.repository.find(…)`: what is needed is given to the constructor.

    A method of the same name (`self.objects.client()`) is none of them.
    """
    tree = ast.parse(source)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=inner, value=ast.Attribute(value=ast.Name(id="self"))) if (
                inner in INSIDES and id(node) not in called
            ):
                yield node.lineno


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
        "def find(self): return self.reports.repository.find()",
        "def find(self): return find(self.reports.objects)",
    ],
)
def test_one_that_is_not_is_seen(signature):
    assert len(faults(signature)) == 1


def test_one_that_is_is_let_be():
    assert faults("def get(self, caller: Caller, expected_version: int | None): ...") == []
    assert faults("def find(self): return self.repository.find(self.clock())") == []
