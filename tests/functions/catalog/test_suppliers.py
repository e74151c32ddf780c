"""Suppliers over HTTP: names, contacts, references, archive."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stockwarden.bootstrap.catalog import supplier_repository, supplier_service
from stockwarden.catalog.supplier_model import SupplierRequest
from stockwarden.core.errors import Conflict, PreconditionFailed
from stockwarden.storage import clients
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import write
from tests.functions.catalog.conftest import MANAGER, VIEWER
from tests.support.capacity import measure
from tests.support.problems import problem

ACME = {
    "name": "Acme",
    "contact": {"name": "Jo", "email": "jo@acme.example", "phone": "+34 600 000 000"},
    "website": "https://acme.example",
    "notes": "Closed in\nAugust.",
    "currency": "USD",
    "lead_time_days": 14,
    "minimum_order": "250.00",
}


@pytest.fixture
def acme(create):
    return f"/suppliers/{create('/suppliers', **ACME)['id']}"


def names(ask, **query):
    answer = ask("GET", "/suppliers", query=query, caller=VIEWER)
    assert answer.status == 200, answer.body
    return [supplier["name"] for supplier in answer.json["suppliers"]]


def test_a_supplier_is_made_read_changed_and_deleted(ask, acme):
    read = ask("GET", acme, caller=VIEWER)
    assert read.json.items() >= ACME.items()
    assert read.json["measured_lead_time_days"] is None
    assert (read.json["archived"], read.json["parts"], read.version) == (False, 0, 1)
    changed = ask("PATCH", acme, json={"lead_time_days": 21, "website": None})
    assert (changed.json["lead_time_days"], changed.json["website"]) == (21, None)
    assert changed.version == 2
    assert ask("PATCH", acme, json={"lead_time_days": 21, "website": None}).version == 2
    problem(ask("PATCH", acme, json={"notes": "x"}, headers={"If-Match": '"1"'}), 412)
    problem(ask("DELETE", acme, headers={"If-Match": '"1"'}), 412)
    assert ask("DELETE", acme, headers={"If-Match": '"2"'}).status == 204
    problem(ask("GET", acme), 404)
    assert names(ask) == []


def test_a_name_is_enough(create):
    supplier = create("/suppliers", name="Acme")
    assert (supplier["currency"], supplier["contact"]) == ("EUR", None)


def test_a_contact_is_merged(ask, acme):
    merged = ask("PATCH", acme, json={"contact": {"email": None, "name": "Al"}}).json["contact"]
    assert merged == {"name": "Al", "email": None, "phone": "+34 600 000 000"}
    assert ask("PATCH", acme, json={"contact": None}).json["contact"] is None


@pytest.mark.parametrize("name", ["Acme", "ACME", " acme ", "Ａｃｍｅ"])
def test_a_name_is_taken_once(ask, create, acme, name):
    problem(ask("POST", "/suppliers", json={"name": name}), 409)
    other = f"/suppliers/{create('/suppliers', name='Bolts  & Co')['id']}"
    problem(ask("PATCH", other, json={"name": name}), 409)
    assert ask("PATCH", acme, json={"name": name}).status == 200
    assert ask("PATCH", acme, json={"name": "Zenith"}).status == 200
    assert ask("PATCH", other, json={"name": name}).status == 200
    assert names(ask) == [name.strip(), "Zenith"]


@pytest.mark.usefixtures("one_call_at_a_time")
def test_of_several_with_one_name_at_once_one_is_made():
    service, request = supplier_service(), SupplierRequest(name="Acme")

    def create(_):
        try:
            return service.create(MANAGER, request, None).name
        except Conflict:
            return None

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(create, range(4)))
    assert sorted(filter(None, made)) == ["Acme"]


@pytest.mark.parametrize("counter", ["parts", "items", "orders"])
def test_one_that_is_used_is_archived_instead(ask, acme, counter):
    supplier_id = acme.rpartition("/")[2]
    write(supplier_repository().count(supplier_id, counter, 1))
    detail = problem(ask("DELETE", acme), 409)["detail"]
    assert f"Acme has 1 {counter[:-1]}." in detail
    assert "archived" in detail
    assert ask("PATCH", acme, json={"archived": True}).json["archived"] is True
    assert names(ask, archived="false") == []
    assert names(ask, archived="true") == names(ask) == ["Acme"]
    assert ask("GET", acme).json["name"] == "Acme"
    write(supplier_repository().count(supplier_id, counter, -1))
    assert ask("DELETE", acme).status == 204


def test_a_reference_in_between_is_noticed(acme):
    repository, supplier_id = supplier_repository(), acme.rpartition("/")[2]
    before = repository.find(supplier_id)
    write(repository.count(supplier_id, "orders", 1))
    with pytest.raises(PreconditionFailed):
        repository.remove(before)
    assert repository.find(supplier_id)


def test_the_list_is_by_name(ask, create):
    for name in ("delta", "Alpha", "charlie", "Bravo"):
        create("/suppliers", name=name)
    seen, cursor = [], None
    for _ in range(5):
        query = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = ask("GET", "/suppliers", query=query).json
        seen += [supplier["name"] for supplier in page["suppliers"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["Alpha", "Bravo", "charlie", "delta"]


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("name", "x" * 101, "/name"),
        ("name", None, "/name"),
        ("name", "a\x00b", "/name"),
        ("name", "\ufdfa" * 100, "/name"),
        ("contact", {"email": "jo"}, "/contact/email"),
        ("contact", {"name": "a\u202eb"}, "/contact/name"),
        ("contact", {"fax": "1"}, "/contact/fax"),
        ("website", "javascript:alert(1)", "/website"),
        ("notes", "x" * 2001, "/notes"),
        ("currency", "euro", "/currency"),
        ("lead_time_days", 366, "/lead_time_days"),
        ("lead_time_days", -1, "/lead_time_days"),
        ("minimum_order", 250, "/minimum_order"),
        ("minimum_order", "-1", "/minimum_order"),
        ("measured_lead_time_days", 3, "/measured_lead_time_days"),
    ],
)
def test_a_field_is_refused(ask, acme, field, value, pointer):
    for answer in (
        ask("POST", "/suppliers", json={**ACME, field: value}),
        ask("PATCH", acme, json={field: value}),
    ):
        errors = problem(answer, 422)["errors"]
        assert [error["pointer"] for error in errors] == [pointer]


def test_costs(ask, acme):
    with measure(clients.dynamodb()) as units:
        ask("GET", acme)
    assert (units.reads, units.writes) == (1, 0)
    with measure(clients.dynamodb()) as units:
        ask("PATCH", acme, json={"name": "Acme Ltd"})
    # The supplier, the claims of the old and the new name, the audit entry.
    assert (units.reads, units.writes) == (1, 8)


def test_the_claim_of_a_name_goes_with_its_supplier(ask, acme):
    table = supplier_repository().table
    assert table.get(keys.name("supplier", "acme"))["id"] == acme.rpartition("/")[2]
    assert ask("DELETE", acme).status == 204
    assert table.get(keys.name("supplier", "acme")) is None
