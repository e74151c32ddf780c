"""The composition root: builds services from settings, once per sandbox.

Imports stand inside the factories, so that a function pays only for what it uses.
"""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.bootstrap.stores import (
    analysis_queue as analysis_queue,
)
from stockwarden.bootstrap.stores import (
    anomalies_table as anomalies_table,
)
from stockwarden.bootstrap.stores import (
    anomaly_generations as anomaly_generations,
)
from stockwarden.bootstrap.stores import (
    anomaly_repository,
    export_repository,
    jobs,
    kept_stocks,
    mapping_repository,
    rate_repository,
    recent_reports,
    report_access,
    report_repository,
    rule_repository,
    suppression_repository,
)
from stockwarden.bootstrap.stores import (
    members as members,
)
from stockwarden.bootstrap.stores import (
    objects as objects,
)
from stockwarden.bootstrap.stores import (
    reports_table as reports_table,
)
from stockwarden.bootstrap.stores import (
    settings as settings,
)
from stockwarden.bootstrap.stores import (
    users as users,
)
from stockwarden.bootstrap.stores import (
    users_table as users_table,
)
from stockwarden.bootstrap.stores import (
    warehouse_repository as warehouse_repository,
)

if TYPE_CHECKING:
    from stockwarden.anomalies.precision import Precision
    from stockwarden.anomalies.service import AnomalyService
    from stockwarden.calibration.service import Calibration
    from stockwarden.identity.gatekeeper import Gatekeeper
    from stockwarden.identity.keys import KeyRing
    from stockwarden.identity.service import Identity
    from stockwarden.identity.tokens import Tokens
    from stockwarden.reports.exports.service import Exports
    from stockwarden.reports.listing import ReportLists
    from stockwarden.reports.mappings.service import Mappings
    from stockwarden.reports.service import Reports
    from stockwarden.rules.rates import CostSettings
    from stockwarden.rules.service import Rules
    from stockwarden.rules.suppressions import Suppressions
    from stockwarden.snapshots.diff import Diffs
    from stockwarden.snapshots.locations import Locations
    from stockwarden.snapshots.service import Snapshots
    from stockwarden.warehouse.service import Warehouses


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
def identity() -> "Identity":
    from datetime import timedelta

    from stockwarden.identity.delays import Delays
    from stockwarden.identity.devices import Devices
    from stockwarden.identity.guesses import Guesses
    from stockwarden.identity.rates import Rates
    from stockwarden.identity.service import Identity
    from stockwarden.identity.sessions import Sessions

    rates = Rates(users_table())
    delays = Delays(users_table(), settings().logins_per_name)
    return Identity(
        users=users(),
        sessions=Sessions(users_table(), timedelta(days=settings().refresh_token_days)),
        tokens=tokens(),
        devices=Devices(token_keys(), timedelta(days=settings().device_days)),
        guesses=Guesses(rates, delays, settings()),
        rates=rates,
        settings=settings(),
    )


@cache
def gatekeeper() -> "Gatekeeper":
    from stockwarden.identity.gatekeeper import Gatekeeper

    return Gatekeeper(users_table(), tokens())


@cache
def anomalies() -> "AnomalyService":
    from stockwarden.anomalies.service import AnomalyService
    from stockwarden.snapshots.chain import Chain
    from stockwarden.snapshots.successors import Successors

    successors = Successors(Chain(reports_table()), objects())
    return AnomalyService(anomaly_repository(), report_access(), successors)


@cache
def warehouses() -> "Warehouses":
    from stockwarden.warehouse.service import Warehouses

    return Warehouses(warehouse_repository(), members())


@cache
def rules() -> "Rules":
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.rules.service import Rules

    return Rules(
        rule_repository(),
        warehouses(),
        DETECTORS,
        lambda warehouse: precision().of(warehouse),
        rate_repository().rates,
    )


@cache
def cost_settings() -> "CostSettings":
    from stockwarden.rules.rates import CostSettings

    return CostSettings(rate_repository(), warehouses())


@cache
def suppressions() -> "Suppressions":
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.rules.suppressions import Suppressions

    codes = [detector.code for detector in DETECTORS]
    return Suppressions(suppression_repository(), warehouses(), codes)


@cache
def precision() -> "Precision":
    from stockwarden.anomalies.precision import Precision

    return Precision(reports_table(), anomaly_repository())


@cache
def calibration() -> "Calibration":
    from stockwarden.calibration.service import Calibration

    return Calibration(rules(), report_access(), kept_stocks(), recent_reports())


@cache
def report_lists() -> "ReportLists":
    from stockwarden.reports.listing import ReportLists

    return ReportLists(reports_table(), warehouses())


@cache
def reports() -> "Reports":
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.reports.service import Reports
    from stockwarden.reports.uploads import Uploads

    return Reports(
        repository=report_repository(),
        jobs=jobs(),
        uploads=Uploads(objects()),
        queue=analysis_queue(),
        warehouses=warehouses(),
        anomalies=anomalies(),
        generations=anomaly_generations(),
        rules=[detector.code for detector in DETECTORS],
    )


@cache
def snapshots() -> "Snapshots":
    from stockwarden.identity.access import Action
    from stockwarden.snapshots.chain import Chain
    from stockwarden.snapshots.service import Snapshots

    return Snapshots(
        Chain(reports_table()),
        anomaly_repository(),
        lambda warehouse_id, caller: warehouses().entitled(warehouse_id, caller, Action.SEE),
    )


@cache
def diffs() -> "Diffs":
    from stockwarden.snapshots.diff import Diffs

    return Diffs(
        reports_table(),
        report_access(),
        anomaly_repository(),
    )


@cache
def locations() -> "Locations":
    from stockwarden.snapshots.locations import Locations

    return Locations(report_access(), objects())


@cache
def exports() -> "Exports":
    from stockwarden.core.clock import utc_now
    from stockwarden.reports.exports.service import Exports

    return Exports(
        repository=export_repository(),
        reports=reports(),
        objects=objects(),
        queue=analysis_queue(),
        clock=utc_now,
    )


@cache
def mappings() -> "Mappings":
    from stockwarden.reports.mappings.service import Mappings

    return Mappings(mapping_repository())


def not_ready() -> list[str]:
    """The names of the parts that do not answer; none is the good case."""
    from stockwarden.storage.probes import failing

    return failing(
        {
            "database": lambda: users_table().get({"pk": "READY", "sk": "READY"}),
            "files": lambda: objects().ping(),
            "secret": lambda: token_keys().current(),
        }
    )
