"""Who may see and change rules and costs of a warehouse."""

import pytest

from tests.functions.rules.asking import ask
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem
from tests.support.reports import create_warehouse
from tests.support.snapshots import snapshot


@pytest.fixture
def place():
    warehouse = create_warehouse()["id"]
    return {"warehouse": warehouse, "report": snapshot(warehouse, [5, 20])["id"]}


ROUTES = [
    ("GET", "/rules?warehouse_id={warehouse}", None),
    ("GET", "/rules/expired?warehouse_id={warehouse}", None),
    ("PUT", "/rules/expired?warehouse_id={warehouse}", {}),
    ("DELETE", "/rules/expired?warehouse_id={warehouse}", None),
    ("GET", "/rules/expired/versions?warehouse_id={warehouse}", None),
    ("GET", "/rules/stagnant-pallet/suggestion?warehouse_id={warehouse}", None),
    ("GET", "/reports/{report}/what-if?rule=stagnant-pallet", None),
    ("GET", "/warehouses/{warehouse}/costs", None),
    ("PUT", "/warehouses/{warehouse}/costs", {}),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES, ids=str)
def test_access(place, method, path, body):
    where = path.format(**place)
    for caller in (USER, ADMIN):
        assert ask(method, where, caller=caller, json=body).status in (200, 204)
    missing = problem(ask(method, where, caller=OTHER, json=body), 404)
    unguessed = path.format(warehouse="wh_0", report="rep_0")
    assert problem(ask(method, unguessed, json=body), 404)["detail"] == missing["detail"]
    problem(ask(method, where, caller=None, json=body), 401)


def test_the_defaults_are_for_everybody_who_is_signed_in():
    assert ask("GET", "/rules", caller=OTHER).status == 200
    assert ask("GET", "/rules/expired", caller=OTHER).status == 200
    problem(ask("GET", "/rules", caller=None), 401)
