"""Services of the sweep: recovers jobs without a worker and uploads without an event."""

from functools import cache

from stockwarden.analysis.recovery import JobRecovery
from stockwarden.analysis.sweep import UploadSweep
from stockwarden.bootstrap.stores import analysis_queue, objects, reports_table
from stockwarden.core import clock


@cache
def upload_sweep() -> UploadSweep:
    return UploadSweep(
        table=reports_table(), objects=objects(), queue=analysis_queue(), clock=clock.utc_now
    )


@cache
def job_recovery() -> JobRecovery:
    return JobRecovery(table=reports_table(), queue=analysis_queue(), clock=clock.utc_now)
