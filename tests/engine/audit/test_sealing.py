"""Sealing: each entry once, whatever arrives how often, and whatever fails in between."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import botocore.client
import pytest

from stockwarden.audit.chain import GENESIS, Head
from stockwarden.audit.sealing import BATCH, entries_by_scope
from stockwarden.audit.signed_heads import ChainForked
from stockwarden.core.errors import Unavailable
from stockwarden.storage import clients
from stockwarden.storage.tables import write
from tests.support.audit import ORIGIN, Audit, change, stream_event
from tests.support.failing import refusal


@pytest.fixture
def audit(aws):
    return Audit.in_moto()


def numbers(audit, scope="company"):
    return [item["seq"] for item in audit.chain(scope)]


def test_entries_are_chained_in_the_order_of_the_stream(audit):
    images = audit.record(3)
    assert audit.sealer.seal("company", reversed(images)) == 3
    chain = audit.chain()
    assert [item["object"] for item in chain] == ["item/W-3", "item/W-2", "item/W-1"]
    assert [item["seq"] for item in chain] == [1, 2, 3]
    assert [item["previous_hash"] for item in chain] == [GENESIS, *[i["hash"] for i in chain[:2]]]
    assert audit.fault() is None


def test_every_batch_ends_in_one_signed_head(audit):
    audit.seal(2)
    audit.seal(3)
    heads = list(audit.signed_heads.read_all("company", after=0))
    assert [head.seq for head in heads] == [2, 5]
    assert [head.head.hash for head in heads] == [
        audit.chain()[1]["hash"],
        audit.chain()[4]["hash"],
    ]
    assert list(audit.bucket.keys("heads/")) == [
        "heads/company/000000000002.json",
        "heads/company/000000000005.json",
    ]


def test_scopes_have_chains_of_their_own(audit):
    for scope in ("company", "security", "warehouse:wh_1"):
        audit.seal(2, scope)
        assert numbers(audit, scope) == [1, 2]
    assert {report.fault for report in audit.verify().values()} == {None}
    assert list(audit.verify()) == ["company", "security", "warehouse:wh_1"]


def test_what_arrives_again_is_sealed_once(audit):
    images = audit.record(4)
    assert audit.sealer.seal("company", [images[0], images[0], images[1]]) == 2
    assert audit.sealer.seal("company", images) == 2
    assert audit.sealer.seal("company", images) == 0
    assert numbers(audit) == [1, 2, 3, 4]
    assert audit.fault() is None


def test_a_long_batch_is_sealed_in_several_transactions(audit):
    images = audit.record(2 * BATCH + 5)
    assert audit.sealer.seal("company", images) == len(images)
    assert numbers(audit) == list(range(1, 2 * BATCH + 6))
    assert [head.seq for head in audit.signed_heads.read_all("company", after=0)] == [len(images)]
    assert audit.fault() is None


def test_an_entry_is_sealed_as_it_was_written(audit):
    """What was changed or deleted between its write and its seal is restored from the stream."""
    images = audit.record(2)
    changed = audit.table.update(audit.key_of(images[0]), "SET #actor = :actor", actor="usr_2")
    write(changed)
    write(audit.table.delete(audit.key_of(images[1])))
    audit.sealer.seal("company", images)
    assert [item["actor"] for item in audit.chain()] == ["usr_1", "usr_1"]
    assert audit.fault() is None


def test_what_is_no_entry_holds_nobody_up(audit, caplog):
    images = audit.record(2)
    broken = {**images[0], "sk": f"{images[0]['sk']}x", "extra": b"bytes"}
    assert audit.sealer.seal("company", [broken, *images]) == 2
    assert "not an audit entry" in caplog.text


def test_the_stream_gives_new_entries_by_scope(audit):
    images = [*audit.record(2), *audit.record(1, "security"), *audit.record(1)]
    audit.seal(1, "warehouse:wh_1")
    head = audit.heads.find_state("warehouse:wh_1").stored
    event = stream_event([*images, head])
    assert entries_by_scope(event["Records"]) == {
        "company": [images[0], images[1], images[3]],
        "security": [images[2]],
    }
    assert entries_by_scope(stream_event(images, "MODIFY")["Records"]) == {}


def test_the_sweep_seals_what_the_stream_lost(audit):
    images = audit.record(5)
    audit.sealer.seal("company", images[1:3])
    assert audit.verify()["company"].unsealed.count == 3
    assert audit.sealer.sweep("company") == 3
    assert [item["object"] for item in audit.chain()] == [f"item/W-{n}" for n in (2, 3, 1, 4, 5)]
    assert audit.sealer.sweep("company") == 0
    assert audit.fault() is None


def test_the_sweep_of_a_scope_that_was_never_sealed(audit):
    audit.record(2, "warehouse:wh_1")
    assert audit.sealer.sweep("warehouse:wh_1") == 2
    assert audit.sealer.sweep("warehouse:wh_2") == 0
    assert audit.fault("warehouse:wh_1") is None


def test_the_sweep_reads_only_what_is_newer_than_the_last(audit, monkeypatch):
    audit.seal(300)
    audit.clock.now += timedelta(hours=1)
    audit.sealer.sweep("company")
    audit.record(1)
    examined = []
    query = clients.dynamodb().query

    def counted(**request):
        answer = query(**request)
        examined.append(answer["ScannedCount"])
        return answer

    monkeypatch.setattr(clients.dynamodb(), "query", counted)
    assert audit.sealer.sweep("company") == 1
    assert sum(examined) == 1


def test_an_entry_that_was_under_way_during_a_sweep_is_found_by_the_next(audit):
    audit.seal(1)
    operation = audit.log.entry(ORIGIN, change(2))
    audit.clock.now += timedelta(minutes=15)
    audit.sealer.sweep("company")
    write(operation)
    audit.clock.now += timedelta(minutes=5)
    assert audit.sealer.sweep("company") == 1
    assert audit.fault() is None


def test_a_head_that_another_table_signed_is_not_accepted(audit):
    """As after the table was restored to an earlier time."""
    audit.seal(2)
    audit.signed_heads.publish(Head("company", 3, "f" * 64, "2026-03-02T07:00:00.000Z"))
    with pytest.raises(ChainForked, match="company has two heads with number 3"):
        audit.seal(1)


CALLS = ["GetItem", "BatchGetItem", "TransactWriteItems", "Sign", "PutObject", "PutItem"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("operation", CALLS)
def test_a_crash_at_any_call_is_made_good_by_the_next_run(audit, monkeypatch, operation, after):
    """`after`: AWS did it, but the answer did not arrive."""
    audit.seal(2)
    images = audit.record(3)
    call = botocore.client.BaseClient._make_api_call

    def fail(client, name, request):
        if name != operation:
            return call(client, name, request)
        if after:
            call(client, name, request)
        raise refusal("InternalError", 500)

    with monkeypatch.context() as patch:
        patch.setattr(botocore.client.BaseClient, "_make_api_call", fail)
        with pytest.raises(Unavailable):
            audit.sealer.seal("company", images)
    audit.sealer.sweep("company")
    assert numbers(audit) == [1, 2, 3, 4, 5]
    assert [item["object"] for item in audit.chain()][2:] == [i["object"] for i in images]
    report = audit.verify()["company"]
    assert (report.fault, report.signed, report.unsealed.count) == (None, 5, 0)
    assert audit.sealer.seal("company", images) == 0


@pytest.mark.usefixtures("one_call_at_a_time")
def test_fifty_writers_and_several_sealers_neither_fork_nor_gap(audit):
    """Sealers get overlapping parts of the stream, in any order, and the sweep runs beside them."""

    def write_some(number):
        operation = audit.log.entry(ORIGIN, change(number))
        write(operation, audit.table.put({"pk": f"item{number}", "sk": "s"}))

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(write_some, range(1, 51)))
    images = audit.entries()
    assert len(images) == 50
    order = random.Random(7)  # noqa: S311 - a shuffle
    parts = [order.sample(images, 20) for _ in range(8)]
    with ThreadPoolExecutor(9) as pool:
        sealing = [pool.submit(audit.sealer.seal, "company", part) for part in parts]
        sealing.append(pool.submit(audit.sealer.sweep, "company"))
        assert sum(future.result() for future in sealing) == 50
    assert numbers(audit) == list(range(1, 51))
    report = audit.verify()["company"]
    assert (report.verified, report.signed, report.fault) == (50, 50, None)
