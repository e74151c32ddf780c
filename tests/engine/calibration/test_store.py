"""The stock and the curves of an analysis, stored and read back."""

import json
from dataclasses import replace

import pytest

from stockwarden.anomalies import object_keys
from stockwarden.bootstrap import stores
from stockwarden.calibration import store as store_module
from stockwarden.calibration.store import StockStore
from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.detection.curves import curves
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.detection.stored_stock import unpack
from tests.engine.detection.inventory import STANDARD_LAYOUT, stock

STAGNANT = next(detector for detector in DETECTORS if detector.code == "stagnant-pallet")
SETTINGS = {
    STAGNANT.code: RuleSettings(parameters={"max_hours": 5.0}, scope=Scope(excluded=("BOX-*",)))
}
STOCK = stock(
    [
        {"pallet_id": "P-é", "location": "RECV-01", "creation_date": 7},
        {"pallet_id": "P2", "location": "RECV-02", "creation_date": 70},
        {"pallet_id": "BOX-1", "location": "RECV-02", "creation_date": 700},
    ],
    STANDARD_LAYOUT,
)


@pytest.fixture
def store(aws):
    return StockStore(stores.objects(), DETECTORS)


def put_curves(documents):
    body = json.dumps(documents).encode()
    stores.objects().put(object_keys.curves_key("rep", "job_1.1"), body, "application/json")


def test_curves_are_read_as_they_were_computed(store):
    store.save("rep", "job_1.1", STOCK, SETTINGS)
    computed = {curve.rule: curve for curve in curves(STOCK, SETTINGS, DETECTORS)}
    read = store.curves("rep", "job_1.1")
    assert read == computed
    stagnant = read[STAGNANT.code]
    assert (stagnant.threshold, stagnant.anomalies, stagnant.population) == (5, 2, 2)
    by_limit = dict(zip(stagnant.limits, stagnant.counts, strict=True))
    assert [by_limit[limit] for limit in (6, 7, 69, 70, 720)] == [2, 1, 1, 0, 0]
    # A rule that lacked a field has a curve that says so.
    assert read["expiring-soon"].needs == ("expiry_date",)


def test_stock_is_read_as_it_was(store):
    store.save("rep", "job_1.1", STOCK, SETTINGS)
    read = unpack(store.packed_stock("rep", "job_1.1"))
    assert read.pallets.values == STOCK.pallets.values
    assert read.frame["age_hours"].tolist() == STOCK.frame["age_hours"].tolist()
    assert read.layout.to_rows() == STOCK.layout.to_rows()
    assert read.as_of == STOCK.as_of


@pytest.mark.parametrize(("report_id", "generation"), [("rep", "job_1.2"), ("rep_2", "job_1.1")])
def test_each_analysis_has_its_own(store, report_id, generation):
    store.save("rep", "job_1.1", STOCK, SETTINGS)
    with pytest.raises(NotFound):
        store.curves(report_id, generation)
    with pytest.raises(NotFound):
        store.packed_stock(report_id, generation)


def test_curves_of_rules_that_have_changed_since_are_left_out(store):
    (curve,) = curves(STOCK, SETTINGS, [STAGNANT])
    document = curve.to_document()
    put_curves({STAGNANT.code: document, "rule-that-is-gone": document})
    assert store.curves("rep", "job_1.1") == {STAGNANT.code: curve}
    # Other bounds or another step: the counts belong to other limits.
    put_curves({STAGNANT.code: document | {"steps": document["steps"] - 1}})
    assert store.curves("rep", "job_1.1") == {}
    # A rule without a threshold has no curve any more.
    put_curves({STAGNANT.code: document})
    untied = StockStore(stores.objects(), [replace(STAGNANT, threshold=None)])
    assert untied.curves("rep", "job_1.1") == {}


def test_stock_that_is_too_large_is_refused(store, monkeypatch):
    store.save("rep", "job_1.1", STOCK, SETTINGS)
    size = len(store.packed_stock("rep", "job_1.1"))
    monkeypatch.setattr(store_module, "STOCK_BYTES", size)
    assert len(store.packed_stock("rep", "job_1.1")) == size
    monkeypatch.setattr(store_module, "STOCK_BYTES", size - 1)
    with pytest.raises(TooLarge):
        store.packed_stock("rep", "job_1.1")
