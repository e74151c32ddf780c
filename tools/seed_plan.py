"""What a plausible company has done: its people, warehouses and the past weeks, from one seed.

Everything here is computed: the same seed, day and number of days give the same plan, with the same
ids. `seed_data.py` stores it.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from stockwarden.audit.entry import COMPANY, SECURITY, SYSTEM, Change, warehouse_scope
from stockwarden.core.clock import iso
from stockwarden.core.ids import derived_id
from stockwarden.identity.access import Role
from stockwarden.operations.report_log import Run, RunKind, RunOutcome
from tools.seed_company import (
    LEAVER,
    PEOPLE,
    WAREHOUSES,
    Plan,
    SeededEntry,
    SeededPerson,
    SeededRun,
    SeededWarehouse,
    username_of,
)

# This company keeps no report overnight: what the log tells of is gone by now.
KEPT = timedelta(hours=12)
_ADDRESS = "192.0.2."
_FAILURE = "The sheet 'Notes' has no table of rows."


def plan(seed: int, until: date, days: int) -> Plan:
    """The company as it is at midnight UTC before `until`, after `days` days, at least 20."""
    return _Writer(seed, until, days).write()


class _Writer:
    def __init__(self, seed: int, until: date, days: int) -> None:
        # Repeatable, not secret.
        self._chance = random.Random(seed)  # noqa: S311
        self._seed = seed
        self._first = datetime.combine(until, time(), UTC) - timedelta(days=days)
        self._end = datetime.combine(until, time(), UTC)
        self._days = days
        self._plan = Plan()
        self._count = 0

    def write(self) -> Plan:
        self._hire()
        self._found()
        for day in range(self._days):
            morning = self._first + timedelta(days=day)
            if morning.weekday() < 5:
                self._work(morning)
        self._plan.entries.sort(key=lambda entry: (entry.moment, entry.id))
        return self._plan

    def _hire(self) -> None:
        for name, role, language, day in PEOPLE:
            username = username_of(name)
            # The admins are there first, who make the accounts of the others.
            hour = 8 if role is Role.ADMIN else 9
            joined = self._first + timedelta(
                days=day, hours=hour, minutes=self._chance.randrange(50)
            )
            left = self._end - timedelta(days=5, hours=7) if username == LEAVER else None
            user_id = self._id("usr", username)
            person = SeededPerson(username, name, role, language, user_id, joined, left)
            self._plan.people.append(person)
            self._note(
                joined,
                self._plan.people[0],
                Change(COMPANY, "account.created", f"user/{user_id}", {"role": (None, str(role))}),
                by_system=role is Role.ADMIN,
            )
            if left:
                closed = {"disabled": (False, True)}
                change = Change(COMPANY, "account.changed", f"user/{user_id}", closed)
                self._note(left, self._plan.people[0], change)

    def _found(self) -> None:
        for name, timezone, owner, members in WAREHOUSES:
            warehouse_id = self._id("wh", name)
            founded = self._first + timedelta(hours=10, minutes=self._chance.randrange(60))
            warehouse = SeededWarehouse(warehouse_id, name, timezone, owner, members, founded)
            self._plan.warehouses.append(warehouse)
            scope, about = warehouse_scope(warehouse_id), f"warehouse/{warehouse_id}"
            facts = {"name": (None, name), "timezone": (None, timezone)}
            manager = self._person(owner)
            self._note(founded, manager, Change(scope, "warehouse.created", about, facts))
            for username, role in members.items():
                member = self._person(username)
                admitted = max(founded, member.joined) + timedelta(minutes=20)
                change = Change(
                    scope, "member.added", f"member/{member.user_id}", {"role": (None, role)}
                )
                self._note(admitted, manager, change)

    def _work(self, morning: datetime) -> None:
        for person in self._plan.people:
            arrives = morning + timedelta(minutes=self._chance.randint(330, 560))
            if person.works_at(arrives) and self._chance.random() < 0.6:
                self._sign_in(person, arrives)
        for warehouse in self._plan.warehouses:
            sent = morning + timedelta(hours=6, minutes=self._chance.randrange(40))
            if sent > warehouse.founded + timedelta(days=1):
                self._take_stock(warehouse, sent)

    def _sign_in(self, person: SeededPerson, moment: datetime) -> None:
        about, session = f"user/{person.user_id}", self._id("ses")
        if self._chance.random() < 0.08:
            failed = moment - timedelta(seconds=self._chance.randint(15, 60))
            self._note(failed, None, Change(SECURITY, "sign_in.failed", about, {}))
        self._note(moment, person, Change(SECURITY, "session.started", about, {}), via=session)

    def _take_stock(self, warehouse: SeededWarehouse, sent: datetime) -> None:
        """The morning's file: sent, analyzed, worked on, exported on Fridays, removed in time."""
        sender = self._chance.choice(list(self._workers(warehouse, sent)))
        manager = self._person(warehouse.owner)
        report_id, scope = self._id("rep"), warehouse_scope(warehouse.id)
        filename = f"stock_{sent:%Y-%m-%d}.csv"
        about, title = f"report/{report_id}", f"Stock of {sent:%d %B}"
        facts = {"filename": filename, "report_name": title, "warehouse_id": warehouse.id}
        made = {name: (None, value) for name, value in facts.items()}
        self._note(sent, sender, Change(scope, "report.created", about, made))

        def run(kind: RunKind, by: SeededPerson, begun: datetime, **facts: Any) -> None:
            seconds = facts.pop("seconds")
            self._plan.runs.append(
                SeededRun(
                    Run(
                        kind,
                        self._id("job"),
                        report_id,
                        title,
                        filename,
                        warehouse.id,
                        manager.user_id,
                        by.user_id,
                        iso(begun),
                        attempt=1,
                        **facts,
                    ),
                    begun + timedelta(seconds=seconds),
                )
            )

        rows = self._chance.randint(3800, 4600)
        if self._chance.random() < 0.04:
            failed = {"outcome": RunOutcome.FAILED, "reason": _FAILURE, "seconds": 0.9}
            run(RunKind.ANALYSIS, sender, sent, **failed)
            self._note(
                sent + timedelta(minutes=9),
                sender,
                Change(scope, "report.deleted", about, {k: (v, None) for k, v in facts.items()}),
            )
            return
        found = self._chance.randint(18, 60)
        run(
            RunKind.ANALYSIS,
            sender,
            sent,
            outcome=RunOutcome.READY,
            rows=rows,
            anomalies=found,
            seconds=round(rows / 2100 + self._chance.random(), 2),
        )
        self._resolve(warehouse, sent, self._chance.randint(6, 14))
        if sent.weekday() == 4:
            asked = sent + timedelta(hours=8)
            exported = {"export": (None, self._id("exp")), "format": (None, "xlsx")}
            self._note(asked, manager, Change(scope, "report.exported", about, exported))
            run(RunKind.EXPORT, manager, asked, outcome=RunOutcome.READY, rows=found, seconds=1.4)
        removed = sent + KEPT + timedelta(minutes=self._chance.randrange(60))
        if removed < self._end:
            gone = {name: (value, None) for name, value in facts.items()}
            self._note(removed, manager, Change(scope, "report.deleted", about, gone))
            run(RunKind.REMOVAL, manager, removed, outcome=RunOutcome.REMOVED, seconds=0.6)

    def _resolve(self, warehouse: SeededWarehouse, sent: datetime, number: int) -> None:
        moment = sent + timedelta(minutes=20)
        for _ in range(number):
            moment += timedelta(minutes=self._chance.randint(3, 35))
            worker = self._chance.choice(list(self._workers(warehouse, moment)))
            status = self._chance.choice(("Acknowledged", "Resolved", "Resolved"))
            fields: dict[str, tuple[Any, Any]] = {"status": ("New", status)}
            if status == "Resolved":
                fields["reason"] = (None, "real")
            scope, about = warehouse_scope(warehouse.id), f"anomaly/{self._id('anm')}"
            self._note(moment, worker, Change(scope, "anomaly.status_changed", about, fields))

    def _workers(self, warehouse: SeededWarehouse, moment: datetime) -> Iterator[SeededPerson]:
        yield self._person(warehouse.owner)
        for username, role in warehouse.members.items():
            if role != "viewer" and self._person(username).works_at(moment - timedelta(days=1)):
                yield self._person(username)

    def _note(
        self,
        moment: datetime,
        actor: SeededPerson | None,
        change: Change,
        *,
        via: str = "",
        by_system: bool = False,
    ) -> None:
        if moment >= self._end:
            return
        actor_id = SYSTEM if by_system else actor.user_id if actor else "unknown"
        source = "tools.admin" if by_system else f"{_ADDRESS}{self._chance.randint(10, 60)}"
        self._plan.entries.append(
            SeededEntry(self._id("entry"), moment, actor_id, change, source, via)
        )

    def _person(self, username: str) -> SeededPerson:
        return next(person for person in self._plan.people if person.username == username)

    def _id(self, prefix: str, name: str = "") -> str:
        if not name:
            self._count += 1
            name = f"{self._first:%Y%m%d}/{self._days}/{self._count}"
        return derived_id(prefix, "seed", str(self._seed), name)
