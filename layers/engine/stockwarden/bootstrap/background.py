"""The services of the functions that no request waits for, and of those that load pandas."""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.bootstrap import rules
from stockwarden.bootstrap.stores import (
    analysis_queue,
    anomaly_generations,
    anomaly_repository,
    export_repository,
    jobs,
    kept_stocks,
    mailer,
    mapping_repository,
    members,
    objects,
    rate_repository,
    recent_reports,
    report_repository,
    reports_table,
    rule_repository,
    settings,
    suppression_repository,
    users,
    warehouse_repository,
)

if TYPE_CHECKING:
    from stockwarden.calibration.backtest import Backtests
    from stockwarden.reports.recovery import Recovery
    from stockwarden.reports.sweep import Sweep
    from stockwarden.reports.worker import Worker


@cache
def analysis() -> "Worker":
    """Loads pandas: only for the analysis function."""
    from stockwarden.core.clock import utc_now
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.reports.addresses import Addresses
    from stockwarden.reports.analysis import Analysis
    from stockwarden.reports.arrivals import Arrivals
    from stockwarden.reports.departures import Departures
    from stockwarden.reports.exports.job import ExportJob
    from stockwarden.reports.ground import Grounds
    from stockwarden.reports.inspection import Inspections
    from stockwarden.reports.notices import Notices
    from stockwarden.reports.removal import Removal
    from stockwarden.reports.showing import Showing
    from stockwarden.reports.worker import Worker
    from stockwarden.snapshots.chain import Chain
    from stockwarden.snapshots.comparing import Comparing
    from stockwarden.snapshots.knowledge import Knowledge
    from stockwarden.snapshots.recomparing import Recomparing
    from stockwarden.snapshots.settling import Settling
    from stockwarden.snapshots.vanished import Vanished

    notices = Notices(
        repository=report_repository(),
        queue=analysis_queue(),
        find_user=users().find,
        mailer=mailer(),
        app_url=settings().app_url,
    )
    chain = Chain(reports_table())
    knowledge = Knowledge(anomaly_generations(), anomaly_repository(), objects())
    comparing = Comparing(
        chain=chain,
        generations=anomaly_generations(),
        knowledge=knowledge,
        objects=objects(),
        detectors=DETECTORS,
        clock=utc_now,
    )
    settling = Settling(
        chain,
        Vanished(anomaly_generations(), anomaly_repository(), report_repository(), utc_now),
        Recomparing(
            chain=chain,
            knowledge=knowledge,
            generations=anomaly_generations(),
            anomalies=anomaly_repository(),
            reports=report_repository(),
            objects=objects(),
            clock=utc_now,
        ),
        objects(),
    )
    departures = Departures(report_repository(), settling)
    return Worker(
        arrivals=Arrivals(
            repository=report_repository(),
            jobs=jobs(),
            objects=objects(),
            addresses=Addresses(
                find_user=users().find,
                warehouses=warehouse_repository(),
                members=members(),
            ),
        ),
        analysis=Analysis(
            repository=report_repository(),
            jobs=jobs(),
            objects=objects(),
            generations=anomaly_generations(),
            grounds=Grounds(
                objects=objects(),
                warehouses=warehouse_repository(),
                rules=rule_repository(),
                rates=rate_repository(),
                suppressions=suppression_repository(),
                detectors=DETECTORS,
            ),
            inspections=Inspections(mapping_repository()),
            notices=notices,
            showing=Showing(
                jobs=jobs(),
                generations=anomaly_generations(),
                comparing=comparing,
                departures=departures,
                settling=settling,
                kept=kept_stocks(),
            ),
            detectors=DETECTORS,
        ),
        removal=Removal(
            repository=report_repository(),
            generations=anomaly_generations(),
            exports=export_repository(),
            comparing=comparing,
            departures=departures,
            objects=objects(),
        ),
        exports=ExportJob(
            repository=export_repository(),
            reports=report_repository(),
            anomalies=anomaly_repository(),
            generations=anomaly_generations(),
            objects=objects(),
            clock=utc_now,
        ),
        notices=notices,
        queue=analysis_queue(),
    )


@cache
def backtests() -> "Backtests":
    """Loads pandas: only for the backtest function."""
    from stockwarden.calibration.backtest import Backtests

    return Backtests(rules(), kept_stocks(), recent_reports())


@cache
def sweep() -> "Sweep":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.sweep import Sweep

    return Sweep(table=reports_table(), objects=objects(), queue=analysis_queue(), clock=utc_now)


@cache
def recovery() -> "Recovery":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.recovery import Recovery

    return Recovery(table=reports_table(), queue=analysis_queue(), clock=utc_now)
