"""Dispatches the messages of the analysis function's two queues by their kind.

The standard queue gets everything. Mails are sent and people told at once; what takes longer goes
on to the fair queue (`analysis/fair_queue.py`), which takes the first seven kinds:

{"Records": [{"eventName": "ObjectCreated:…", …}]}                           from S3
{"job": {"kind": "analysis", "report_id": …, "job_id": …, "sender": …}}      from the API
{"job": {"kind": "settling", "report_id": …, "sender": …}}                   postponed
{"job": {"kind": "removal", "report_id": …, "sender": …}}                    from the API
{"job": {"kind": "export", "report_id": …, "export_id": …, "sender": …}}     from the API
{"job": {"kind": "import", "import_id": …, "sender": …}}                     from the API
{"job": {"kind": "account-removal", "username": …}}                          from the API
{"job": {"kind": "announcement", "report_id": …, "job_id": …}}               postponed
{"job": {"kind": "notice", "report_id": …, "job_id": …}}                     from an analysis
{"job": {"kind": "quarantine", "username": …, "key": …, "reason": …}}        from an upload event
{"job": {"kind": "account-mail", "mail": …, …}}                              from the API

`sender` is the username of who asked for the work; messages of earlier releases lack it. An event
that came too early comes again with the number of its `tries`.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from stockwarden.analysis.account_removal import AccountRemoval
from stockwarden.analysis.deletion import ReportDeletion
from stockwarden.analysis.drop_folder import Unroutable
from stockwarden.analysis.fair_queue import FairQueue
from stockwarden.analysis.job import AnalysisJob
from stockwarden.analysis.notices import NoticeService
from stockwarden.analysis.outcome import Outcome
from stockwarden.analysis.upload_event import UNVERSIONED, Refused, UploadEvent
from stockwarden.analysis.upload_events import UploadIntake
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.ids import may_be_id
from stockwarden.exports.job import ExportJob
from stockwarden.identity.account_mails import AccountMail, AccountMailService
from stockwarden.identity.usernames import may_exist
from stockwarden.imports.files import import_in
from stockwarden.imports.intake import ImportIntake
from stockwarden.imports.job import ImportJob
from stockwarden.reports.attempts import RetryLater
from stockwarden.storage.queues import Queue

logger = logging.getLogger(__name__)

_UPLOAD_PREFIXES = ("uploads/", "drop/")
_MAILS = tuple(AccountMail)
_IDS = ("report_id", "job_id", "export_id", "import_id")
_USERNAMES = ("username", "sender")
# How often an event comes again that comes too early.
_TRIES = 3
# The kinds of long work, and what each names beside its report.
_LONG: Mapping[str, tuple[str, ...]] = {
    "analysis": ("job_id",),
    "settling": (),
    "removal": (),
    "export": ("export_id",),
}


class MessageDispatcher:
    def __init__(
        self,
        *,
        intake: UploadIntake,
        analysis: AnalysisJob,
        removal: ReportDeletion,
        exports: ExportJob,
        import_intake: ImportIntake,
        imports: ImportJob,
        notices: NoticeService,
        account_mails: AccountMailService,
        accounts: AccountRemoval,
        queue: Queue,
        fair_queue: FairQueue,
    ) -> None:
        self.intake = intake
        self.analysis = analysis
        self.removal = removal
        self.exports = exports
        self.import_intake = import_intake
        self.imports = imports
        self.notices = notices
        self.account_mails = account_mails
        self.accounts = accounts
        self.queue = queue
        self.fair_queue = fair_queue

    def receive(self, message: str, message_id: str) -> list[Outcome]:
        """Processes a message of the standard queue; any exception means that it is to be retried.

        Raises Refused, before anything is done, for a message of no known kind or origin.
        """
        document = _parse_message(message)
        match document:
            case {"job": {"kind": "announcement", "report_id": str(report), "job_id": str(job)}}:
                told = self._announce(report, job)
                return [Outcome(report, "announced" if told else "postponed")]
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
                self.fair_queue.send({"job": job}, name, name, message_id)
                return [Outcome("", "passed_on")]
            case {"job": {"kind": "import", "import_id": str(import_id)} as job}:
                sender = job.get("sender") or self.import_intake.sender_of(import_id)
                self.fair_queue.send({"job": job}, sender, import_id, message_id)
                return [Outcome(import_id, "passed_on")]
            case {"job": {"kind": str(kind), "report_id": str(report), **names} as job} if (
                kind in _LONG and all(isinstance(names.get(name), str) for name in _LONG[kind])
            ):
                sender = job.get("sender") or report
                self.fair_queue.send({"job": job}, sender, report, message_id)
                return [Outcome(report, "passed_on")]
            case {"Event": "s3:TestEvent"}:
                return []
            case {"Records": [*records]}:
                tries = {"tries": document["tries"]} if "tries" in document else {}
                bucket = self.intake.bucket
                events = [UploadEvent.from_record(record, bucket) for record in records]
                return [
                    self._pass_on(event, {"Records": [record], **tries}, message_id)
                    for event, record in zip(events, records, strict=True)
                    if event
                ]
        raise Refused("A message of the queue is of no kind that is known.")

    def work(self, message: str, seconds: float) -> list[Outcome]:
        """Does the work of a message of the fair queue in at most `seconds`; any exception means
        that it is to be retried.

        Work that takes longer, or cannot be finished now, continues with a new message: one that
        waited here would block those of its group. Raises Refused, as `receive` does.
        """
        deadline = Deadline(seconds)
        document = _parse_message(message)
        match document:
            case {"Records": [record]}:
                event = UploadEvent.from_record(record, self.intake.bucket)
                tries = document.get("tries", 0)
                return [self._process_upload(event, record, tries, deadline)] if event else []
            case {"job": {"kind": "analysis", "report_id": str(), "job_id": str()} as job}:
                return [self._analyze(job, deadline)]
            case {"job": {"kind": "settling", "report_id": str(report)} as job}:
                settled = self._settle(job, deadline)
                return [Outcome(report, "settled" if settled else "postponed")]
            case {"job": {"kind": "removal", "report_id": str(report)} as job}:
                removed = self._run_or_postpone(job, partial(self.removal.finish, report, deadline))
                return [Outcome(report, "removed" if removed else "postponed")]
            case {"job": {"kind": "export", "report_id": str(report), "export_id": str(export)}}:
                status = self.exports.run(report, export)
                return [Outcome(report, f"export_{status}", abandoned=status == "abandoned")]
            case {"job": {"kind": "import", "import_id": str()} as job}:
                return [self._import(job, deadline)]
            case {"job": {"kind": "account-removal", "username": str(name)} as job}:
                work = partial(self.accounts.run, name, deadline)
                removed = self._run_or_postpone(job, work)
                return [Outcome("", "account_removed" if removed else "account_postponed")]
        raise Refused("A message of the queue of jobs is of no kind that is known.")

    def _pass_on(self, event: UploadEvent, message: Mapping[str, Any], message_id: str) -> Outcome:
        import_id = import_in(event.key)
        if import_id:
            sender, report = self.import_intake.sender_of(import_id), import_id
        else:
            sender, report = self.intake.sender_of(event)
        self.fair_queue.send(message, sender, report, message_id)
        return Outcome(report, "passed_on")

    def _process_upload(
        self, event: UploadEvent, record: Any, tries: int, deadline: Deadline
    ) -> Outcome:
        import_id = import_in(event.key)
        if import_id:
            version = None if event.version_id == UNVERSIONED else event.version_id
            self.import_intake.accept(import_id, event.key, version)
            return self._import({"kind": "import", "import_id": import_id}, deadline)
        try:
            job = self.intake.accept(event)
        except Unroutable as unroutable:
            logger.warning("%s is in quarantine: %s", event.key, unroutable.detail)
            self.notices.queue_quarantine_notice(event.key, unroutable)
            return Outcome("", "quarantined")
        except RetryLater as retry:
            if tries >= _TRIES:
                raise
            self.queue.send({"Records": [record], "tries": tries + 1}, retry.seconds)
            return Outcome("", "postponed")
        if job is None:
            return Outcome("", "skipped")
        return self._analyze({"kind": "analysis", **asdict(job)}, deadline)

    def _analyze(self, job: Mapping[str, str], deadline: Deadline) -> Outcome:
        report = job["report_id"]
        try:
            outcome = self.analysis.run(report, job["job_id"], deadline.seconds)
        except RetryLater as retry:
            # The lease is free again; after three attempts the job fails.
            self.queue.send({"job": job}, retry.seconds)
            return Outcome(report, "postponed")
        self._announce(report, job["job_id"])
        self._settle(job, deadline)
        return outcome

    def _import(self, job: Mapping[str, str], deadline: Deadline) -> Outcome:
        import_id, status = job["import_id"], "postponed"

        def run() -> None:
            nonlocal status
            status = self.imports.run(import_id, deadline)

        self._run_or_postpone(job, run)
        return Outcome(import_id, f"import_{status}", abandoned=status == "abandoned")

    def _announce(self, report: str, job_id: str) -> bool:
        job = {"kind": "announcement", "report_id": report, "job_id": job_id}
        return self._run_or_postpone(job, partial(self.analysis.announce, report, job_id))

    def _settle(self, job: Mapping[str, str], deadline: Deadline) -> bool:
        report = job["report_id"]
        sender = {"sender": job["sender"]} if "sender" in job else {}
        settling = {"kind": "settling", "report_id": report, **sender}
        return self._run_or_postpone(settling, partial(self.analysis.settle, report, deadline))

    def _run_or_postpone(self, job: Mapping[str, str], work: Callable[[], None]) -> bool:
        """Whether the work is done; postponed work is sent to the standard queue as `job`."""
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
            if not all(may_exist(str(job[name])) for name in _USERNAMES if name in job):
                raise Refused("A job names somebody who cannot be.")
        case {"tries": tries} if not isinstance(tries, int):
            raise Refused("The tries of a message are no number.")
    return document
