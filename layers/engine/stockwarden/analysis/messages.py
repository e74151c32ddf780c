"""Dispatches the messages of the analysis queue by their kind.

{"Records": [{"eventName": "ObjectCreated:…", …}]}                       from S3
{"job": {"kind": "analysis", "report_id": …, "job_id": …}}               from the API
{"job": {"kind": "settling", "report_id": …}}                            postponed by an analysis
{"job": {"kind": "removal", "report_id": …}}                             from the API
{"job": {"kind": "notice", "report_id": …, "job_id": …}}                 from an analysis
{"job": {"kind": "quarantine", "username": …, "key": …, "reason": …}}    from an upload event
{"job": {"kind": "export", "report_id": …, "export_id": …}}              from the API
{"job": {"kind": "account-mail", "mail": …, …}}                          from the API
{"job": {"kind": "account-removal", "username": …}}                      from the API
"""

import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from stockwarden.analysis.account_removal import AccountRemoval
from stockwarden.analysis.deletion import ReportDeletion
from stockwarden.analysis.drop_folder import Unroutable
from stockwarden.analysis.job import AnalysisJob
from stockwarden.analysis.notices import NoticeService
from stockwarden.analysis.outcome import Outcome
from stockwarden.analysis.upload_events import Refused, UploadEvent, UploadIntake
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.ids import may_be_id
from stockwarden.exports.job import ExportJob
from stockwarden.identity.account_mails import AccountMail, AccountMailService
from stockwarden.identity.usernames import may_exist
from stockwarden.storage.queues import Queue

logger = logging.getLogger(__name__)

_UPLOAD_PREFIXES = ("uploads/", "drop/")
_MAILS = tuple(AccountMail)
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
        account_mails: AccountMailService,
        accounts: AccountRemoval,
        queue: Queue,
    ) -> None:
        self.intake = intake
        self.analysis = analysis
        self.removal = removal
        self.exports = exports
        self.notices = notices
        self.account_mails = account_mails
        self.accounts = accounts
        self.queue = queue

    def handle(self, message: str, seconds: float) -> list[Outcome]:
        """Processes a message in at most `seconds`; any exception means that it is to be retried.

        Work that takes longer continues with a new message. Raises Refused, before anything is
        done, for a message of no known kind or origin.
        """
        deadline = Deadline(seconds)
        match _parse_message(message):
            case {"job": {"kind": "analysis", "report_id": str(report), "job_id": str(job)}}:
                return [self._analyze(report, job, seconds, deadline)]
            case {"job": {"kind": "announcement", "report_id": str(report), "job_id": str(job)}}:
                told = self._announce(report, job)
                return [Outcome(report, "announced" if told else "postponed")]
            case {"job": {"kind": "settling", "report_id": str(report)}}:
                settled = self._settle(report, deadline)
                return [Outcome(report, "settled" if settled else "postponed")]
            case {"job": {"kind": "removal", "report_id": str(report)} as job}:
                removed = self._run_or_postpone(job, partial(self.removal.finish, report, deadline))
                return [Outcome(report, "removed" if removed else "postponed")]
            case {"job": {"kind": "export", "report_id": str(report), "export_id": str(export)}}:
                status = self.exports.run(report, export)
                return [Outcome(report, f"export_{status}", abandoned=status == "abandoned")]
            case {"job": {"kind": "notice", "report_id": str(report), "job_id": str(job)}}:
                return [Outcome(report, f"notice_{self.notices.send_notice(report, job)}")]
            case {
                "job": {
                    "kind": "quarantine",
                    "username": str(name),
                    "key": str(key),
                    "reason": str(reason),
                }
            } if key.startswith(_UPLOAD_PREFIXES):
                return [
                    Outcome("", f"notice_{self.notices.send_quarantine_notice(name, key, reason)}")
                ]
            case {"job": {"kind": "account-mail", "mail": name, **facts}} if _is_mail(name, facts):
                order = {str(fact): str(value) for fact, value in facts.items()}
                return [Outcome("", f"mail_{self.account_mails.send(AccountMail(name), order)}")]
            case {"job": {"kind": "account-removal", "username": str(name)} as job}:
                work = partial(self.accounts.run, name, deadline)
                removed = self._run_or_postpone(job, work)
                return [Outcome("", "account_removed" if removed else "account_postponed")]
            case {"Event": "s3:TestEvent"}:
                return []
            case {"Records": [*records]}:
                bucket = self.intake.bucket
                intake = [UploadEvent.from_record(record, bucket) for record in records]
                return [
                    self._process_upload(arrival, seconds, deadline)
                    for arrival in intake
                    if arrival
                ]
        raise Refused("A message of the queue is of no kind that is known.")

    def _process_upload(self, event: UploadEvent, seconds: float, deadline: Deadline) -> Outcome:
        try:
            job = self.intake.accept(event)
        except Unroutable as unroutable:
            logger.warning("%s is in quarantine: %s", event.key, unroutable.detail)
            self.notices.queue_quarantine_notice(event.key, unroutable)
            return Outcome("", "quarantined")
        if job is None:
            return Outcome("", "skipped")
        return self._analyze(job.report_id, job.job_id, seconds, deadline)

    def _analyze(self, report: str, job: str, seconds: float, deadline: Deadline) -> Outcome:
        outcome = self.analysis.run(report, job, seconds)
        self._announce(report, job)
        self._settle(report, deadline)
        return outcome

    def _announce(self, report: str, job_id: str) -> bool:
        job = {"kind": "announcement", "report_id": report, "job_id": job_id}
        return self._run_or_postpone(job, partial(self.analysis.announce, report, job_id))

    def _settle(self, report: str, deadline: Deadline) -> bool:
        job = {"kind": "settling", "report_id": report}
        return self._run_or_postpone(job, partial(self.analysis.settle, report, deadline))

    def _run_or_postpone(self, job: Mapping[str, str], work: Callable[[], None]) -> bool:
        """Whether the work is done; postponed work is sent to the queue as `job`."""
        try:
            work()
        except Postponed as postponed:
            self.queue.send({"job": job}, postponed.seconds)
            return False
        return True


def _is_mail(name: Any, facts: Mapping[Any, Any]) -> bool:
    """Whether there is such a mail, and all its facts are there."""
    return (
        name in _MAILS
        and facts.keys() == AccountMail(name).facts
        and all(isinstance(value, str) for value in facts.values())
    )


def _parse_message(message: str) -> Any:
    """Raises Refused for invalid JSON, and for invalid ids and usernames."""
    try:
        document = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise Refused("A message of the queue is no JSON.") from error
    match document:
        case {"job": {**job}}:
            ids = [job[name] for name in _IDS if name in job]
            if not all(isinstance(value, str) and may_be_id(value) for value in ids):
                raise Refused("A job names something that is no id.")
            if "username" in job and not may_exist(str(job["username"])):
                raise Refused("A job names somebody who cannot be.")
    return document
