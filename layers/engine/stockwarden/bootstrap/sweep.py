"""Work that nobody does: jobs without a worker, uploads without an event."""

from functools import cache

from stockwarden.analysis.recovery import Recovery
from stockwarden.analysis.sweep import Sweep
from stockwarden.bootstrap.stores import analysis_queue, objects, reports_table
from stockwarden.core.clock import utc_now


@cache
def upload_sweep() -> Sweep:
    return Sweep(table=reports_table(), objects=objects(), queue=analysis_queue(), clock=utc_now)


@cache
def job_recovery() -> Recovery:
    return Recovery(table=reports_table(), queue=analysis_queue(), clock=utc_now)
