"""Units over HTTP: standard and own ones, conversion, use, versions."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.catalog import unit_repository
from stockwarden.catalog.standard_units import STANDARD_UNITS
from stockwarden.core.errors import PreconditionFailed
from stockwarden.storage import clients
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import ConditionFailed, write
from tests.functions.catalog.conftest import VIEWER
from tests.support.capacity import measure
from tests.support.gateway import USER
from tests.support.problems import problem

BOX = {"code": "box", "name": "Box", "dimension": "count", "factor": "12", "decimals": 0}


def converted(ask, quantity, unit, target):
    query = {"quantity": quantity, "from": unit, "to": target}
    answer = ask("GET", "/units/convert", query=query)
    assert answer.status == 200, answer.body
    return answer


def test_a_unit_is_made_read_changed_and_deleted(ask):
    made = ask("POST", "/units", json=BOX)
    assert (made.status, made.headers["location"]) == (201, "/api/v1/units/box")
    box = made.json
    assert box == {**BOX, "standard": False, "version": 1}
    read = ask("GET", "/units/BOX", caller=VIEWER)
    assert (read.json, read.version) == (box, 1)
    changed = ask("PATCH", "/units/box", json={"factor": "1/12", "decimals": 2})
    assert changed.json == {**box, "factor": "1/12", "decimals": 2, "version": 2}
    assert ask("PATCH", "/units/box", json={"factor": "2/24"}).version == 2
    problem(ask("PATCH", "/units/box", json={"name": "X"}, headers={"If-Match": '"1"'}), 412)
    problem(ask("DELETE", "/units/box", headers={"If-Match": '"1"'}), 412)
    assert ask("DELETE", "/units/box", headers={"If-Match": '"2"'}).status == 204
    problem(ask("GET", "/units/box"), 404)


@pytest.mark.parametrize(
    ("asked", "expected", "exact"),
    [
        ("2138.484 lb kg", "970.00002576708", None),
        ("970.00002576708 kg lb", "2138.484", None),
        ("5 Box pcs", "60", None),
        ("1 pcs box", "0.0833333333333333", "1/12"),
        ("1/12 box pcs", "1", None),
        ("0.1 kg g", "100", None),
        ("-2.5 m cm", "-250", None),
    ],
)
def test_a_conversion_is_exact(ask, create, asked, expected, exact):
    create("/units", **BOX)
    quantity, unit, target = asked.split()
    answer = converted(ask, quantity, unit, target)
    assert f'"quantity":{expected},' in answer.body
    assert answer.json["quantity_exact"] == exact
    assert (answer.json["from"], answer.json["to"]) == (unit.lower(), target.lower())


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"quantity": "1", "from": "kg", "to": "l"}, "/to"),
        ({"quantity": "1", "from": "stone", "to": "kg"}, "/from"),
        ({"quantity": "1", "from": "kg", "to": "stone"}, "/to"),
        ({"quantity": "1e3", "from": "kg", "to": "g"}, "/quantity"),
        ({"quantity": "1/0", "from": "kg", "to": "g"}, "/quantity"),
        ({"quantity": "nan", "from": "kg", "to": "g"}, "/quantity"),
        ({"quantity": "١", "from": "kg", "to": "g"}, "/quantity"),
        ({"from": "kg", "to": "g"}, "/quantity"),
    ],
)
def test_a_conversion_that_cannot_be(ask, query, pointer):
    errors = problem(ask("GET", "/units/convert", query=query), 422)["errors"]
    assert [error["pointer"] for error in errors] == [pointer]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("code", "x" * 21),
        ("code", "a b"),
        ("code", "convert"),
        ("name", "x" * 61),
        ("name", "Bo\u202ex"),
        ("dimension", "temperature"),
        ("factor", "0"),
        ("factor", "-1"),
        ("factor", "1e3"),
        ("factor", "1/0"),
        ("factor", 12),
        ("decimals", 10),
        ("decimals", -1),
        ("decimals", 1.5),
    ],
)
def test_a_field_is_refused(ask, field, value):
    errors = problem(ask("POST", "/units", json={**BOX, field: value}), 422)["errors"]
    assert [error["pointer"] for error in errors] == [f"/{field}"]


@pytest.mark.parametrize("code", ["box", "BOX", " Box ", "kg", "KG"])
def test_a_code_is_taken_once(ask, create, code):
    create("/units", **BOX)
    problem(ask("POST", "/units", json={**BOX, "code": code}), 409)


def test_a_standard_unit_stays(ask):
    assert ask("GET", "/units/lb").json["factor"] == "0.45359237"
    problem(ask("PATCH", "/units/lb", json={"name": "Libra"}), 409)
    problem(ask("DELETE", "/units/lb"), 409)


def test_a_unit_in_use_keeps_its_factor(ask, create, refer):
    create("/units", **BOX)
    refer(keys.units().key("box"), "uses")
    assert "in use" in problem(ask("PATCH", "/units/box", json={"factor": "10"}), 409)["detail"]
    problem(ask("DELETE", "/units/box"), 409)
    assert ask("PATCH", "/units/box", json={"name": "Carton"}).json["name"] == "Carton"
    refer(keys.units().key("box"), "uses", -1)
    assert ask("PATCH", "/units/box", json={"factor": "10"}).status == 200


def test_a_use_in_between_is_noticed(create, refer):
    create("/units", **BOX)
    repository = unit_repository()
    before = repository.find("box")
    refer(keys.units().key("box"), "uses")
    with pytest.raises(PreconditionFailed):
        repository.change(before, {"factor": "10"}, only_unused=True)
    with pytest.raises(PreconditionFailed):
        repository.remove(before)
    repository.change(before, {"name": "Carton"}, only_unused=False)
    assert repository.find("box").uses == 1


def test_a_use_of_a_deleted_unit_fails(create, ask):
    box = create("/units", **BOX) and unit_repository().find("box")
    assert unit_repository().count_uses(STANDARD_UNITS["kg"], 1) == []
    assert ask("DELETE", "/units/box").status == 204
    with pytest.raises(ConditionFailed):
        write(*unit_repository().count_uses(box, 1))
    assert stores.catalog_table().get(keys.units().key("box")) is None


def test_the_list_has_all_by_code(ask, create):
    create("/units", **BOX)
    create("/units", **{**BOX, "code": "zak"})
    codes, cursor = [], None
    while True:
        query = {"limit": 5, **({"cursor": cursor} if cursor else {})}
        page = ask("GET", "/units", query=query, caller=VIEWER).json
        codes += [unit["code"] for unit in page["units"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert len(page["units"]) == 5
    assert codes == sorted([*STANDARD_UNITS, "box", "zak"])


def test_many_are_found_at_once(create):
    create("/units", **BOX)
    units = unit_repository().find_many(["box", "kg", "nothing", "#"])
    assert units.keys() == {"box", "kg"}
    assert units["box"].factor == 12


def test_a_read_costs_one_unit(ask, create):
    create("/units", **BOX)
    with measure(clients.dynamodb()) as units:
        ask("GET", "/units/box")
    assert (units.reads, units.writes) == (1, 0)
    with measure(clients.dynamodb()) as units:
        ask("GET", "/units/kg")
    assert units.reads == 0


def test_a_member_of_no_role_reads_nothing(ask):
    for path in ("/units", "/units/kg", "/units/convert?quantity=1&from=lb&to=kg"):
        problem(ask("GET", path, caller=USER), 403)
    problem(ask("POST", "/units", json=BOX, caller=VIEWER), 403)
