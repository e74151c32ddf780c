"""Fills a stack with a plausible company: `make seed [SEED=1] [DAYS=60] [ITEMS=2000] [STACK=…]`.

    python -m tools.seed_data --seed 1 --days 60 --items 2000

People with roles, two warehouses with members, and what happened in the past weeks: the audit log,
security events, and the log of what ran. The reports themselves were removed each evening; send a
file for one that is there. And a catalog with suppliers, and what has moved of its items in a year
(`tools/stockroom`), with orders, kits and what was used up; what moved before the company used the
product was brought along.

Everything comes from the seed and the day: to repeat a call that was interrupted, or is done, adds
only what is missing. Movements stay those of the day of the first call. Each person has a password
of which nobody knows anything, unless SEED_PASSWORD says one for all.

Without `--stack` it is the stack of `make up`; credentials and region for another are the shell's.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

from botocore.exceptions import BotoCoreError, ClientError

from stockwarden.audit.entry import entry_item
from stockwarden.audit.origin import Origin
from stockwarden.bootstrap import stores
from stockwarden.core import clock
from stockwarden.core.errors import Conflict, StockwardenError
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.users import UserRepository
from stockwarden.operations.report_log import ReportLog
from stockwarden.storage.attributes import from_attributes
from stockwarden.storage.tables import ConditionFailed, Operation, write
from stockwarden.warehouse.layout.layout import Layout
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.repository import WarehouseRepository
from tools.local import show
from tools.local.failure import StepFailed
from tools.sample_layout import layout_rows
from tools.seed_company import Plan, SeededEntry, SeededPerson, SeededRun, SeededWarehouse
from tools.seed_plan import plan
from tools.stack_outputs import outputs_of
from tools.stockroom.history import LEFT_ALONE
from tools.stockroom.services import Tables
from tools.stockroom.sites import Site, Worker
from tools.stockroom.stocking import Stocking
from tools.stockroom.trade.kits import MOST_KITS
from tools.stockroom.trade.plan import Size
from tools.stockroom.trade.trade import EVENTS_LEFT_ALONE

_TABLES = ("Users", "Reports", "Audit", "Operations", "Catalog", "Stock")
_AT_ONCE = 8
_FEWEST_DAYS, _MOST_DAYS = 20, 365
_MOST_ITEMS, _DAYS_OF_MOVEMENTS = 2000, 365
# The share of orders, kits and uses that is there however few items are.
_SMALLEST = 0.1


def use(outputs: Mapping[str, str]) -> None:
    """Sets the engine's environment to the tables of a stack. Raises StepFailed."""
    try:
        for name in _TABLES:
            os.environ[f"{name.upper()}_TABLE"] = outputs[f"{name}TableName"]
    except KeyError as missing:
        raise StepFailed(f"The stack has no output {missing}: deploy this release.") from None


def store(company: Plan, password: str) -> dict[str, int]:
    """Stores what is missing; {noun: how many were added}. Raises Conflict where somebody else has
    one of the names."""
    hashed = passwords.hash_password(password)
    people = sum([_add_person(person, hashed) for person in company.people])
    warehouses = sum([_add_warehouse(warehouse) for warehouse in company.warehouses])
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        entries = sum(pool.map(_add_entry, company.entries))
        runs = sum(pool.map(_add_run, company.runs))
    return {
        "people": people,
        "warehouses": warehouses,
        "audit entries": entries,
        "runs": runs,
    }


def store_stock(company: Plan, options: argparse.Namespace) -> dict[str, int]:
    """Stores the catalog and what has moved, as `store`."""
    tables = Tables(stores.catalog_table(), stores.stock_table(), stores.audit_table())
    sites = [_site(company, warehouse) for warehouse in company.warehouses]
    with show.status("Catalog …") as tell:
        stocking = Stocking(
            tables=tables,
            sites=sites,
            keeper=sites[0].workers[0].caller,
            day=company.warehouses[0].founded.date(),
            items=options.items,
            until=options.until,
            days=_DAYS_OF_MOVEMENTS,
            seed=options.seed,
            size=_size(options.items),
        )
        return stocking.store(tell)


def _size(items: int) -> Size:
    """That of a company with all items; of one with fewer a share of it."""
    share = max(_SMALLEST, items / _MOST_ITEMS)
    return Size(
        orders=round(300 * share),
        kits=range(round(MOST_KITS * share)),
        assemblies=round(120 * share),
        uses_a_day=2.5 * share,
    )


def _site(company: Plan, warehouse: SeededWarehouse) -> Site:
    """A warehouse with those who may move its stock, its owner first."""
    there = [warehouse.owner, *warehouse.members]
    people = sorted(
        (person for person in company.people if person.username in there),
        key=lambda person: there.index(person.username),
    )
    workers = [
        Worker(
            Caller(person.username, person.user_id, person.role, "", source="seed"), person.joined
        )
        for person in people
        if person.role.includes(Role.OPERATOR)
    ]
    mark = warehouse.name[0]
    return Site(warehouse.id, mark, warehouse.timezone, warehouse.founded, workers)


def _add_person(person: SeededPerson, hashed: str) -> bool:
    users = UserRepository(stores.users_table(), lambda: person.joined)
    there = users.find(person.username)
    if there and there.user_id != person.user_id:
        raise Conflict(f"There is an account {person.username} that is not of this seed.")
    if not there:
        users.add(
            person.username,
            hashed,
            email=person.email,
            language=person.language,
            role=person.role,
            user_id=person.user_id,
        )
        users.change_profile(person.username, {"display_name": person.name}, 1)
    if person.left and not (there and there.disabled):
        users.change_standing(person.username, disabled=True)
    return there is None


def _add_warehouse(warehouse: SeededWarehouse) -> bool:
    def founded() -> datetime:
        return warehouse.founded

    repository = WarehouseRepository(stores.reports_table(), founded)
    members = MemberRepository(stores.reports_table(), stores.users_table(), founded)
    facts = {"name": warehouse.name, "timezone": warehouse.timezone, "part_below": 0.5}
    layout = Layout.from_rows(layout_rows())
    added = _is_new(lambda: repository.add(warehouse.id, warehouse.owner, facts, layout))
    for username, role in warehouse.members.items():
        if members.find(warehouse.id, username) is None:
            members.put(warehouse.id, username, role, None, by=warehouse.owner)
    # Stock is moved there by a ledger that knows no warehouses.
    repository.mark_stocked(warehouse.id)
    return added


def _add_entry(entry: SeededEntry) -> bool:
    origin = Origin(entry.actor, entry.source, "", entry.via)
    item = entry_item(origin, entry.change, entry.moment, entry.id)
    return _put(stores.audit_table().put(item, when="attribute_not_exists(#pk)"))


def _add_run(seeded: SeededRun) -> bool:
    days = stores.settings().report_log_days
    log = ReportLog(stores.operations_table(), lambda: seeded.ended, days)
    item = from_attributes(log.entry(seeded.run).request["Item"])
    return _put(stores.operations_table().put(item, when="attribute_not_exists(#pk)"))


def _put(operation: Operation) -> bool:
    return _is_new(lambda: write(operation))


def _is_new(add: Callable[[], object]) -> bool:
    try:
        add()
    except ConditionFailed:
        return False
    return True


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Fill a stack with a plausible company.")
    parser.add_argument("--stack", default="", help="on AWS; without, that of `make up`")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=60, help=f"{_FEWEST_DAYS} to {_MOST_DAYS}")
    parser.add_argument("--items", type=int, default=_MOST_ITEMS, help=f"1 to {_MOST_ITEMS:,}")
    parser.add_argument("--until", type=date.fromisoformat, default=clock.utc_now().date())
    options = parser.parse_args(arguments)
    if not _FEWEST_DAYS <= options.days <= _MOST_DAYS:
        parser.error(f"--days is from {_FEWEST_DAYS} to {_MOST_DAYS}")
    if not 1 <= options.items <= _MOST_ITEMS:
        parser.error(f"--items is from 1 to {_MOST_ITEMS:,}")
    password = os.environ.get("SEED_PASSWORD", "")
    try:
        if password:
            passwords.check_strength(password, "")
        use(outputs_of(options.stack))
        company = plan(options.seed, options.until, options.days)
        added = store(company, password or secrets.token_urlsafe(32))
        added |= store_stock(company, options)
    except (BotoCoreError, ClientError, StockwardenError, StepFailed) as failed:
        print(f"tools.seed_data: {failed}", file=sys.stderr)
        return 1
    left_alone, events_left_alone = added.pop(LEFT_ALONE), added.pop(EVENTS_LEFT_ALONE, 0)
    print("Added " + ", ".join(f"{number:,} {noun}" for noun, number in added.items()) + ".")
    if left_alone:
        were = "item was" if left_alone == 1 else "items were"
        print(f"{left_alone:,} {were} left alone: archived, or moved by others.")
    if events_left_alone:
        print(
            f"{events_left_alone:,} events of orders, kits and consumption were left alone: "
            "somebody has changed what they need."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
