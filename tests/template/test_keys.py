"""Table keys are built and parsed in storage/keys only."""

import ast
import re
from collections.abc import Iterator

import pytest

from tools.template import ROOT

KEYS = ROOT / "layers" / "engine" / "stockwarden" / "storage" / "keys"
# What is measured beside ours sends calls as they are.
BARE = ROOT / "tools" / "bench" / "bare"
SOURCES = sorted(
    path
    for folder in ("layers", "functions", "tools")
    for path in (ROOT / folder).rglob("*.py")
    if not {KEYS, BARE} & set(path.parents)
)
PREFIX = re.compile(r"(?<![A-Za-z0-9_])[A-Z][A-Z_]+#")
WORD = re.compile(r"[A-Z][A-Z_]+")
ATTRIBUTES = {"pk", "sk"}


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yields all string literals of the code, including parts of f-strings, without docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield node.lineno, node.value


def sort_keys() -> set[str]:
    """The constant sort keys, each of one kind of item: META, SUMMARY, …"""
    trees = [ast.parse(path.read_text()) for path in KEYS.glob("*.py")]
    return {text for tree in trees for _, text in texts(tree) if WORD.fullmatch(text)}


WORDS = sort_keys()


def key_attributes(tree: ast.AST) -> Iterator[int]:
    """Lines that write or read `pk` or `sk` of an item: `{"pk": …}`, `item["sk"]`, `.get("sk")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=keys):
                named = keys
            case ast.Subscript(slice=name):
                named = [name]
            case ast.Call(func=ast.Attribute(attr="get" | "pop"), args=[name, *_]):
                named = [name]
            case _:
                continue
        for name in named:
            if isinstance(name, ast.Constant) and name.value in ATTRIBUTES:
                yield node.lineno


def faults(source: str) -> list[str]:
    tree = ast.parse(source)
    breaches = [
        f"line {line}: {text!r}"
        for line, text in texts(tree)
        if PREFIX.search(text) or text in WORDS
    ]
    return breaches + [f"line {line}: pk or sk" for line in key_attributes(tree)]


def test_the_sort_keys_are_known():
    assert {"META", "SUMMARY", "COUNTS", "PROFILE", "SWEEP"} <= WORDS


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_key_is_built_outside_of_storage_keys(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        'key = f"WAREHOUSE#{warehouse_id}"',
        'prefix = "RULES#"',
        'rest = item.removeprefix("RULES#")',
        'yes = text.startswith("SNAPSHOT#")',
        'part = "META"',
        'key = {"pk": one, "sk": two}',
        'digest = item["sk"]',
        'digest = item.get("pk", "")',
    ],
)
def test_what_would_be_one_is_seen(source):
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    ['"""WAREHOUSE#<id>"""', 'when = "attribute_exists(#pk) AND #sk = :sk"', 'name = "#META"'],
)
def test_what_is_none_is_let_be(source):
    assert faults(source) == []
