"""Rules: their settings, and what other settings would find."""

from functools import cache

from stockwarden.anomalies.precision import Precision
from stockwarden.bootstrap.repositories import (
    anomaly_repository,
    kept_stocks,
    rate_repository,
    recent_reports,
    report_access,
    rule_repository,
)
from stockwarden.bootstrap.stores import reports_table
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.calibration.service import Calibration
from stockwarden.detection.detectors import DETECTORS
from stockwarden.rules.service import Rules


@cache
def rule_precision() -> Precision:
    return Precision(reports_table(), anomaly_repository())


@cache
def rule_service() -> Rules:
    return Rules(
        rule_repository(),
        warehouse_service(),
        DETECTORS,
        rule_precision().of,
        rate_repository().rates,
    )


@cache
def calibration_service() -> Calibration:
    return Calibration(rule_service(), report_access(), kept_stocks(), recent_reports())
