"""What the analysis function does with a message of its queue, whichever kind it is.

{"Records": [{"eventName": "ObjectCreated:…", …}]}                       from S3
{"job": {"kind": "analysis", "report_id": …, "job_id": …}}               from the API
{"job": {"kind": "removal", "report_id": …}}                             from the API
{"job": {"kind": "notice", "report_id": …, "job_id": …}}                 from an analysis
{"job": {"kind": "quarantine", "username": …, "key": …, "reason": …}}    from an arrival
{"job": {"kind": "export", "report_id": …, "export_id": …}}              from the API
"""

import json
import logging
from typing import Any

from stockwarden.core.errors import BadRequest
from stockwarden.reports.addresses import Stranger
from stockwarden.reports.analysis import Analysis, Outcome
from stockwarden.reports.arrivals import Arrival, Arrivals
from stockwarden.reports.exports.job import ExportJob
from stockwarden.reports.notices import Notices
from stockwarden.reports.removal import Removal

logger = logging.getLogger(__name__)


class Worker:
    def __init__(
        self,
        arrivals: Arrivals,
        analysis: Analysis,
        removal: Removal,
        exports: ExportJob,
        notices: Notices,
    ) -> None:
        self.arrivals = arrivals
        self.analysis = analysis
        self.removal = removal
        self.exports = exports
        self.notices = notices

    def handle(self, message: str, seconds: float) -> list[Outcome]:
        """Whatever it raises, the message is to come again; BadRequest will not get better."""
        match _read(message):
            case {"job": {"kind": "analysis", "report_id": str(report), "job_id": str(job)}}:
                return [self.analysis.run(report, job, seconds)]
            case {"job": {"kind": "removal", "report_id": str(report)}}:
                self.removal.finish(report)
                return [Outcome(report, "removed")]
            case {"job": {"kind": "export", "report_id": str(report), "export_id": str(export)}}:
                return [Outcome(report, f"export_{self.exports.run(report, export)}")]
            case {"job": {"kind": "notice", "report_id": str(report), "job_id": str(job)}}:
                return [Outcome(report, f"notice_{self.notices.tell(report, job)}")]
            case {
                "job": {
                    "kind": "quarantine",
                    "username": str(name),
                    "key": str(key),
                    "reason": str(reason),
                }
            }:
                return [Outcome("", f"notice_{self.notices.tell_quarantined(name, key, reason)}")]
            case {"Event": "s3:TestEvent"}:
                return []
            case {"Records": [*records]}:
                arrivals = (Arrival.of(record) for record in records)
                return [self._arrive(arrival, seconds) for arrival in arrivals if arrival]
        raise BadRequest("A message of the queue is of no kind that is known.")

    def _arrive(self, arrival: Arrival, seconds: float) -> Outcome:
        try:
            job = self.arrivals.accept(arrival)
        except Stranger as stranger:
            logger.warning("%s is in quarantine: %s", arrival.key, stranger.detail)
            self.notices.announce_quarantined(arrival.key, stranger)
            return Outcome("", "quarantined")
        if job is None:
            return Outcome("", "skipped")
        return self.analysis.run(job.report_id, job.job_id, seconds)


def _read(message: str) -> Any:
    try:
        return json.loads(message)
    except ValueError as error:
        raise BadRequest("A message of the queue is no JSON.") from error
