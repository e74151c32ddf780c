"""The composition root: builds services from settings, once per sandbox.

Imports stand inside the factories, so that a function pays only for what it uses.
"""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.core.settings import Settings

if TYPE_CHECKING:
    from stockwarden.anomalies.generations import Generations
    from stockwarden.anomalies.service import AnomalyService
    from stockwarden.identity.gatekeeper import Gatekeeper
    from stockwarden.identity.keys import KeyRing
    from stockwarden.identity.service import Identity
    from stockwarden.identity.tokens import Tokens
    from stockwarden.identity.users import Users
    from stockwarden.reports.service import Reports
    from stockwarden.reports.worker import Worker
    from stockwarden.storage.objects import Objects
    from stockwarden.storage.queues import Queue
    from stockwarden.storage.tables import Table
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
    return AnomalyService(repository, ReportAccess(reports_table()))


@cache
def anomaly_generations() -> "Generations":
    from stockwarden.anomalies.generations import Generations

    return Generations(anomalies_table(), objects())


@cache
def warehouses() -> "Warehouses":
    from stockwarden.warehouse.service import Warehouses

    return Warehouses(_warehouse_repository())


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
    from stockwarden.core.clock import utc_now
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.reports.analysis import Analysis
    from stockwarden.reports.arrivals import Arrivals
    from stockwarden.reports.jobs import Jobs
    from stockwarden.reports.removal import Removal
    from stockwarden.reports.repository import ReportRepository
    from stockwarden.reports.worker import Worker

    repository = ReportRepository(reports_table(), utc_now)
    jobs = Jobs(reports_table(), utc_now)
    return Worker(
        Arrivals(
            repository=repository,
            jobs=jobs,
            objects=objects(),
            user_exists=lambda username: users().find(username) is not None,
        ),
        Analysis(
            repository=repository,
            jobs=jobs,
            objects=objects(),
            generations=anomaly_generations(),
            warehouses=_warehouse_repository(),
            detectors=DETECTORS,
        ),
        Removal(repository=repository, generations=anomaly_generations(), objects=objects()),
    )


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
