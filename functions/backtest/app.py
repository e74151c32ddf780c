"""HTTP function: backtests of rule settings on past snapshots. Needs pandas."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.backtest import backtest_service
from stockwarden.calibration.model import Backtest, BacktestRequest
from stockwarden.core.snapstart import before_snapshot
from stockwarden.http.api import create_api, entry_point
from stockwarden.http.caller import CurrentCaller

router = Router()


@router.post("/rules/<code>/backtest", tags=["Rules"], summary="Try settings on the last snapshots")
def backtest(code: str, request: BacktestRequest, caller: CurrentCaller) -> Backtest:
    """How many anomalies would appear, vanish and stay compared with the current settings, per
    snapshot and in all. It changes nothing."""
    return backtest_service().run(caller, code, request)


api = create_api(stores.settings(), router)
handler = entry_point(api)
before_snapshot(backtest_service)
