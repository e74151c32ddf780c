"""The hash chain, by its published vectors and by what must change a hash."""

import json
from pathlib import Path

import pytest

from stockwarden.audit.canonical import canonical_json
from stockwarden.audit.chain import GENESIS, chained_hash, document, is_sealable, sealed
from stockwarden.storage.keys import audit as keys

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
KEY = keys.entry("company", "2026-03-02T06:00:00.000Z", "entry_1")
ITEM = {**KEY, "actor": "usr_1", "action": "item.created", "changes": {"name": [None, "Widget"]}}


def test_the_vectors():
    previous = GENESIS
    for vector in VECTORS:
        assert vector["prev"] == previous
        previous = chained_hash(previous, vector["entry"])
        assert previous == vector["hash"]
    assert previous.startswith("0b7347ea")
    assert len(VECTORS) == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [None, True, "x"]}, '{"a":[null,true,"x"],"b":1}'),
        ("Läger \u20ac \U0001f4e6 \u2028", '"Läger \u20ac \U0001f4e6 \u2028"'),
        ('a"b\\c\n\x1f\x7f', '"a\\"b\\\\c\\n\\u001f\x7f"'),
        ({}, "{}"),
    ],
)
def test_canonical_json(value, text):
    assert canonical_json(value) == text.encode()


@pytest.mark.parametrize("value", [float("nan"), b"bytes", {"a": {1, 2}}])
def test_what_has_no_canonical_json(value):
    with pytest.raises((TypeError, ValueError)):
        canonical_json(value)


def test_a_document_has_what_the_entry_and_its_key_say():
    link = sealed(ITEM, 7, GENESIS)
    assert document(link, 7) == {
        "seq": 7,
        "scope": "company",
        "at": "2026-03-02T06:00:00.000Z",
        "id": "entry_1",
        "actor": "usr_1",
        "action": "item.created",
        "changes": {"name": [None, "Widget"]},
    }
    assert link["hash"] == chained_hash(GENESIS, document(ITEM, 7))
    assert link["listed"] == "2026-03-02T06:00:00.000Z#entry_1"


def test_an_attribute_cannot_hide_behind_the_key():
    with pytest.raises(ValueError, match="in its key alone"):
        document({**ITEM, "scope": "company"}, 1)


@pytest.mark.parametrize(
    ("item", "is_one"),
    [
        (ITEM, True),
        ({**ITEM, "extra": "x" * 1000}, True),
        ({**ITEM, "extra": "x" * 20_000}, False),
        ({**ITEM, "extra": b"bytes"}, False),
        ({**ITEM, "at": "2026"}, False),
        ({**ITEM, "sk": "no-id"}, False),
        (keys.head("company"), False),
    ],
)
def test_what_can_be_sealed(item, is_one):
    assert is_sealable(item) is is_one
