"""Services of rules: settings, precision, what-if counts and suggestions."""

from functools import cache

from stockwarden.anomalies.precision import PrecisionService
from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    audit_log,
    price_repository,
    recent_reports,
    report_access,
    rule_repository,
    stock_store,
)
from stockwarden.bootstrap.stores import reports_table
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.calibration.judged import JudgedAnomalies
from stockwarden.calibration.proposals import ProposalService
from stockwarden.calibration.service import CalibrationService
from stockwarden.detection.detectors import DETECTORS
from stockwarden.rules.service import RuleService


@cache
def precision_service() -> PrecisionService:
    return PrecisionService(reports_table(), anomaly_repository())


@cache
def rule_service() -> RuleService:
    return RuleService(
        rule_repository(),
        warehouse_service(),
        DETECTORS,
        precision_service().list_precisions,
        price_repository().load_prices,
        audit=audit_log(),
    )


@cache
def calibration_service() -> CalibrationService:
    return CalibrationService(
        rule_service(), DETECTORS, report_access(), stock_store(), recent_reports()
    )


@cache
def proposal_service() -> ProposalService:
    return ProposalService(rule_service(), JudgedAnomalies(reports_table(), anomaly_repository()))
