"""How many of a site's planted problems are found, and how much of what is found is real."""

from collections.abc import Sequence
from dataclasses import dataclass

from stockwarden.anomalies.companions import SubjectGroups
from stockwarden.anomalies.ids import digests_of
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.finding import Finding
from stockwarden.detection.priority import Priority
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.reading import read_stock
from stockwarden.warehouse.layout.layout import Layout
from tests.engine.detection.inventory import catalog
from tests.sites.export import Site

VERY_HIGH_BAR, BAR = 0.8, 0.5


@dataclass(frozen=True)
class Precision:
    """The findings at a site of `rows` rows, against its truth."""

    site: Site
    rows: int
    findings: Sequence[Finding]

    @property
    def missed(self) -> list[tuple[str, str]]:
        """The planted problems that were not found, as (rule, subject id)."""
        return sorted(self.site.truth - {_key(finding) for finding in self.findings})

    @property
    def very_high(self) -> list[Finding]:
        return [each for each in self.findings if each.priority is Priority.VERY_HIGH]

    @property
    def lines(self) -> list[list[Finding]]:
        """The findings as a grouped list has them: each lead with its companions."""
        groups = SubjectGroups()
        digests = list(digests_of(finding.fingerprint for finding in self.findings))
        subjects = [finding.to_document()["subject"] for finding in self.findings]
        for subject, digest in zip(subjects, digests, strict=True):
            groups.add(subject, digest)
        lines: dict[str, list[Finding]] = {}
        for finding, subject, digest in zip(self.findings, subjects, digests, strict=True):
            lead = groups.attributes(subject, digest).get("lead", digest)
            lines.setdefault(lead, []).append(finding)
        return list(lines.values())

    @property
    def share_of_real_lines(self) -> float:
        """Of the lines, those with anything real; 1 where nothing was found."""
        lines = self.lines
        return sum(self.real(line) > 0 for line in lines) / len(lines) if lines else 1.0

    def real(self, findings: Sequence[Finding]) -> int:
        return sum(_key(finding) in self.site.truth for finding in findings)

    def share_real(self, findings: Sequence[Finding]) -> float:
        """From 0 to 1; 1 where nothing was found."""
        return self.real(findings) / len(findings) if findings else 1.0

    @property
    def false(self) -> list[str]:
        """What was reported and is not planted, as rule and message."""
        return [
            f"{each.rule}: {each.message}"
            for each in self.findings
            if _key(each) not in self.site.truth
        ]


def measure(site: Site) -> Precision:
    """Reads, maps and judges the site's file as an upload. It may need no answers."""
    workbook = open_workbook(site.data, site.filename)
    inspection = inspect_workbook(workbook)
    if inspection.questions:
        raise AssertionError(f"{site.filename} needs answers: {inspection.questions}")
    inventory = read_stock(workbook, inspection, as_of=site.as_of)
    layout = None if site.layout is None else Layout.from_rows(site.layout)
    stock = Stock(inventory, layout, site.as_of)
    if site.catalog:
        columns = (inventory.frame[name].tolist() for name in ("product_code", "gtin"))
        rows = [{"product_code": code, "gtin": gtin} for code, gtin in zip(*columns, strict=True)]
        stock.join_catalog(catalog(rows, site.catalog, {}))
    findings = evaluate(stock).findings
    return Precision(site, inventory.receipt.total, findings)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.subject_id
