"""Backtests. Loads pandas."""

from functools import cache

from stockwarden.bootstrap.repositories import kept_stocks, recent_reports
from stockwarden.bootstrap.rules import rule_service
from stockwarden.calibration.backtest import Backtests


@cache
def backtests() -> Backtests:
    return Backtests(rule_service(), kept_stocks(), recent_reports())
