"""`make up`: from a checkout to a running product with a small catalog and the sample inventory.

python -m tools.local.up [--port 4566]
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from stockwarden.identity.access import Role
from stockwarden.identity.users import UserRepository
from stockwarden.storage.tables import Table
from tools import sample
from tools.local import aws, show
from tools.local.cloud import Cloud
from tools.local.command import HOME, command
from tools.local.deploy import STACK, deploy, located
from tools.local.session import Session
from tools.local.stack import STACK_FILE, Stack
from tools.local.stockroom import stock_up
from tools.rebuild_projections import make_anew
from tools.sample_layout import layout_rows

WAREHOUSE = "Demo warehouse"
FILENAME = "sample-inventory.xlsx"


def up(cloud: Cloud) -> None:
    with _step("Local cloud", "started", "is running") as step:
        step.done(cloud.start(step.tell))
    with _step("Stack", "deployed", "is up to date") as step:
        step.done(deploy(cloud))
    stack = Stack.of(cloud, located(cloud))
    stack.write()
    with _step("Demo warehouse", "made", "is there") as step:
        session = Session.register(stack.api_url, stack.username, stack.password)
        make_admin(cloud, stack.username)
        warehouse, new = _warehouse(session)
        step.done(new)
    with _step("Catalog", "stocked", "is there") as step:
        step.done(stock_up(cloud, stack.username, warehouse))
    if step.new:
        with (
            _step("Figures", "computed", "are there"),
            closing(aws.client(cloud, "dynamodb")) as client,
        ):
            make_anew(client, aws.outputs(cloud, STACK), lambda _: None)
    with _step("Sample inventory", "analyzed", "was analyzed before") as step:
        report, new = _report(session, warehouse, cloud.home / FILENAME)
        step.done(new)
    show.anomalies(list(session.list("/anomalies", "anomalies", report_id=report)))
    _say_where_to_go(stack, report)


def make_admin(cloud: Cloud, username: str) -> None:
    """Gives the account the role of an administrator, which no route of its own could."""
    with closing(aws.client(cloud, "dynamodb")) as client:
        table = Table(client, aws.outputs(cloud, STACK)["UsersTableName"])
        UserRepository(table).change_standing(username, role=Role.ADMIN)


def _warehouse(session: Session) -> tuple[str, bool]:
    for warehouse in session.list("/warehouses", "warehouses"):
        if warehouse["name"] == WAREHOUSE:
            return str(warehouse["id"]), False
    body = {"name": WAREHOUSE, "timezone": "UTC", "layout": layout_rows()}
    return str(session.call("POST", "/warehouses", json=body)["id"]), True


def _report(session: Session, warehouse: str, file: Path) -> tuple[str, bool]:
    for report in session.list("/reports", "reports", status="ready", warehouse_id=warehouse):
        if report["report_name"] == FILENAME:
            return str(report["id"]), False
    sample.write_workbook(file, sample.inventory_rows())
    report_id = session.send(
        file,
        report_name=FILENAME,
        warehouse_id=warehouse,
        as_of=sample.SNAPSHOT.isoformat(),
    )
    with show.progress() as watch:
        show.require_ready(session.wait(report_id, watch))
    return report_id, True


@dataclass
class _Step:
    """A step of `make up`; `tell` shows a progress sentence."""

    tell: Callable[[str], None]
    new: bool = True

    def done(self, new: bool) -> None:
        self.new = new


@contextmanager
def _step(task: str, changed: str, unchanged: str) -> Iterator[_Step]:
    start = time.perf_counter()
    with show.status(f"{task} …") as tell:
        step = _Step(tell)
        yield step
    seconds = time.perf_counter() - start
    outcome = changed if step.new else unchanged
    show.console.print(f"[green]✓[/] {task} {outcome} [dim]({seconds:.1f} s)[/]")


def _say_where_to_go(stack: Stack, report: str) -> None:
    print_line = partial(show.console.print, soft_wrap=True)
    print_line(f"\nThe page: [link]{stack.app_url}[/link]")
    print_line(
        f"The API: {stack.api_url} — sign in as {stack.username}, the password is in {STACK_FILE}"
    )
    print_line(f"This report: GET {stack.api_url}/reports/{report}/details")
    print_line(
        "Your own file: make analyze FILE=stock.xlsx   Stop: make down   Start over: make reset"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Start the product on this machine.")
    parser.add_argument("--port", type=int, default=4566)
    arguments = parser.parse_args()
    with command("make up"):
        up(Cloud(HOME, arguments.port))


if __name__ == "__main__":
    main()
