from stockwarden.storage import clients
from stockwarden.storage.scans import scan_without
from stockwarden.storage.tables import Table


def test_every_item_without_the_attribute_is_read_over_all_pages(aws):
    table = Table(clients.dynamodb(), aws["REPORTS_TABLE"])
    padding = "x" * 100_000
    table.put_all(
        {"pk": f"{n:02}", "sk": "s", "filler": padding, **({"seq": n} if n % 2 else {})}
        for n in range(30)
    )
    items = list(scan_without(table, "seq", "pk", "sk"))
    assert sorted(item["pk"] for item in items) == [f"{n:02}" for n in range(0, 30, 2)]
    assert all(item.keys() == {"pk", "sk"} for item in items)
