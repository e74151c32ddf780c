"""Reports from upload to details, their exports, and the mappings learned from them."""

from functools import cache

from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.bootstrap.repositories import (
    anomaly_generations,
    anomaly_repository,
    export_repository,
    jobs,
    mapping_repository,
    report_access,
    report_repository,
)
from stockwarden.bootstrap.stores import analysis_queue, objects, reports_table
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.core.clock import utc_now
from stockwarden.detection.detectors import DETECTORS
from stockwarden.exports.service import Exports
from stockwarden.mappings.service import Mappings
from stockwarden.reports.listing import ReportLists
from stockwarden.reports.service import Reports
from stockwarden.reports.uploads import Uploads
from stockwarden.snapshots.diff import Diffs
from stockwarden.snapshots.locations import Locations


@cache
def report_service() -> Reports:
    return Reports(
        repository=report_repository(),
        jobs=jobs(),
        uploads=Uploads(objects()),
        queue=analysis_queue(),
        warehouses=warehouse_service(),
        anomalies=anomaly_service(),
        generations=anomaly_generations(),
        rules=[detector.code for detector in DETECTORS],
    )


@cache
def report_list_service() -> ReportLists:
    return ReportLists(reports_table(), warehouse_service())


@cache
def diff_service() -> Diffs:
    return Diffs(reports_table(), report_access(), anomaly_repository())


@cache
def location_service() -> Locations:
    return Locations(report_access(), objects())


@cache
def export_service() -> Exports:
    return Exports(
        repository=export_repository(),
        reports=report_service(),
        objects=objects(),
        queue=analysis_queue(),
        clock=utc_now,
    )


@cache
def mapping_service() -> Mappings:
    return Mappings(mapping_repository())
