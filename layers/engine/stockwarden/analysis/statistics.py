"""Counts what the company has: accounts, reports, warehouses, anomalies and stored bytes.

A run goes through the accounts by name, through the reports and warehouses of each, and then
through the bucket, as long as it has time, and stores its position; the next run continues there.
So figures are counted one after another, while people go on working.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from stockwarden.administration.statistics import Count, StatisticsRepository
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.core.clock import Clock, iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.keys import users as user_keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import Table

# The folders of the bucket.
STORED = ("uploads", "drop", "quarantine", "analyses", "exports")
_PEOPLE = "people"
# Separates a step from its position in it; no user name and no key of ours has it.
_BETWEEN = "\x1f"


class CompanyCount:
    def __init__(
        self,
        *,
        users: Table,
        reports: Table,
        anomalies: AnomalyRepository,
        objects: Objects,
        counts: StatisticsRepository,
        clock: Clock,
    ) -> None:
        self.users = users
        self.reports = reports
        self.anomalies = anomalies
        self.objects = objects
        self.counts = counts
        self.clock = clock

    def run(self, has_time: Callable[[], bool]) -> bool:
        """Whether the count is complete. May be interrupted anywhere: what was counted since the
        last stored position is counted again. Raises Unavailable."""
        count = self.counts.running() or Count(iso(self.clock()), "", {}, _PEOPLE)
        totals = Counter(count.totals)
        for position in self._count_from(count.position, totals):
            if not has_time():
                unfinished = replace(count, totals=dict(totals), position=position)
                self.counts.save_running(unfinished)
                return False
        ended = iso(self.clock())
        self.counts.save_last(replace(count, ended_at=ended, totals=dict(totals), position=""))
        return True

    def _count_from(self, position: str, totals: Counter[str]) -> Iterator[str]:
        """Adds to the totals, and yields each position at which the count may go on later."""
        step, *rest = position.split(_BETWEEN)
        if step == _PEOPLE:
            yield from self._count_people(rest[0] if rest else "", totals)
            step, rest = STORED[0], []
        for folder in STORED[STORED.index(step) :]:
            yield from self._count_objects(folder, rest, totals)
            rest = []

    def _count_people(self, after: str, totals: Counter[str]) -> Iterator[str]:
        start = {**user_keys.profile(after), **user_keys.listed_profile(after)} if after else None
        while True:
            page = self.users.query(
                "#directory = :directory",
                index="directory",
                start=start,
                **user_keys.profiles(),
            )
            for account in page.items:
                self._count_account(account, totals)
                yield _BETWEEN.join([_PEOPLE, account["listed"]])
            start = page.last_key
            if start is None:
                return

    def _count_account(self, account: Item, totals: Counter[str]) -> None:
        username = account["listed"]
        totals[f"users/role/{account['role']}"] += 1
        totals[f"users/status/{'disabled' if account['disabled'] else 'active'}"] += 1
        shown = []
        for summary in self._owned(keys.report_owner(username)):
            totals[f"reports/status/{summary['status']}"] += 1
            if summary.get("generation"):
                shown.append(summary["id"])
        for counts in self.anomalies.counts_by_report(shown).values():
            if not counts.superseded:
                for status, number in counts.by_status.items():
                    totals[f"anomalies/status/{status}"] += number
                for priority, number in counts.by_priority.items():
                    totals[f"anomalies/priority/{priority}"] += number
        totals["warehouses/all"] += sum(1 for _ in self._owned(keys.warehouse_owner(username)))

    def _owned(self, owner: str) -> Iterator[Item]:
        return self.reports.query_all("#owner = :owner", index="by_owner", owner=owner)

    def _count_objects(self, folder: str, rest: list[str], totals: Counter[str]) -> Iterator[str]:
        """All versions, since they are kept, and paid for."""
        after = (rest[0], rest[1]) if rest else None
        while True:
            versions, after = self.objects.version_page(f"{folder}/", after)
            totals[f"storage/bytes/{folder}"] += sum(version.size for version in versions)
            totals[f"storage/files/{folder}"] += len(versions)
            if after is None:
                return
            yield _BETWEEN.join([folder, *after])
