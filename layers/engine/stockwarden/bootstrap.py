"""The composition root: builds services from settings, once per sandbox.

Imports stand inside the factories, so that a function pays only for what it uses.
"""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.core.settings import Settings

if TYPE_CHECKING:
    from stockwarden.anomalies.generations import Generations
    from stockwarden.anomalies.precision import Precision
    from stockwarden.anomalies.service import AnomalyService
    from stockwarden.calibration.backtest import Backtests
    from stockwarden.calibration.recent import RecentReports
    from stockwarden.calibration.service import Calibration
    from stockwarden.calibration.store import KeptStocks
    from stockwarden.identity.gatekeeper import Gatekeeper
    from stockwarden.identity.keys import KeyRing
    from stockwarden.identity.service import Identity
    from stockwarden.identity.tokens import Tokens
    from stockwarden.identity.users import Users
    from stockwarden.notifications.mail import Mailer
    from stockwarden.reports.exports.repository import ExportRepository
    from stockwarden.reports.exports.service import Exports
    from stockwarden.reports.listing import ReportLists
    from stockwarden.reports.mappings.repository import MappingRepository
    from stockwarden.reports.mappings.service import Mappings
    from stockwarden.reports.service import Reports
    from stockwarden.reports.sweep import Sweep
    from stockwarden.reports.worker import Worker
    from stockwarden.rules.rates import CostSettings, RateRepository
    from stockwarden.rules.repository import RuleRepository
    from stockwarden.rules.service import Rules
    from stockwarden.rules.suppressions import SuppressionRepository, Suppressions
    from stockwarden.snapshots.diff import Diffs
    from stockwarden.snapshots.service import Snapshots
    from stockwarden.storage.objects import Objects
    from stockwarden.storage.queues import Queue
    from stockwarden.storage.tables import Table
    from stockwarden.warehouse.members import Members
    from stockwarden.warehouse.repository import WarehouseRepository
    from stockwarden.warehouse.service import Warehouses


@cache
def settings() -> Settings:
    return Settings.from_environment()


@cache
def users_table() -> "Table":
    return _table(settings().users_table)


@cache
def reports_table() -> "Table":
    return _table(settings().reports_table)


@cache
def anomalies_table() -> "Table":
    return _table(settings().anomalies_table)


def _table(name: str) -> "Table":
    from stockwarden.storage import clients
    from stockwarden.storage.tables import Table

    return Table(clients.dynamodb(), name)


@cache
def objects() -> "Objects":
    from stockwarden.storage import clients
    from stockwarden.storage.objects import Objects

    return Objects(clients.s3(), settings().bucket)


@cache
def analysis_queue() -> "Queue":
    from stockwarden.storage import clients
    from stockwarden.storage.queues import Queue

    return Queue(clients.sqs(), settings().analysis_queue_url)


@cache
def token_keys() -> "KeyRing":
    from stockwarden.identity.keys import KeyRing
    from stockwarden.storage import clients
    from stockwarden.storage.secrets import Secret

    return KeyRing(Secret(clients.secrets_manager(), settings().token_secret_id).read)


@cache
def tokens() -> "Tokens":
    from datetime import timedelta

    from stockwarden.identity.tokens import Tokens

    return Tokens(
        token_keys(),
        issuer=settings().token_issuer,
        audience=settings().token_audience,
        lifetime=timedelta(minutes=settings().access_token_minutes),
    )


@cache
def users() -> "Users":
    from stockwarden.identity.users import Users

    return Users(users_table())


@cache
def identity() -> "Identity":
    from datetime import timedelta

    from stockwarden.identity.rates import Rates
    from stockwarden.identity.service import Identity
    from stockwarden.identity.sessions import Sessions

    sessions = Sessions(users_table(), timedelta(days=settings().refresh_token_days))
    rates = Rates(users_table(), settings().attempt_window_seconds)
    return Identity(users(), sessions, tokens(), rates, settings())


@cache
def gatekeeper() -> "Gatekeeper":
    from stockwarden.identity.gatekeeper import Gatekeeper

    return Gatekeeper(users_table(), tokens())


@cache
def anomalies() -> "AnomalyService":
    from stockwarden.anomalies.report_access import ReportAccess
    from stockwarden.anomalies.repository import AnomalyRepository
    from stockwarden.anomalies.service import AnomalyService

    repository = AnomalyRepository(anomalies_table(), objects())
    return AnomalyService(repository, ReportAccess(reports_table(), members()))


@cache
def anomaly_generations() -> "Generations":
    from stockwarden.anomalies.generations import Generations

    return Generations(anomalies_table(), objects())


@cache
def members() -> "Members":
    from stockwarden.core.clock import utc_now
    from stockwarden.warehouse.members import Members

    return Members(reports_table(), users_table(), utc_now)


@cache
def warehouses() -> "Warehouses":
    from stockwarden.warehouse.service import Warehouses

    return Warehouses(_warehouse_repository(), members())


@cache
def rules() -> "Rules":
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.rules.service import Rules

    return Rules(
        _rule_repository(), warehouses(), DETECTORS, lambda warehouse: precision().of(warehouse)
    )


@cache
def cost_settings() -> "CostSettings":
    from stockwarden.rules.rates import CostSettings

    return CostSettings(_rate_repository(), warehouses())


@cache
def suppressions() -> "Suppressions":
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.rules.suppressions import Suppressions

    codes = [detector.code for detector in DETECTORS]
    return Suppressions(_suppression_repository(), warehouses(), codes)


@cache
def precision() -> "Precision":
    from stockwarden.anomalies.precision import Precision
    from stockwarden.anomalies.repository import AnomalyRepository

    return Precision(reports_table(), AnomalyRepository(anomalies_table(), objects()))


@cache
def calibration() -> "Calibration":
    from stockwarden.anomalies.report_access import ReportAccess
    from stockwarden.calibration.service import Calibration

    access = ReportAccess(reports_table(), members())
    return Calibration(rules(), access, _kept_stocks(), _recent_reports())


@cache
def backtests() -> "Backtests":
    """Loads pandas: only for the backtest function."""
    from stockwarden.calibration.backtest import Backtests

    return Backtests(rules(), _kept_stocks(), _recent_reports())


@cache
def report_lists() -> "ReportLists":
    from stockwarden.reports.listing import ReportLists

    return ReportLists(reports_table(), warehouses())


@cache
def reports() -> "Reports":
    from stockwarden.core.clock import utc_now
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.reports.jobs import Jobs
    from stockwarden.reports.repository import ReportRepository
    from stockwarden.reports.service import Reports
    from stockwarden.reports.uploads import Uploads

    return Reports(
        repository=ReportRepository(reports_table(), utc_now),
        jobs=Jobs(reports_table(), utc_now),
        uploads=Uploads(objects()),
        queue=analysis_queue(),
        warehouses=warehouses(),
        anomalies=anomalies(),
        generations=anomaly_generations(),
        rules=[detector.code for detector in DETECTORS],
    )


@cache
def analysis() -> "Worker":
    """Loads pandas: only for the analysis function."""
    from stockwarden.anomalies.repository import AnomalyRepository
    from stockwarden.core.clock import utc_now
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.reports.analysis import Analysis
    from stockwarden.reports.arrivals import Arrivals
    from stockwarden.reports.exports.job import ExportJob
    from stockwarden.reports.ground import Grounds
    from stockwarden.reports.inspection import Inspections
    from stockwarden.reports.jobs import Jobs
    from stockwarden.reports.notices import Notices
    from stockwarden.reports.removal import Removal
    from stockwarden.reports.repository import ReportRepository
    from stockwarden.reports.showing import Showing
    from stockwarden.reports.worker import Worker
    from stockwarden.snapshots.chain import Chain
    from stockwarden.snapshots.comparing import Comparing

    repository = ReportRepository(reports_table(), utc_now)
    jobs = Jobs(reports_table(), utc_now)
    notices = Notices(
        repository=repository,
        queue=analysis_queue(),
        find_user=users().find,
        mailer=_mailer(),
        app_url=settings().app_url,
    )
    comparing = Comparing(
        chain=Chain(reports_table()),
        generations=anomaly_generations(),
        anomalies=AnomalyRepository(anomalies_table(), objects()),
        objects=objects(),
        detectors=DETECTORS,
        clock=utc_now,
    )
    return Worker(
        Arrivals(
            repository=repository,
            jobs=jobs,
            objects=objects(),
            warehouses=_warehouse_repository(),
            find_user=lambda name: user.username if (user := users().find(name)) else None,
        ),
        Analysis(
            repository=repository,
            jobs=jobs,
            objects=objects(),
            generations=anomaly_generations(),
            grounds=Grounds(
                objects=objects(),
                warehouses=_warehouse_repository(),
                rules=_rule_repository(),
                rates=_rate_repository(),
                suppressions=_suppression_repository(),
                detectors=DETECTORS,
            ),
            inspections=Inspections(_mapping_repository()),
            notices=notices,
            showing=Showing(
                jobs=jobs,
                generations=anomaly_generations(),
                comparing=comparing,
                kept=_kept_stocks(),
            ),
            detectors=DETECTORS,
        ),
        Removal(
            repository=repository,
            generations=anomaly_generations(),
            exports=_export_repository(),
            comparing=comparing,
            objects=objects(),
        ),
        ExportJob(
            repository=_export_repository(),
            reports=repository,
            anomalies=anomalies().repository,
            objects=objects(),
            clock=utc_now,
        ),
        notices,
    )


@cache
def snapshots() -> "Snapshots":
    from stockwarden.anomalies.repository import AnomalyRepository
    from stockwarden.identity.access import Action
    from stockwarden.snapshots.chain import Chain
    from stockwarden.snapshots.service import Snapshots

    return Snapshots(
        Chain(reports_table()),
        AnomalyRepository(anomalies_table(), objects()),
        lambda warehouse_id, caller: warehouses().entitled(warehouse_id, caller, Action.SEE),
    )


@cache
def diffs() -> "Diffs":
    from stockwarden.anomalies.report_access import ReportAccess
    from stockwarden.anomalies.repository import AnomalyRepository
    from stockwarden.snapshots.diff import Diffs

    return Diffs(
        reports_table(),
        ReportAccess(reports_table(), members()),
        AnomalyRepository(anomalies_table(), objects()),
    )


@cache
def exports() -> "Exports":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.exports.service import Exports

    return Exports(
        repository=_export_repository(),
        reports=reports(),
        objects=objects(),
        queue=analysis_queue(),
        clock=utc_now,
    )


@cache
def mappings() -> "Mappings":
    from stockwarden.reports.mappings.service import Mappings

    return Mappings(_mapping_repository())


def _mailer() -> "Mailer | None":
    from stockwarden.notifications.mail import Mailer
    from stockwarden.storage import clients

    sender = settings().mail_sender
    return Mailer(clients.ses(), sender) if sender else None


def _mapping_repository() -> "MappingRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.mappings.repository import MappingRepository

    return MappingRepository(reports_table(), utc_now)


def _export_repository() -> "ExportRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.exports.repository import ExportRepository

    return ExportRepository(reports_table(), utc_now)


def _rule_repository() -> "RuleRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.rules.repository import RuleRepository

    return RuleRepository(reports_table(), utc_now)


def _suppression_repository() -> "SuppressionRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.rules.suppressions import SuppressionRepository

    return SuppressionRepository(reports_table(), utc_now)


def _rate_repository() -> "RateRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.rules.rates import RateRepository

    return RateRepository(reports_table(), utc_now)


def _kept_stocks() -> "KeptStocks":
    from stockwarden.calibration.store import KeptStocks
    from stockwarden.detection.detectors import DETECTORS

    return KeptStocks(objects(), DETECTORS)


def _recent_reports() -> "RecentReports":
    from stockwarden.calibration.recent import RecentReports

    return RecentReports(reports_table())


@cache
def sweep() -> "Sweep":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.sweep import Sweep

    return Sweep(table=reports_table(), objects=objects(), queue=analysis_queue(), clock=utc_now)


def _warehouse_repository() -> "WarehouseRepository":
    from stockwarden.core.clock import utc_now
    from stockwarden.warehouse.repository import WarehouseRepository

    return WarehouseRepository(reports_table(), utc_now)


def not_ready() -> list[str]:
    """The names of the parts that do not answer; none is the good case."""
    from stockwarden.storage.probes import failing

    return failing(
        {
            "database": lambda: users_table().get({"pk": "READY", "sk": "READY"}),
            "files": lambda: objects().client.head_bucket(Bucket=objects().bucket),
            "secret": lambda: token_keys().current(),
        }
    )
