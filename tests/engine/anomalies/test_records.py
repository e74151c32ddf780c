import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.anomalies.companions import MOST
from stockwarden.anomalies.ids import digest_of
from stockwarden.anomalies.model import (
    AnomalyDetail,
    Recurrence,
    Status,
    location_code,
    location_name,
)
from stockwarden.anomalies.record_body import compact
from stockwarden.anomalies.records import (
    Carried,
    EvidenceLine,
    WorkState,
    anomaly_of,
    fields_of,
    make_record,
)
from stockwarden.storage.attributes import to_attributes
from stockwarden.storage.keys import anomalies as keys
from tests.engine.anomalies.anomaly_factory import finding
from tests.support.capacity import size

PK = keys.generation("rep_" + "a" * 26, "job_" + "b" * 26 + ".1")
NEW = WorkState(Status.NEW, 1, "2026-01-05T08:00:00.000Z", "2026-01-05T08:00:00.000Z")
# The largest growth of a record after it was written: see `_HEAD_BYTES`.
LATER = {"assignee": "someone.with.a.rather.long.name@warehouse.example", "version": 999_999}


# Those of a lead with as many companions as a record names.
GROUP = {"companions": "a" * 20 * MOST}


def head_of(document, group=()):
    document = json.loads(compact(document))
    line = EvidenceLine(123_456_789, 1_234_567, document)
    digest = digest_of(document["fingerprint"])
    return make_record(PK, digest, 999_999, line, at_location=12_345, group=dict(group), state=NEW)


def largest(record):
    changed = record | LATER | {"pk_status": keys.by_status(PK, Status.ACKNOWLEDGED)}
    return size(to_attributes(changed))


def cells(count, text="x"):
    return [
        {
            "sheet": "Stock",
            "row": 2,
            "column": f"Column {number}",
            "raw": text,
            "parsed": f"{text}!",
        }
        for number in range(count)
    ]


def test_ordinary_finding_fits_completely():
    record = head_of(finding(5))
    listed = anomaly_of(record)
    assert [cell.model_dump() for cell in listed.evidence] == finding(5)["evidence"]
    assert listed.details == finding(5)["details"]
    assert largest(record) <= 1024


def test_lists_show_the_first_row_only():
    evidence = [*finding(1)["evidence"], *finding(2)["evidence"]]
    listed = anomaly_of(head_of(finding(1, evidence=evidence, evidence_total=4)))
    assert [cell.model_dump() for cell in listed.evidence] == finding(1)["evidence"]
    assert listed.evidence_total == 4


@pytest.mark.parametrize(
    ("changes", "kept_fields"),
    [
        ({"evidence": cells(20)}, {"details", "message", "subject"}),
        ({"details": {"nearest": ["RECV-01"] * 90}}, {"message", "subject"}),
        ({"message": "m" * 900}, {"title"}),
        ({"subject": {"type": "location", "id": "é" * 400}, "location": "é" * 400}, {"title"}),
    ],
)
def test_parts_that_do_not_fit_are_dropped_from_the_record(changes, kept_fields):
    document = finding(1, **changes)
    record = head_of(document)
    assert largest(record) <= 1024
    anomaly = anomaly_of(record).model_dump(mode="json")
    assert {name: anomaly[name] for name in kept_fields} == {
        name: document[name] for name in kept_fields
    }
    whole = AnomalyDetail(**fields_of(record, document), history=[], history_total=0)
    assert whole.model_dump(mode="json")["message"] == document["message"]


texts = st.text(max_size=400)


@given(
    subject=texts,
    message=texts,
    location=st.none() | texts,
    pallet=st.none() | texts,
    details=st.dictionaries(texts, st.integers() | texts, max_size=5),
    evidence=st.lists(texts, max_size=5),
)
def test_record_never_exceeds_one_kilobyte(  # noqa: PLR0917 - one per strategy
    subject, message, location, pallet, details, evidence
):
    document = finding(
        1,
        rule="location-type-mismatch",
        priority="Low",
        subject={"type": "pallet", "id": subject},
        location=location,
        pallet_id=pallet,
        message=message,
        details=details,
        evidence=[cell for text in evidence for cell in cells(1, text)],
    )
    for group in ({}, GROUP, {"lead": "b" * 20}):
        record = head_of(document, group)
        assert largest(record) <= 1024
        assert anomaly_of(record).rule == "location-type-mismatch"


def test_ordinary_finding_with_companions_keeps_what_lists_show():
    record = head_of(finding(1), GROUP)
    assert largest(record) <= 1024
    listed = anomaly_of(record)
    assert (listed.subject.id, listed.message) == ("PLT-000001", finding(1)["message"])
    assert len(listed.companions) == MOST


@given(texts, texts)
def test_location_prefixes_are_equal_iff_names_are(first, other):
    names = location_name(first), location_name(other)
    prefixes = [keys.location_prefix(location_code(location)) for location in (first, other)]
    blank = [name.replace("\x1f", " ") for name in names]
    assert (prefixes[0] == prefixes[1]) == (blank[0] == blank[1])
    assert not prefixes[0].startswith(prefixes[1]) or prefixes[0] == prefixes[1]


def test_the_largest_group_fits_with_the_longest_texts_and_every_input_of_a_cost():
    document = finding(
        1,
        rule="location-type-mismatch",
        subject={"type": "stock_line", "id": "é" * 400},
        pallet_id="é" * 400,
        location="é" * 400,
        message="é" * 400,
        cost={
            "amount": 123456.78,
            "currency": "EUR",
            "formula": "",
            "inputs": {
                "pallets": 12345, "hours": 12345.6, "pallet_hour": 12.345, "minutes": 480,
                "handling_minute": 12.345, "share": 0.125, "pallet_value": 12345.67,
            },
        },
        evidence=cells(20),
    )  # fmt: skip
    state = WorkState(Status.ACKNOWLEDGED, 123, NEW.created_at, NEW.updated_at)
    carried = Carried(Recurrence.PERSISTING, NEW.created_at, state)
    line = EvidenceLine(123_456_789, 1_234_567, json.loads(compact(document)))
    record = make_record(
        PK, "c" * 20, 999_999, line, at_location=12_345, group=GROUP, state=state, carried=carried
    )
    assert largest(record) <= 1024
    listed = anomaly_of(record)
    assert (listed.subject.type, listed.cost.amount) == ("stock_line", 123456.78)
    assert len(listed.companions) == MOST
