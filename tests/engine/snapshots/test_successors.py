"""The newest snapshot that has an anomaly of an older one."""

import pytest

from stockwarden.anomalies.report_access import ReportView
from stockwarden.bootstrap import stores
from stockwarden.core.errors import Unavailable
from stockwarden.identity.access import MembershipRole
from stockwarden.snapshots import timeline as timeline_module
from stockwarden.snapshots.successors import Successors
from stockwarden.snapshots.timeline import Timeline
from tests.engine.snapshots.stored_analyses import GENERATION, digest, store_anomalies
from tests.engine.snapshots.timeline_items import moment, snapshot


class CountingObjects:
    """Counts the reads."""

    def __init__(self, objects):
        self.objects = objects
        self.keys = []

    def read(self, key, **limits):
        self.keys.append(key.split("/")[1])
        return self.objects.read(key, **limits)


@pytest.fixture
def objects(aws):
    return CountingObjects(stores.objects())


@pytest.fixture
def successors(objects):
    return Successors(Timeline(stores.reports_table()), objects)


def show(report_id, day, pallets, scope="whole", **more):
    stores.reports_table().put_all([snapshot(report_id, day, scope, **more)])
    store_anomalies(report_id, pallets)


def view(day=5, report_id="own", warehouse_id="wh_1", as_of=""):
    return ReportView(
        report_id, "alice", warehouse_id, moment(day) if as_of == "" else as_of, moment(31),
        GENERATION, MembershipRole.OWNER,
    )  # fmt: skip


def holders(successors, pallets, report=None):
    held = successors.find_holders(report or view(), [digest(pallet) for pallet in pallets])
    return {pallet: held[digest(pallet)] for pallet in pallets if digest(pallet) in held}


def test_newest_holder_of_each_anomaly(successors):
    show("older", 4, "ABC")
    show("own", 5, "ABCD")
    show("next", 6, "ABX")
    show("last", 7, "A", "part")
    assert holders(successors, "ABCD") == {"A": "last", "B": "next"}


def test_newer_means_after_the_own_rank(successors):
    show("own", 5, "A")
    show("corrected", 5, "A", sent_hour=13)
    assert holders(successors, "A") == {"A": "corrected"}
    show("before", 5, "B", sent_hour=11)
    assert holders(successors, "B") == {}


def test_no_more_snapshots_are_read_than_needed(successors, objects):
    show("next", 6, "AB")
    show("last", 7, "A")
    assert holders(successors, "A") == {"A": "last"}
    assert objects.keys == ["last"]
    assert holders(successors, "AB") == {"A": "last", "B": "next"}
    # The digests of `last` are remembered.
    assert objects.keys == ["last", "next"]


def test_digests_are_remembered_by_analysis(successors):
    show("last", 7, "A")
    assert holders(successors, "AB") == {"A": "last"}
    stores.reports_table().put_all([snapshot("last", 7, generation="job_2.1")])
    store_anomalies("last", "B", "job_2.1")
    assert holders(successors, "AB") == {"B": "last"}


def test_search_ends_after_the_newest_whole_snapshots(successors, monkeypatch):
    monkeypatch.setattr(timeline_module, "NEWER", 2)
    show("s6", 6, "AB")
    show("s7", 7, "B")
    show("s8", 8, "")
    assert holders(successors, "AB") == {"B": "s7"}


@pytest.mark.parametrize("report", [view(warehouse_id=None), view(as_of=None)])
def test_report_outside_a_timeline_has_no_successors(successors, objects, report):
    show("last", 7, "A")
    assert holders(successors, "A", report) == {}
    assert objects.keys == []


def test_nothing_is_said_while_a_newer_snapshot_is_replaced(successors):
    stores.reports_table().put_all([snapshot("last", 7)])
    with pytest.raises(Unavailable, match="analyzed again"):
        holders(successors, "A")
    # The failure is not remembered.
    store_anomalies("last", "A")
    assert holders(successors, "A") == {"A": "last"}
