"""The pallets of a snapshot, written to a file and looked up by byte ranges."""

import json

import pytest

from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.detection.finding import Evaluation, Finding
from stockwarden.detection.priority import Priority
from stockwarden.snapshots import block_file, pallet_file
from stockwarden.snapshots.pallet_file import find_pallet, write_pallets
from stockwarden.warehouse.layout.patterns import comparable
from tests.engine.detection.inventory import STANDARD_LAYOUT, stock


class MemoryObjects:
    """The part of `Objects` that the pallet file uses."""

    def __init__(self):
        self.bodies = {}
        self.read_bytes = 0

    def put(self, key, body, content_type):
        self.bodies[key] = body

    def write_stream(self, key, body, content_type):
        self.bodies[key] = body.read()

    def read(self, key, *, max_bytes):
        body = self._body(key, "gone")
        if len(body) > max_bytes:
            raise TooLarge("too large")
        return body

    def read_range(self, key, offset, length, absent):
        assert length > 0
        stretch = self._body(key, absent)[offset : offset + length]
        self.read_bytes += len(stretch)
        return stretch

    def _body(self, key, absent):
        if key not in self.bodies:
            raise NotFound(absent)
        return self.bodies[key]


@pytest.fixture
def objects():
    return MemoryObjects()


def finding(pallet_id):
    return Finding(
        "expired",
        "Expired",
        Priority.HIGH,
        "pallet" if pallet_id else "location",
        comparable(pallet_id or "RECV-01"),
        pallet_id,
        None,
        "",
        {},
        1,
        [],
    )


def save(objects, rows, layout=None, anomalies=()):
    """`anomalies` are (pallet id, digest)."""
    write_pallets(
        objects,
        "rep",
        "job_1.1",
        stock=stock(rows, layout),
        evaluation=Evaluation([finding(pallet_id) for pallet_id, _ in anomalies], []),
        digests=[digest for _, digest in anomalies],
    )


def find(objects, pallet_id):
    return find_pallet(objects, "rep", "job_1.1", pallet_id)


def row(pallet_id, location="001A", **more):
    return {"pallet_id": pallet_id, "location": location, **more}


def test_document_of_a_pallet(objects):
    rows = [
        row("P-1", creation_date=30.04, last_movement_date=2.25),
        row("p-1 ", "recv-01", creation_date=99, last_movement_date=98),
        row("P-1", "001A", creation_date=1, last_movement_date=1),
        row("P-2", None, creation_date=None, last_movement_date=None),
        row("P-3", "nowhere", creation_date=4, last_movement_date=None),
    ]
    save(
        objects, rows, STANDARD_LAYOUT, [("p-1", "d1"), ("P-2", "d2"), (None, "d3"), ("P-1", "d4")]
    )
    assert find(objects, "P-1") == {
        "pallet_id": "P-1",
        "rows": 3,
        "places": [
            {"location": "001A", "type": "STORAGE"},
            {"location": "RECV-01", "type": "RECEIVING"},
        ],
        "dwell_hours": 2.2,
        "age_hours": 30.0,
        "anomalies": ["d1", "d4"],
    }
    assert find(objects, "P-2") == {
        "pallet_id": "P-2",
        "rows": 1,
        "places": [],
        "dwell_hours": None,
        "age_hours": None,
        "anomalies": ["d2"],
    }
    third = find(objects, "P-3")
    assert third["places"] == [{"location": "NOWHERE", "type": None}]
    # Without a movement it has stayed since its creation.
    assert (third["dwell_hours"], third["age_hours"], third["anomalies"]) == (4.0, 4.0, [])


@pytest.mark.parametrize("asked", ["PAL-é", "pal-É", "  Pal-É\t"])
def test_pallet_is_found_in_any_case_and_trimmed(objects, asked):
    save(objects, [row("Pal-É"), row("PAL-E")])
    assert find(objects, asked)["pallet_id"] == "PAL-É"


@pytest.mark.parametrize("asked", ["", "P", "P-", "P-10", "P-2X", "ZZ", "\x00"])
def test_pallet_that_the_snapshot_lacks(objects, asked):
    save(objects, [row("P-1"), row("P-2")])
    assert find(objects, asked) is None


# The blocks are as long as a line, a line and a half, several lines, and the whole file.
@pytest.mark.parametrize("block_bytes", [1, 130, 300, 1000, 2**15])
def test_every_pallet_is_found_whatever_the_blocks(objects, monkeypatch, block_bytes):
    monkeypatch.setattr(block_file, "_BLOCK_BYTES", block_bytes)
    # Ids of several bytes per character, and with characters that some readers take for line ends.
    names = [f"ß{n}\u2028\x85{'日' * (n % 7)}Z" for n in range(40)] + [f"A{n}" for n in range(40)]
    save(objects, [row(name) for name in names[::-1]])
    for name in names:
        assert find(objects, name)["pallet_id"] == name.upper(), name
        assert find(objects, name + "!") is None


def test_only_one_block_is_read(objects, monkeypatch):
    monkeypatch.setattr(block_file, "_BLOCK_BYTES", 500)
    names = [f"P-{n:03}" for n in range(100)]
    save(objects, [row(name) for name in names])
    for pallet_id in names:
        objects.read_bytes = 0
        assert find(objects, pallet_id)
        assert objects.read_bytes < 700


def test_lines_are_sorted_and_the_index_ends_with_the_length(objects, monkeypatch):
    monkeypatch.setattr(block_file, "_BLOCK_BYTES", 1)
    save(objects, [row("b"), row("A"), row("c"), row("a")])
    index_body, lines = (objects.bodies[key] for key in sorted(objects.bodies))
    documents = [json.loads(line) for line in lines.splitlines()]
    assert [document["pallet_id"] for document in documents] == ["A", "B", "C"]
    *index, end = json.loads(index_body)
    assert [first for first, _ in index] == ["A", "B", "C"]
    assert end == ["", len(lines)]
    assert all(lines[start - 1 : start] in {b"", b"\n"} for _, start in index)


@pytest.mark.parametrize(("limit", "value"), [("_PLACES", 2), ("_ANOMALIES", 2)])
def test_places_and_anomalies_are_limited_to_the_first(objects, monkeypatch, limit, value):
    monkeypatch.setattr(pallet_file, limit, value)
    rows = [row("P", place) for place in ("C", "A", "B")]
    save(objects, rows, anomalies=[("P", "d3"), ("P", "d1"), ("P", "d2")])
    document = find(objects, "P")
    places = [place["location"] for place in document["places"]]
    assert places == ["C", "A", "B"][: 2 if limit == "_PLACES" else None]
    assert document["anomalies"] == ["d3", "d1", "d2"][: 2 if limit == "_ANOMALIES" else None]
    assert document["rows"] == 3


def test_no_file_without_a_column_of_pallets(objects):
    save(objects, [{"location": "001A"}])
    assert objects.bodies == {}
    assert find(objects, "P-1") is None


@pytest.mark.parametrize("rows", [[], [row(None)], [row(" "), row("")]])
def test_file_without_a_pallet(objects, rows):
    write = [{"pallet_id": None, "location": None}, *rows]
    save(objects, write)
    assert find(objects, "P-1") is None


def test_file_that_is_removed_while_it_is_read(objects):
    save(objects, [row("P-1")])
    objects.bodies = {key: body for key, body in objects.bodies.items() if "index" in key}
    assert find(objects, "P-1") is None


def test_each_finding_has_a_digest(objects):
    with pytest.raises(ValueError, match="zip"):
        write_pallets(
            objects,
            "rep",
            "g",
            stock=stock([row("P")]),
            evaluation=Evaluation([finding("P")], []),
            digests=[],
        )
