import threading

import pytest

from stockwarden.storage import clients
from stockwarden.storage.tables import ConditionFailed, Table, write


@pytest.fixture
def table(aws):
    return Table(clients.dynamodb(), aws["REPORTS_TABLE"])


def key(name):
    return {"pk": name, "sk": "x"}


def test_get_answers_none_for_nothing(table):
    assert table.get(key("absent")) is None


def test_put_get_and_conditional_put(table):
    write(table.put({**key("a"), "n": 1.5}, when="attribute_not_exists(pk)"))
    assert table.get(key("a")) == {**key("a"), "n": 1.5}
    with pytest.raises(ConditionFailed):
        write(table.put({**key("a"), "n": 2}, when="attribute_not_exists(pk)"))
    assert table.get(key("a"))["n"] == 1.5


def test_an_update_answers_the_item_as_it_is_afterwards(table):
    write(table.put({**key("a"), "version": 1, "status": "queued"}))
    change = table.update(
        key("a"),
        "SET #status = :status ADD #version :one",
        when="#version = :seen",
        status="ready",
        one=1,
        seen=1,
    )
    assert write(change, returning=True) == {**key("a"), "version": 2, "status": "ready"}
    with pytest.raises(ConditionFailed):
        write(change)


def test_several_writes_happen_together_or_not_at_all(table):
    write(table.put({**key("a"), "n": 1}))
    with pytest.raises(ConditionFailed) as failure:
        write(
            table.put({**key("b"), "n": 1}),
            table.check(key("a"), "#n = :two", two=2),
            table.delete(key("c")),
        )
    assert failure.value.failed == {1}
    assert table.get(key("b")) is None
    assert table.get(key("a")) is not None


def test_get_many_keeps_the_order_and_leaves_out_what_is_absent(table):
    table.put_all({**key(f"{n:03}"), "n": n} for n in range(130))
    keys = [key(f"{n:03}") for n in reversed(range(120))]
    keys.insert(3, key("absent"))
    assert [item["n"] for item in table.get_many(keys)] == list(reversed(range(120)))


def test_query_pages_and_filters(table):
    table.put_all({"pk": "p", "sk": f"{n:03}", "even": n % 2 == 0} for n in range(60))
    page = table.query("#pk = :pk", where="#even = :yes", limit=10, pk="p", yes=True)
    assert [item["sk"] for item in page.items] == ["000", "002", "004", "006", "008"]
    rest = table.query("#pk = :pk", start=page.last_key, pk="p")
    assert [item["sk"] for item in rest.items] == [f"{n:03}" for n in range(10, 60)]
    assert rest.last_key is None
    assert sum(1 for _ in table.query_all("#pk = :pk", pk="p", limit=7)) == 60
    table.delete_all({"pk": "p", "sk": f"{n:03}"} for n in range(60))
    assert table.query("#pk = :pk", pk="p").items == []


def test_parallel_counts_lose_nothing(table, one_call_at_a_time):
    write(table.put({**key("count"), "n": 0}))

    def add():
        for n in range(5):
            mark = {"pk": "mark", "sk": f"{threading.get_ident()}-{n}"}
            write(table.put(mark), table.update(key("count"), "ADD #n :one", one=1))

    threads = [threading.Thread(target=add) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert table.get(key("count"))["n"] == 50


def test_a_transaction_that_collides_is_tried_again(table, monkeypatch):
    client = table.client
    real, calls = client.transact_write_items, []

    def collide(**request):
        calls.append(request)
        if len(calls) < 3:
            raise client.exceptions.TransactionCanceledException(
                {
                    "Error": {"Code": "TransactionCanceledException", "Message": ""},
                    "CancellationReasons": [{"Code": "TransactionConflict"}, {"Code": "None"}],
                },
                "TransactWriteItems",
            )
        return real(**request)

    monkeypatch.setattr(client, "transact_write_items", collide)
    write(table.put({**key("a")}), table.put({**key("b")}))
    assert len(calls) == 3
    assert table.get(key("b")) == key("b")


def test_unprocessed_items_of_a_batch_are_sent_again(table, monkeypatch):
    client = table.client
    real, calls = client.batch_write_item, []

    def half(RequestItems):
        calls.append(RequestItems)
        requests = RequestItems[table.name]
        if len(calls) == 1:
            real(RequestItems={table.name: requests[:10]})
            return {"UnprocessedItems": {table.name: requests[10:]}}
        return real(RequestItems=RequestItems)

    monkeypatch.setattr(client, "batch_write_item", half)
    table.put_all({"pk": "p", "sk": f"{n:03}"} for n in range(25))
    assert len(calls) == 2
    assert len(table.query("#pk = :pk", pk="p").items) == 25
