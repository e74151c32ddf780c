"""Entries: their form, their bounds, and what they cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.audit.entry import MAX_BYTES, Change, entry_item, read_entry
from stockwarden.audit.origin import Origin
from stockwarden.core.ids import may_be_id
from stockwarden.storage import clients
from stockwarden.storage.attributes import to_attributes
from stockwarden.storage.tables import Table, write
from tests.support.audit import ORIGIN, START, Audit, change
from tests.support.capacity import measure, size

TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


def test_an_entry_reads_back_as_it_was_made():
    entry = read_entry(entry_item(ORIGIN, change(7, "warehouse:wh_1"), START))
    assert may_be_id(entry.id)
    assert vars(entry) == {
        "id": entry.id,
        "at": "2026-03-02T06:00:00.000Z",
        "scope": "warehouse:wh_1",
        "actor": "usr_1",
        "action": "item.updated",
        "object": "item/W-7",
        "changes": {"reorder_point": ["0", "7"]},
        "source": "203.0.113.7",
        "request_id": "req-1",
        "via": "ses_1",
        "omitted": None,
        "seq": None,
        "hash": "",
    }


@pytest.mark.parametrize(
    ("origin", "changed"),
    [
        (ORIGIN, change(scope="warehouse:")),
        (ORIGIN, change(scope="warehouse:a#b")),
        (ORIGIN, change(scope="elsewhere")),
        (ORIGIN, change(action="updated")),
        (ORIGIN, change(action="Item.Updated")),
        (ORIGIN, change(action="a." + "b" * 63)),
        (ORIGIN, change(object="item")),
        (ORIGIN, change(object="item/")),
        (ORIGIN, change(object="item/" + "x" * 196)),
        (ORIGIN, change(object="item/a\nb")),
        (Origin("", "203.0.113.7"), change()),
        (Origin("ana@example.com", "203.0.113.7"), change()),
        (Origin("u" * 81, "203.0.113.7"), change()),
    ],
)
def test_a_wrong_shape_is_an_error_of_ours(origin, changed):
    with pytest.raises(ValueError, match=r"audit|opaque"):
        entry_item(origin, changed, START)


def test_long_addresses_and_ids_of_requests_are_cut():
    item = entry_item(Origin("usr_1", "s" * 99, "r" * 99, "ä" * 99), change(), START)
    assert (item["source"], item["request_id"], item["via"]) == ("s" * 64, "r" * 64, "ä" * 32)


@given(
    origin=st.builds(Origin, st.just("u" * 80), source=TEXT, request_id=TEXT, via=TEXT),
    fields=st.dictionaries(
        st.from_regex(r"[a-z_]{1,30}", fullmatch=True), st.tuples(TEXT, TEXT), max_size=20
    ),
)
def test_an_entry_is_never_larger_than_one_write_unit(origin, fields):
    largest = Change("warehouse:" + "w" * 80, "a." + "b" * 62, "item/" + "x" * 195, fields)
    assert size(to_attributes(entry_item(origin, largest, START))) <= MAX_BYTES == 1024


def test_an_entry_costs_two_write_units_and_no_round_trip_of_its_own(aws):
    audit = Audit.in_moto()
    anomalies = Table(clients.dynamodb(), aws["ANOMALIES_TABLE"])
    writes = [anomalies.put({"pk": f"p{number}", "sk": "s"}) for number in range(2)]
    with measure(clients.dynamodb()) as alone:
        write(*writes)
    fields = {f"field_{number}": ("before" * 20, "after" * 20) for number in range(30)}
    with measure(clients.dynamodb()) as audited:
        write(*writes, audit.log.entry(ORIGIN, change(fields=fields)))
    assert audited.writes - alone.writes == 2
    assert [call[0] for call in audited.calls] == ["TransactWriteItems"]


def test_an_entry_is_written_with_the_change_or_not_at_all(aws):
    audit = Audit.in_moto()
    refused = audit.table.put({"pk": "p", "sk": "s"}, when="attribute_exists(#pk)")
    with pytest.raises(Exception, match="no longer as expected"):
        write(refused, audit.log.entry(ORIGIN, change()))
    assert audit.entries() == []


def test_a_record_whose_answer_was_lost_is_written_once(aws, monkeypatch):
    audit = Audit.in_moto()
    put = clients.dynamodb().put_item

    def put_twice(**request):
        put(**request)
        return put(**request)

    monkeypatch.setattr(clients.dynamodb(), "put_item", put_twice)
    audit.log.record(ORIGIN, change())
    assert len(audit.entries()) == 1
