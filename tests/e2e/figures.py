"""Whoever looks at the figures of the stock."""

import json
from typing import Any

from tests.e2e.conftest import Deployment
from tests.e2e.visitor import Visitor, eventually


def read_figures(visit: Visitor, deployment: Deployment, boss: dict[str, str]) -> None:
    """An item reaches the totals by the stream; the lists are made with the rights of the role."""
    name = {"name": f"Figures {boss['Authorization'][-8:]}"}
    category = visit("POST", "/categories", expect=201, headers=boss, json=name)["id"]
    item = {**name, "category": category, "quantity": 8, "unit_cost": "2.50", "currency": "EUR"}
    item_id = visit("POST", "/items", expect=201, headers=boss, json=item)["id"]
    line = {"item_id": item_id, "warehouse_id": "wh_main", "kind": "issue", "quantity": 2}
    key = {**boss, "Idempotency-Key": item_id}
    visit("POST", "/movements", expect=201, headers=key, json=line)
    asked = {"by": "category", "currency": "EUR", "limit": 100}

    def valued() -> Any:
        answer = visit("GET", "/analytics/stock-value", expect=200, headers=boss, params=asked)
        groups = {each["id"]: each for each in answer["groups"]}
        return groups.get(category, {}).get("value") == "15.00" and answer

    assert eventually("the value of the category", valued)["as_of"]
    with deployment.aws("lambda") as functions:
        for task, key in (({"task": "views", "now": True}, "views"), ({"task": "check"}, "items")):
            answer = functions.invoke(
                FunctionName=f"{deployment.outputs['ProjectionsFunctionName']}:live",
                Payload=json.dumps(task),
            )
            assert json.load(answer["Payload"])[key] > 0
    only = {"category": category, "currency": "EUR"}
    for route in ("abc", "turnover", "consumption"):
        listed = visit("GET", f"/analytics/{route}", expect=200, headers=boss, params=only)
        assert [each["item_id"] for each in listed["items"]] == [item_id], route
    visit("GET", "/analytics/slow-movers", expect=200, headers=boss)
    point = {"reorder_point": 50}
    visit("PUT", f"/items/{item_id}", expect=200, headers=boss, json=point)

    def is_low() -> bool:
        page = visit("GET", "/analytics/low-stock", expect=200, headers=boss, params=only_low)
        return any(each["item_id"] == item_id for each in page["items"])

    only_low = {"category": category}
    assert eventually("the item that is low", is_low)

    def ordered() -> Any:
        return visit("GET", "/analytics/orders", expect=200, headers=boss)["statuses"]

    assert eventually("the orders that were made", ordered)
    assert visit("GET", "/analytics/suppliers", expect=200, headers=boss)["as_of"]
