"""Packed stocks: small, never unpickled, and evaluated like the original."""

import io

import numpy as np
import pytest
from hypothesis import given

from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.stored_stock import pack, unpack
from tests.engine.detection.inventory import catalog, stock
from tests.engine.detection.stocks import LAYOUT, stocks
from tests.support.examples import examples


def outcome_of(sample):
    """Findings and coverage of every rule, without raw cells and texts that quote them."""
    evaluation = evaluate(sample)
    findings = [
        (f.fingerprint, f.priority, f.location, f.affected_pallets, f.age_hours,
         {name: value for name, value in f.details.items() if name != "stated"},
         [(cell["row"], cell["column"], cell["parsed"]) for cell in f.evidence])
        for f in evaluation.findings
    ]  # fmt: skip
    covered = [(c.rule, c.status, c.rows_judged, c.rows_skipped, c.needs, c.anomalies)
               for c in evaluation.coverage]  # fmt: skip
    return findings, covered


@examples(40)
@given(stocks())
def test_an_unpacked_stock_gives_the_same_findings(sample):
    unpacked = unpack(pack(sample))
    assert outcome_of(unpacked) == outcome_of(sample)
    assert unpacked.as_of == sample.as_of
    assert list(unpacked.frame.columns) == list(sample.frame.columns)
    assert (unpacked.frame.dtypes == sample.frame.dtypes).all()


@examples(40)
@given(stocks())
def test_repacking_gives_the_same_bytes(sample):
    once = pack(unpack(pack(sample)))
    assert once == pack(unpack(once))


def test_the_archive_holds_plain_arrays_only():
    rows = [{"pallet_id": f"PLT-{n:06}", "location": f"RECV-{n % 9}", "creation_date": n % 700,
             "description": f"Product {n % 50}"} for n in range(5000)]  # fmt: skip
    data = pack(stock(rows, LAYOUT))
    assert len(data) < 20 * len(rows)
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_a_pickle_is_refused():
    target = io.BytesIO()
    np.savez(target, facts=np.array([{"as_of": "now"}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        unpack(target.getvalue())


def test_what_the_catalog_said_is_kept_with_the_stock():
    rows = [
        {"pallet_id": "P1", "location": "001A", "product_code": code} for code in ("TEA", "T3A")
    ]
    sample = stock(rows)
    sample.join_catalog(catalog(rows, [{"sku": "TEA"}], {"T3A": ["TEA"]}))
    again = unpack(pack(sample))
    assert again.catalog == sample.catalog
    assert again.catalog.digest == sample.catalog.digest
    assert outcome_of(again) == outcome_of(sample)
    assert unpack(pack(stock(rows))).catalog is None
