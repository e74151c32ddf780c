"""Reads what people said of a rule's anomalies, from the newest reports of a warehouse.

The cost is bounded: of each of the newest reports at most `EXAMINED` records, by the index that has
fewer of others. Records are short: of those that lack the description, the whole finding is read,
of at most `WHOLE` anomalies.
"""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.index_query import IndexQuery
from stockwarden.anomalies.model import VERDICTS, Reason, Status
from stockwarden.anomalies.precision import newest_reports
from stockwarden.anomalies.records import id_of, reason_of, subject_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.core.errors import NotFound
from stockwarden.detection.detector import Detector
from stockwarden.ingestion.mapping.fields import SYNONYMS
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.tables import Table

# Records read of one report: some 25 read units.
EXAMINED = 200
# Anomalies of the newest report beside which the judged ones are seen.
BESIDE = 50
# A data error is a fault of the file: it says nothing about the rule.
JUDGMENTS = (Reason.REAL, Reason.FALSE_POSITIVE, Reason.ACCEPTED)
# Findings read whole, in parallel: some milliseconds each.
WHOLE = 200
_READERS = 16
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Seen:
    """An anomaly, and what a setting could exclude it by. `verdict` is None where nobody judged.

    `description` is None where the record has none; `complete` is false where only its beginning
    or nothing at all is known.
    """

    id: str
    subject: str
    verdict: Reason | None = None
    pallet_id: str | None = None
    location: str | None = None
    description: str | None = None
    complete: bool = True


@dataclass(frozen=True)
class Judged:
    """`beside` are anomalies that nobody has judged. Of `cut_reports` not all could be read."""

    anomalies: Sequence[Seen]
    beside: Sequence[Seen]
    reports: int
    cut_reports: int


class JudgedAnomalies:
    def __init__(self, reports: Table, repository: AnomalyRepository) -> None:
        self.reports = reports
        self.repository = repository

    def read(self, warehouse_id: str, detector: Detector) -> Judged:
        """Each anomaly once, with the newest verdict on it in the newest 20 reports.

        A verdict that somebody took back is looked for in the report after it and in the newest
        one. An anomaly that came back after it was resolved keeps its verdict: no person opened it.
        """
        rule = detector.code
        summaries = newest_reports(self.reports, warehouse_id)
        counts = self.repository.counts_by_report([summary["id"] for summary in summaries])
        partitions = [
            (keys.generation(summary["id"], summary["generation"]), counts[summary["id"]])
            for summary in summaries
            if summary.get("generation") and summary["id"] in counts
        ]
        with_rule = [entry for entry in partitions if entry[1].by_rule.get(rule)]
        with ThreadPoolExecutor(max_workers=_READERS) as pool:
            slices = list(pool.map(lambda report: self._verdicts(report, rule), with_rule))
        newest: dict[str, tuple[int, Item]] = {}
        for position, (records, _) in enumerate(slices):
            for record in records:
                newest.setdefault(keys.digest_in(record), (position, record))
        judged = self._still_judged(newest, [partition for partition, _ in with_rule])
        beside = self._beside(with_rule[0][0], rule) if with_rule and judged else []
        generations = {
            keys.generation(summary["id"], summary["generation"]): summary["generation"]
            for summary in summaries
            if summary.get("generation")
        }
        return Judged(
            anomalies=self._whole(detector, judged, generations),
            beside=[seen for seen in map(_seen, beside) if seen.verdict is None],
            reports=len(summaries),
            cut_reports=sum(cut for _, cut in slices),
        )

    def _verdicts(self, report: tuple[str, Counts], rule: str) -> tuple[list[Item], bool]:
        """The records of the rule with a verdict, and whether there may be more. `report` is the
        partition of its anomalies and their counts."""
        partition, counts = report
        resolved = counts.by_status[Status.RESOLVED]
        if not resolved:
            return [], False
        by_rule = counts.by_rule[rule] <= resolved
        name, other = ("pk_rule", "pk_status") if by_rule else ("pk_status", "pk_rule")
        values = {
            "pk_rule": keys.by_rule(partition, rule),
            "pk_status": keys.by_status(partition, Status.RESOLVED),
        }
        reasons = {f"reason_{n}": str(reason) for n, reason in enumerate(JUDGMENTS)}
        query = IndexQuery(
            index="by_rule" if by_rule else "by_status",
            pk=partition,
            partition_name=name,
            partition=values[name],
            sort_name="urgency",
            where=[
                f"#{other} = :{other}",
                f"#reason IN ({', '.join(f':{label}' for label in reasons)})",
            ],
            values={other: values[other], **reasons},
        )
        found = self.repository.scan(query, position=None, limit=EXAMINED, examine_limit=EXAMINED)
        return found.records, found.position is not None

    def _still_judged(
        self, newest: Mapping[str, tuple[int, Item]], partitions: Sequence[str]
    ) -> list[Item]:
        """The records of the verdicts that a newer report does not contradict."""
        later = {
            (partitions[index], digest)
            for digest, (position, _) in newest.items()
            for index in (0, position - 1)
            if 0 <= index < position
        }
        found: dict[str, list[Item]] = {}
        for record in self.repository.records_of(sorted(later)):
            found.setdefault(keys.digest_in(record), []).append(record)
        last = (_last([record, *found.get(digest, ())]) for digest, (_, record) in newest.items())
        return [record for record in last if reason_of(record) in JUDGMENTS]

    def _whole(
        self, detector: Detector, records: Sequence[Item], generations: Mapping[str, str]
    ) -> list[Seen]:
        """The anomalies of the records, with descriptions from the findings where they lack them.
        `generations` has the name of each partition's."""
        anomalies = {id_of(record): _seen(record) for record in records}
        fields = {*detector.needs, *detector.shows, *detector.message_fields}
        short = [
            record
            for record in sorted(records, key=id_of)
            if not anomalies[id_of(record)].complete
            and ("description" in fields or subject_of(record)[0].type == "stock_line")
        ]

        def found(record: Item) -> Seen:
            generation = generations[keys.generation_in(record)]
            try:
                finding = self.repository.read_finding(keys.report_in(record), generation, record)
            except NotFound:
                # Its analysis was replaced just now.
                return _seen(record)
            return _seen(record, finding)

        with ThreadPoolExecutor(max_workers=_READERS) as pool:
            anomalies |= {seen.id: seen for seen in pool.map(found, short[:WHOLE])}
        return sorted(anomalies.values(), key=lambda seen: seen.id)

    def _beside(self, partition: str, rule: str) -> list[Item]:
        of_rule = keys.by_rule(partition, rule)
        query = IndexQuery("by_rule", partition, "pk_rule", of_rule, "urgency")
        return self.repository.scan(query, position=None, limit=BESIDE, examine_limit=0).records


def _last(records: Sequence[Item]) -> Item:
    """The record with the newest word of a person; the first one holds a verdict."""
    verdict, *later = records
    said = [
        record
        for record in later
        if reason_of(record) in VERDICTS or record.get("since") == verdict.get("since")
    ]
    return max([verdict, *said], key=lambda record: str(record["updated_at"]))


def _seen(record: Item, finding: Mapping[str, Any] | None = None) -> Seen:
    """From the record alone, where long texts are cut, or from its whole finding."""
    body = json.loads(record["body"]) if finding is None else finding
    reason = reason_of(record)
    description = _description(body)
    return Seen(
        id=id_of(record),
        subject=body["subject"]["id"],
        verdict=reason if reason in JUDGMENTS else None,
        pallet_id=_whole_text(body.get("pallet_id")),
        location=_whole_text(body.get("location")),
        description=description,
        complete=_whole_text(description) is not None,
    )


def _description(body: Mapping[str, Any]) -> str | None:
    """That of the details, which is cut there if it is long; else that of a cell of its column."""
    told = body.get("details", {}).get("description")
    beginning = told.rstrip(_ELLIPSIS) if isinstance(told, str) else None
    if beginning is not None and beginning == told:
        return beginning
    for cell in body.get("evidence", ()):
        column, raw = (
            (cell["column"], cell["raw"]) if isinstance(cell, Mapping) else (cell[2], cell[3])
        )
        if isinstance(raw, str) and (
            raw.strip().startswith(beginning)
            if beginning
            else header_words(str(column)) in _names()
        ):
            return raw
    return told if isinstance(told, str) else None


@cache
def _names() -> frozenset[str]:
    return frozenset(header_words(name) for name in ("description", *SYNONYMS["description"]))


def _whole_text(text: Any) -> str | None:
    return text if isinstance(text, str) and not text.endswith(_ELLIPSIS) else None
