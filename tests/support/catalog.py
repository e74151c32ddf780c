"""Items of the catalog, made through the API by a manager of the company."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from stockwarden.identity.access import Role
from tests.support.gateway import USER, Response
from tests.support.reports import send

MANAGER = replace(USER, role=Role.MANAGER)
_DEMANDS = ("demands_lot", "demands_expiry", "demands_serial")


def ask(method: str, path: str, **options: Any) -> Response:
    return send(method, path, caller=MANAGER, **options)


def make(path: str, **body: Any) -> Any:
    answer = ask("POST", path, json=body)
    assert answer.status == 201, answer.body
    return answer.json


def make_items(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Returns {SKU: id}. What an item demands becomes an inventory type of its own."""
    ids: dict[str, str] = {}
    for item in items:
        fields = {name: value for name, value in item.items() if name not in _DEMANDS}
        demands = {name: item[name] for name in _DEMANDS if name in item}
        if demands:
            kind = make("/inventory-types", name=f"Of {item['sku']}", **demands)
            fields["inventory_type"] = kind["id"]
        ids[item["sku"]] = make("/items", **{"name": item["sku"].title(), **fields})["id"]
    return ids
