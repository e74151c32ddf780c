import pytest

from stockwarden.bootstrap import stores
from stockwarden.storage import clients
from stockwarden.storage.tables import ConditionFailed, write
from tests.support.capacity import measure, size

KEY = {"pk": "report#1", "sk": "digest"}
HEAD = {**KEY, "urgency": "0#1", "pk_status": "r#New", "pk_rule": "r#x", "place": "A#0#1"}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"a": {"S": "é"}}, 3),
        ({"n": {"N": "1234"}}, 1 + 3),
        ({"n": {"N": "-100"}}, 1 + 3),
        ({"b": {"BOOL": True}, "z": {"NULL": True}}, 4),
        ({"l": {"L": [{"S": "ab"}]}}, 1 + 3 + 1 + 2),
        ({"m": {"M": {"k": {"S": "v"}}}}, 1 + 3 + 1 + 1 + 1),
    ],
)
def test_size(item, expected):
    assert size(item) == expected


def test_reads(aws):
    table = stores.anomalies_table()
    table.put_all({**KEY, "sk": f"{n}", "text": "x" * 3000, "even": n % 2} for n in range(10))
    with measure(clients.dynamodb()) as units:
        table.get({"pk": "report#1", "sk": "none"})
        table.get({"pk": "report#1", "sk": "1"}, consistent=True)
        table.get_many([{"pk": "report#1", "sk": f"{n}"} for n in (1, 2, 99)])
        table.query("#pk = :pk", pk="report#1")
        table.query("#pk = :pk", where="#even = :even", pk="report#1", even=1)
    assert [call[1] for call in units.calls] == [0.5, 1, 1.5, 4, 4]
    assert (units.reads, units.writes) == (11, 0)


def test_writes_and_their_copies_in_indexes(aws):
    table = stores.anomalies_table()
    with measure(clients.dynamodb()) as units:
        write(table.put({**KEY, "text": "x"}))  # in no index
        write(table.put(HEAD))  # enters four
        write(table.update(KEY, "SET #pk_status = :s", s="r#Resolved"))  # moves in one of four
        write(table.put({**KEY, "sk": "big", "text": "x" * 1500}))
        write(table.delete(KEY))
    assert [call[2] for call in units.calls] == [1, 5, 1 + 2 + 3, 2, 5]


def test_transactions_and_refused_conditions(aws):
    table = stores.users_table()
    with measure(clients.dynamodb()) as units:
        write(table.put(KEY), table.check({"pk": "other", "sk": "x"}, "attribute_not_exists(#pk)"))
        with pytest.raises(ConditionFailed):
            write(table.put(KEY, when="attribute_not_exists(#pk)"))
        table.put_all([KEY, {**KEY, "sk": "second"}])
    assert [call[2] for call in units.calls] == [4, 1, 2]


def test_a_transaction_costs_double_but_not_in_the_indexes(aws):
    table = stores.anomalies_table()
    with measure(clients.dynamodb()) as units:
        write(table.put(HEAD), table.put({**KEY, "sk": "other"}))
    assert [call[2] for call in units.calls] == [2 + 4 + 2]
