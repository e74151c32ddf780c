"""Services of backtests. Loads pandas."""

from functools import cache

from stockwarden.bootstrap.repositories import recent_reports, stock_store
from stockwarden.bootstrap.rules import rule_service
from stockwarden.calibration.backtest import BacktestService


@cache
def backtest_service() -> BacktestService:
    return BacktestService(rule_service(), stock_store(), recent_reports())
