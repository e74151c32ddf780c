"""The audit log on DynamoDB Local: its cost, its stream, and many writers and sealers at once."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from stockwarden.audit.repository import EntryFilter
from stockwarden.audit.sealing import entries_by_scope
from stockwarden.storage import clients
from stockwarden.storage.objects import Objects
from stockwarden.storage.signatures import SigningKey
from stockwarden.storage.tables import Table, write
from tests.support.audit import ORIGIN, Audit, change, make_key
from tests.support.aws import ENVIRONMENT

WRITERS = 50


@pytest.fixture
def audit(aws_client, audit_table):
    return Audit(
        Table(aws_client("dynamodb"), audit_table),
        Objects(clients.s3(), ENVIRONMENT["AUDIT_HEADS_BUCKET"]),
        SigningKey(clients.kms(), make_key()),
    )


def units(audit, *operations):
    answer = audit.table.client.transact_write_items(
        TransactItems=[{operation.kind: operation.request} for operation in operations],
        ReturnConsumedCapacity="TOTAL",
    )
    return sum(consumed["CapacityUnits"] for consumed in answer["ConsumedCapacity"])


def test_the_largest_entry_costs_as_much_as_the_smallest_item(audit):
    """One write unit, doubled as in every transaction. (Of several items, DynamoDB Local counts
    only one; the sum is asserted in tests/engine/audit.)"""
    fields = {f"field_{number}": ("before" * 20, "after" * 20) for number in range(30)}
    smallest = units(audit, audit.table.put({"pk": "item", "sk": "s"}))
    assert units(audit, audit.log.entry(ORIGIN, change(fields=fields))) == smallest
    larger = audit.table.put({"pk": "item", "sk": "t", "text": "x" * 1024})
    assert units(audit, larger) == 2 * smallest


class Stream:
    """Reads the table's stream from its beginning, as Lambda does."""

    def __init__(self, client, dynamodb, table):
        self.client = client
        self.arn = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]

    def records(self):
        shards = self.client.describe_stream(StreamArn=self.arn)["StreamDescription"]["Shards"]
        for shard in shards:
            iterator = self.client.get_shard_iterator(
                StreamArn=self.arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            while iterator:
                answer = self.client.get_records(ShardIterator=iterator)
                if not answer["Records"]:
                    break
                yield from answer["Records"]
                iterator = answer.get("NextShardIterator")


def test_fifty_writers_and_several_sealers_neither_fork_nor_gap(audit, aws_client):
    """While they write, two sealers read the stream from its beginning again and again, a third
    gets parts of it in any order, and the sweep runs beside them."""
    stream = Stream(aws_client("dynamodbstreams"), audit.table.client, audit.table.name)
    written = threading.Event()
    scopes = ["company", "security", "warehouse:wh_1"]

    def write_some(number):
        for scope in scopes:
            operation = audit.log.entry(ORIGIN, change(number, scope))
            write(operation, audit.table.put({"pk": f"item{number}", "sk": scope}))

    def seal(*, shuffled):
        while True:
            last_round = written.is_set()
            for scope, images in entries_by_scope(stream.records()).items():
                some = len(images) // 2 if shuffled else 0
                audit.sealer.seal(scope, random.sample(images, some) if some else images)
            if last_round:
                return

    def sweep():
        while not written.is_set():
            for scope in scopes:
                audit.sealer.sweep(scope)

    with ThreadPoolExecutor(WRITERS + 4) as pool:
        sealers = [pool.submit(seal, shuffled=shuffled) for shuffled in (False, False, True)]
        sealers.append(pool.submit(sweep))
        writers = [pool.submit(write_some, number) for number in range(WRITERS)]
        for writer in writers:
            writer.result()
        written.set()
        for sealer in sealers:
            sealer.result()

    reports = audit.verify()
    for scope in scopes:
        chain = audit.chain(scope)
        assert [item["seq"] for item in chain] == list(range(1, WRITERS + 1))
        assert len({item["hash"] for item in chain}) == WRITERS
        report = reports[scope]
        assert (report.fault, report.verified, report.signed) == (None, WRITERS, WRITERS)
        assert report.unsealed.count == 0


def test_tampering_is_found_here_too(audit):
    audit.seal(5)
    chain = audit.chain()
    audit.table.put_all([{**chain[2], "actor": "usr_2"}])
    assert audit.fault() == ("CHANGED", 3)
    audit.table.put_all([chain[2]])
    assert audit.fault() is None
    audit.table.delete_all(map(audit.key_of, chain[3:]))
    assert audit.fault() == ("CUT_TAIL", 4)


def test_lists_by_object_and_actor_have_sealed_entries_only(audit):
    audit.seal(3)
    audit.record(1)
    for kind, value, count in [("scope", "company", 4), ("actor", "usr_1", 3)]:
        entries, cursor = audit.repository.page(kind, value, EntryFilter(), limit=10, cursor=None)
        assert (len(entries), cursor) == (count, None)
