"""Inventory types over HTTP: what they demand, names, references."""

import pytest

from stockwarden.bootstrap.catalog import inventory_type_repository
from stockwarden.catalog.references import count_references
from stockwarden.storage import clients
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.tables import write
from tests.functions.catalog.conftest import VIEWER
from tests.support.capacity import measure
from tests.support.problems import problem

FOOD = {"name": "Food", "demands_lot": True, "demands_expiry": True, "demands_serial": False}


@pytest.fixture
def food(create):
    return f"/inventory-types/{create('/inventory-types', **FOOD, description='Eaten.')['id']}"


def test_a_type_is_made_read_changed_and_deleted(ask, food):
    read = ask("GET", food, caller=VIEWER)
    assert read.json.items() >= FOOD.items()
    assert (read.json["description"], read.json["items"], read.version) == ("Eaten.", 0, 1)
    changed = ask("PATCH", food, json={"demands_serial": True, "description": None})
    assert (changed.json["demands_serial"], changed.json["description"]) == (True, None)
    assert changed.version == 2
    assert ask("PATCH", food, json={}).version == 2
    listed = ask("GET", "/inventory-types", caller=VIEWER).json
    assert listed == {"inventory_types": [changed.json], "next_cursor": None}
    problem(ask("DELETE", food, headers={"If-Match": '"1"'}), 412)
    assert ask("DELETE", food, headers={"If-Match": '"2"'}).status == 204
    problem(ask("GET", food), 404)


@pytest.mark.parametrize("body", [{"demands_lot": False}, {"demands_lot": False, "archived": True}])
def test_an_expiry_date_belongs_to_a_lot(ask, food, body):
    (error,) = problem(ask("PATCH", food, json=body), 422)["errors"]
    assert error["pointer"] == "/demands_lot"
    new = {"name": "Other", "demands_expiry": True}
    (error,) = problem(ask("POST", "/inventory-types", json=new), 422)["errors"]
    assert error["pointer"] == "/demands_lot"
    both = {"demands_lot": False, "demands_expiry": False}
    assert ask("PATCH", food, json=both).status == 200


def test_a_name_is_taken_once(ask, food):
    problem(ask("POST", "/inventory-types", json={"name": "FOOD"}), 409)


def test_one_that_is_used_is_archived_instead(ask, food):
    repository, type_id = inventory_type_repository(), food.rpartition("/")[2]
    write(
        count_references(repository.table, catalog_keys.inventory_types().key(type_id), "items", 3)
    )
    assert "3 items" in problem(ask("DELETE", food), 409)["detail"]
    assert ask("PATCH", food, json={"archived": True}).json["archived"] is True
    for archived, expected in (("true", ["Food"]), ("false", [])):
        listed = ask("GET", "/inventory-types", query={"archived": archived}).json
        assert [each["name"] for each in listed["inventory_types"]] == expected
    write(
        count_references(repository.table, catalog_keys.inventory_types().key(type_id), "items", -3)
    )
    assert ask("DELETE", food).status == 204


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 101),
        ("name", None),
        ("demands_lot", "yes"),
        ("demands_serial", None),
        ("description", "x" * 1001),
        ("items", 3),
    ],
)
def test_a_field_is_refused(ask, food, field, value):
    for answer in (
        ask("POST", "/inventory-types", json={**FOOD, field: value}),
        ask("PATCH", food, json={field: value}),
    ):
        (error,) = problem(answer, 422)["errors"]
        assert error["pointer"] == f"/{field}"


def test_a_read_costs_one_unit(ask, food):
    with measure(clients.dynamodb()) as units:
        ask("GET", food)
    assert (units.reads, units.writes) == (1, 0)
