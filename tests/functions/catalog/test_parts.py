"""What suppliers sell, over HTTP: packs, prices, units in use, items that must be there."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.catalog import supplier_repository, unit_repository
from stockwarden.storage import clients
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import Table, write
from tests.functions.catalog.conftest import VIEWER
from tests.functions.catalog.test_units import BOX
from tests.support.capacity import measure
from tests.support.problems import problem

PART = {"part_number": "N-1", "unit": "kg", "pack_size": 2.5, "price": "12.50"}


@pytest.fixture
def supplier(create):
    return create("/suppliers", name="Acme", currency="USD")["id"]


@pytest.fixture
def box(create):
    create("/units", **BOX)


@pytest.fixture
def part(supplier, item):
    """The path of a part that is not there yet."""
    return f"/suppliers/{supplier}/parts/{item()}"


def test_a_part_is_added_replaced_listed_and_removed(ask, supplier, part):
    added = ask("PUT", part, json={**PART, "lead_time_days": 3, "minimum_packs": 4})
    assert (added.status, added.version) == (200, 1)
    assert added.json == {
        **PART,
        "supplier_id": supplier,
        "item_id": "itm_1",
        "currency": "USD",
        "lead_time_days": 3,
        "minimum_packs": 4,
        "updated_at": added.json["updated_at"],
        "version": 1,
    }
    assert ask("PUT", part, json={**PART, "lead_time_days": 3, "minimum_packs": 4}).version == 1
    replaced = ask("PUT", part, json={**PART, "price": "13", "currency": "EUR"})
    assert (replaced.version, replaced.json["minimum_packs"]) == (2, None)
    assert ask("GET", part, caller=VIEWER).json == replaced.json
    listed = ask("GET", f"/suppliers/{supplier}/parts", caller=VIEWER).json
    assert listed == {"parts": [replaced.json], "next_cursor": None}
    problem(ask("PUT", part, json=PART, headers={"If-Match": '"1"'}), 412)
    problem(ask("DELETE", part, headers={"If-Match": '"1"'}), 412)
    assert ask("DELETE", part, headers={"If-Match": '"2"'}).status == 204
    problem(ask("GET", part), 404)
    problem(ask("DELETE", part), 404)


def test_the_parts_of_a_supplier_are_counted(ask, supplier, part, item):
    assert ask("PUT", part, json=PART).status == 200
    assert ask("PUT", f"/suppliers/{supplier}/parts/{item('itm_2')}", json=PART).status == 200
    assert ask("PUT", part, json={**PART, "price": "1"}).status == 200
    assert ask("GET", f"/suppliers/{supplier}").json["parts"] == 2
    assert "2 parts" in problem(ask("DELETE", f"/suppliers/{supplier}"), 409)["detail"]
    assert ask("DELETE", part).status == 204
    assert ask("GET", f"/suppliers/{supplier}").json["parts"] == 1


def test_a_unit_is_used_by_the_parts_in_it(ask, create, part):
    create("/units", **BOX)
    create("/units", **{**BOX, "code": "crate"})

    def uses():
        return [unit_repository().find(code).uses for code in ("box", "crate")]

    for unit, expected in (("BOX", [1, 0]), ("crate", [0, 1]), ("kg", [0, 0]), ("box", [1, 0])):
        answer = ask("PUT", part, json={**PART, "unit": unit, "pack_size": 2})
        assert answer.json["unit"] == unit.lower()
        assert uses() == expected
    problem(ask("PATCH", "/units/box", json={"factor": "10"}), 409)
    assert ask("DELETE", part).status == 204
    assert uses() == [0, 0]


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("part_number", "", "/part_number"),
        ("part_number", "a\u202eb", "/part_number"),
        ("unit", "stone", "/unit"),
        ("unit", "a b", "/unit"),
        ("pack_size", 0, "/pack_size"),
        ("pack_size", -1, "/pack_size"),
        ("pack_size", "2", "/pack_size"),
        ("pack_size", 0.1234567891, "/pack_size"),
        ("pack_size", 10**13, "/pack_size"),
        ("price", 12.5, "/price"),
        ("price", "12.1234567", "/price"),
        ("currency", "usd", "/currency"),
        ("lead_time_days", 366, "/lead_time_days"),
        ("minimum_packs", 0, "/minimum_packs"),
    ],
)
def test_a_field_is_refused(ask, part, field, value, pointer):
    (error,) = problem(ask("PUT", part, json={**PART, field: value}), 422)["errors"]
    assert error["pointer"] == pointer


def test_a_pack_is_in_a_unit_of_the_items_kind(ask, supplier, item):
    path = f"/suppliers/{supplier}/parts/{item('itm_9', unit='l')}"
    (error,) = problem(ask("PUT", path, json=PART), 422)["errors"]
    assert (error["pointer"], "kept in l" in error["detail"]) == ("/unit", True)
    assert ask("PUT", path, json={**PART, "unit": "gal"}).status == 200


def test_what_is_not_there(ask, supplier, part):
    for path in (
        f"/suppliers/{supplier}/parts/itm_0",
        "/suppliers/spl_0/parts/itm_1",
        f"/suppliers/{supplier}/parts/%20",
    ):
        problem(ask("PUT", path, json=PART), 404)
        problem(ask("GET", path), 404)
        problem(ask("DELETE", path), 404)
    problem(ask("GET", "/suppliers/spl_0/parts"), 404)


@pytest.mark.parametrize("gone", ["item", "supplier", "unit"])
@pytest.mark.usefixtures("box")
def test_what_is_deleted_in_between(ask, supplier, part, gone, monkeypatch):
    key = {
        "item": keys.item("itm_1"),
        "supplier": keys.suppliers().key(supplier),
        "unit": keys.units().key("box"),
    }[gone]
    put = Table.put

    def put_late(table, record, **options):
        if record.get("part_number"):
            write(table.delete(key))
        return put(table, record, **options)

    monkeypatch.setattr(Table, "put", put_late)
    answer = ask("PUT", part, json={**PART, "unit": "box", "pack_size": 1})
    assert "deleted meanwhile" in problem(answer, 409)["detail"]
    assert stores.catalog_table().get(key_of(keys.part("itm_1", supplier))) is None


def test_pages_are_by_item(ask, supplier, item):
    for number in range(3):
        path = f"/suppliers/{supplier}/parts/{item(f'itm_{number}')}"
        assert ask("PUT", path, json=PART).status == 200
    seen, cursor = [], None
    for _ in range(4):
        query = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = ask("GET", f"/suppliers/{supplier}/parts", query=query).json
        seen += [part["item_id"] for part in page["parts"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["itm_0", "itm_1", "itm_2"]


def test_costs(ask, supplier, part):
    with measure(clients.dynamodb()) as units:
        assert ask("PUT", part, json=PART).status == 200
    # Part and its index, check of the item, count of the supplier, audit entry.
    assert (units.reads, units.writes) == (3, 9)
    with measure(clients.dynamodb()) as units:
        ask("GET", part)
    assert (units.reads, units.writes) == (1, 0)
    assert supplier_repository().find(supplier)["version"] == 1
