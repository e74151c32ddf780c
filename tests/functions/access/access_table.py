"""docs/access.md: who may use which route, from the decisions that the tests beside this try.

`make access` writes it; `test_access_table.py` compares it.
"""

from collections.abc import Iterator

from stockwarden.identity.access import MembershipRole, Role, scope_of
from tests.functions.access.decisions import (
    ALSO_IN_WAREHOUSE,
    COMPANY,
    DECISIONS,
    EVERYBODY,
    OWN_ACCOUNT,
    PERSONAL,
)
from tests.support.openapi import DOCUMENT
from tools.template import ROOT

TARGET = ROOT / "docs" / "access.md"
IN_WAREHOUSE = [role for role in MembershipRole if role is not MembershipRole.ADMIN]
_YES = "yes"
_OWN = "own"
_BOTH = "both"
_HEAD = """# Who may do what

Generated from `tests/functions/access/decisions.py`, which the tests beside it try on every route:
`make access`. What a role means stands in `layers/engine/stockwarden/identity/access.py`, the only
place that decides.

- **yes**: allowed. **own**: allowed, and about the caller's own resources only.
- **401**: not signed in. Whose account is disabled, whose session was ended or has expired, and
  whose API token was revoked or has expired is answered so on every route with a scope or "session"
  in the last column, whatever the role.
- **both**: allowed to who also has a role in the company that allows it.
- **403**: too weak a role, where the caller may know that the resource exists. **404**: where not.
- The roles *in the warehouse* decide about what belongs to a warehouse, whatever the account's
  role; strangers are those who have none there. The roles *in the company* decide about what
  belongs to the company. An admin may do everything.
- The last column is the scope that an API token needs; with any other scope the answer is 403
  (`insufficient_scope`). "session" means that no API token opens the route. A token for certain
  warehouses makes its owner a stranger in all others.

"""


def rows() -> Iterator[list[str]]:
    """Cells of one row per decision, by path and method."""
    lines: list[tuple[str, str, list[str]]] = []
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            security = operation.get("security", DOCUMENT["security"])
            if not security or {} in security:
                lines.append((path, method.upper(), [_YES] * (1 + len(IN_WAREHOUSE) + len(Role))))
    for method, path in [*EVERYBODY, *OWN_ACCOUNT, *PERSONAL]:
        lines.append((path, method, ["401", *[_OWN] * (len(IN_WAREHOUSE) + len(Role))]))
    for (method, path), (least, _) in COMPANY.items():
        company = [_YES if role.includes(least) else "403" for role in Role]
        there = ALSO_IN_WAREHOUSE.get((method, path))
        warehouse = ["–"] * len(IN_WAREHOUSE) if there is None else in_warehouse(there, _BOTH)
        lines.append((path, method, ["401", *warehouse, *company]))
    for decision in DECISIONS:
        warehouse = in_warehouse(decision.least, _YES)
        company = [_YES if role is Role.ADMIN else "–" for role in Role]
        path = decision.path.replace("{empty_id}", "{warehouse_id}") + _said_in(decision.body)
        lines.append((path, decision.method, ["401", *warehouse, *company]))
    for path, method, cells in sorted(lines):
        public = cells[0] == _YES
        scope = "" if public else scope_of(method, path.partition("?")[0]) or "session"
        yield [f"`{method} {path}`", *cells, scope]


def in_warehouse(least: MembershipRole, allowed: str) -> list[str]:
    refused = {MembershipRole.STRANGER: "404"}
    return [allowed if role >= least else refused.get(role, "403") for role in IN_WAREHOUSE]


def _said_in(body: object) -> str:
    """What tells two decisions about one route apart: their bodies."""
    match body:
        case {"role": role}:
            return f" role={role}"
        case {"warehouse_id": None}:
            return " out of a warehouse"
        case {"warehouse_id": _, **others} if not others:
            return " into a warehouse"
    return ""


def render() -> str:
    head = [
        "route",
        "nobody",
        *(role.label for role in IN_WAREHOUSE),
        *(str(role) for role in Role),
        "token scope",
    ]
    over = ["", "", "*in the warehouse*", *[""] * 4, "*in the company*", *[""] * 4, ""]
    lines = [over, ["---"] * len(head), [f"**{name}**" for name in head], *rows()]
    return _HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
