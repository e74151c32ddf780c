"""What the analysis function does with a message of its queue, whichever kind it is.

{"Records": [{"eventName": "ObjectCreated:…", …}]}                       from S3
{"job": {"kind": "analysis", "report_id": …, "job_id": …}}               from the API
{"job": {"kind": "settling", "report_id": …}}                            what an analysis has left
{"job": {"kind": "removal", "report_id": …}}                             from the API
{"job": {"kind": "notice", "report_id": …, "job_id": …}}                 from an analysis
{"job": {"kind": "quarantine", "username": …, "key": …, "reason": …}}    from an arrival
{"job": {"kind": "export", "report_id": …, "export_id": …}}              from the API
"""

import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from stockwarden.analysis.deletion import ReportDeletion
from stockwarden.analysis.drop_folder import Unroutable
from stockwarden.analysis.job import AnalysisJob
from stockwarden.analysis.notices import NoticeService
from stockwarden.analysis.outcome import Outcome
from stockwarden.analysis.upload_events import Refused, UploadEvent, UploadIntake
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.ids import may_be_id
from stockwarden.exports.job import ExportJob
from stockwarden.identity.users import may_exist
from stockwarden.storage.queues import Queue

logger = logging.getLogger(__name__)

_ARRIVE = ("uploads/", "drop/")
_IDS = ("report_id", "job_id", "export_id")


class MessageDispatcher:
    def __init__(
        self,
        *,
        intake: UploadIntake,
        analysis: AnalysisJob,
        removal: ReportDeletion,
        exports: ExportJob,
        notices: NoticeService,
        queue: Queue,
    ) -> None:
        self.intake = intake
        self.analysis = analysis
        self.removal = removal
        self.exports = exports
        self.notices = notices
        self.queue = queue

    def handle(self, message: str, seconds: float) -> list[Outcome]:
        """Whatever it raises, the message is to come again.

        What takes longer than `seconds` goes on with a message of its own. Raises Refused, before
        anything is done, for one that nobody of ours can have sent.
        """
        deadline = Deadline(seconds)
        match _read(message):
            case {"job": {"kind": "analysis", "report_id": str(report), "job_id": str(job)}}:
                return [self._analyze(report, job, seconds, deadline)]
            case {"job": {"kind": "settling", "report_id": str(report)}}:
                settled = self._settle(report, deadline)
                return [Outcome(report, "settled" if settled else "postponed")]
            case {"job": {"kind": "removal", "report_id": str(report)} as job}:
                removed = self._go_on(job, partial(self.removal.finish, report, deadline))
                return [Outcome(report, "removed" if removed else "postponed")]
            case {"job": {"kind": "export", "report_id": str(report), "export_id": str(export)}}:
                status = self.exports.run(report, export)
                return [Outcome(report, f"export_{status}", abandoned=status == "abandoned")]
            case {"job": {"kind": "notice", "report_id": str(report), "job_id": str(job)}}:
                return [Outcome(report, f"notice_{self.notices.tell(report, job)}")]
            case {
                "job": {
                    "kind": "quarantine",
                    "username": str(name),
                    "key": str(key),
                    "reason": str(reason),
                }
            } if key.startswith(_ARRIVE):
                return [Outcome("", f"notice_{self.notices.tell_quarantined(name, key, reason)}")]
            case {"Event": "s3:TestEvent"}:
                return []
            case {"Records": [*records]}:
                bucket = self.intake.bucket
                intake = [UploadEvent.of(record, bucket) for record in records]
                return [self._arrive(arrival, seconds, deadline) for arrival in intake if arrival]
        raise Refused("A message of the queue is of no kind that is known.")

    def _arrive(self, arrival: UploadEvent, seconds: float, deadline: Deadline) -> Outcome:
        try:
            job = self.intake.accept(arrival)
        except Unroutable as stranger:
            logger.warning("%s is in quarantine: %s", arrival.key, stranger.detail)
            self.notices.announce_quarantined(arrival.key, stranger)
            return Outcome("", "quarantined")
        if job is None:
            return Outcome("", "skipped")
        return self._analyze(job.report_id, job.job_id, seconds, deadline)

    def _analyze(self, report: str, job: str, seconds: float, deadline: Deadline) -> Outcome:
        outcome = self.analysis.run(report, job, seconds)
        self._settle(report, deadline)
        return outcome

    def _settle(self, report: str, deadline: Deadline) -> bool:
        job = {"kind": "settling", "report_id": report}
        return self._go_on(job, partial(self.analysis.settle, report, deadline))

    def _go_on(self, job: Mapping[str, str], work: Callable[[], None]) -> bool:
        """Whether the work is done; what is postponed is announced by a new message."""
        try:
            work()
        except Postponed as postponed:
            self.queue.send({"job": job}, postponed.seconds)
            return False
        return True


def _read(message: str) -> Any:
    """Raises Refused for what is no JSON, and for ids and names that are none."""
    try:
        found = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise Refused("A message of the queue is no JSON.") from error
    match found:
        case {"job": {**job}}:
            ids = [job[name] for name in _IDS if name in job]
            if not all(isinstance(one, str) and may_be_id(one) for one in ids):
                raise Refused("A job names something that is no id.")
            if "username" in job and not may_exist(str(job["username"])):
                raise Refused("A job names somebody who cannot be.")
    return found
