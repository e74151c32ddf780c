"""Routes requests to the functions as the template does."""

import importlib
import re
from functools import cache
from typing import Any

from tests.support.gateway import BASE_PATH, Handler, Response, call
from tools.template import resources, routes


def ask(method: str, path: str, **options: Any) -> Response:
    """Calls the function of the route. An unsupported method goes to any function of the
    path, an unknown path to the reports function."""
    return call(handler_of(method, path.partition("?")[0]), method, path, **options)


@cache
def handler_of(method: str, path: str) -> Handler:
    names: dict[str, str] = {}
    for (known_method, pattern), (function, _) in sorted(routes().items()):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), BASE_PATH + path):
            # `/anomalies/status` is also an `/anomalies/{anomaly_id}`; the gateway takes the first.
            if "{" not in pattern and known_method == method:
                return _handler(function)
            names.setdefault(known_method, function)
    return _handler(names.get(method) or next(iter(names.values()), "ReportsFunction"))


def _handler(function: str) -> Handler:
    target = resources("AWS::Serverless::Function")[function]["Properties"]["Handler"]
    module, _, name = target.rpartition(".")
    handler: Handler = getattr(importlib.import_module(module), name)
    return handler
