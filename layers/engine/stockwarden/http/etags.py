"""ETags of JSON answers, and the answers to If-None-Match (RFC 9110 8.8.3, 13.1.2).

The ETag of a GET is a digest of the answer, after the version if the resource has one:
`"3.9f86d081884c7d65"`. The version alone would not do for If-None-Match, because an answer also has
what other resources tell about this one, such as the counts of a report. For If-Match only the
version counts, so other changes do not get in the way of an edit.
"""

import hashlib
import re
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware

from stockwarden.http.admission import sent_header

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_VERSIONED = re.compile(r'"[0-9]+\.[0-9a-f]{16}"')


def add_etag(app: Any, next_middleware: NextMiddleware) -> Response[Any]:
    """Adds the ETag of a GET or of a changed resource; 304 if the client has the same answer."""
    answer = next_middleware(app)
    body, reads = answer.body, app.current_event.http_method.upper() == "GET"
    version = body.get("version") if isinstance(body, dict) else None
    if not answer.is_json() or not isinstance(body, dict) or answer.status_code >= 300:
        return answer
    if not reads and not isinstance(version, int):
        return answer
    answer.body = app.serialize(body)
    etag = answer.headers["ETag"] = _etag(version, answer.body)
    if reads and _matches(sent_header(app.current_event, "If-None-Match"), etag):
        return Response(status_code=304, headers={"ETag": etag})
    return answer


def is_versioned(etag: str) -> bool:
    """Whether it may be sent as If-Match."""
    return _VERSIONED.fullmatch(etag) is not None


def _etag(version: Any, text: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f'"{version}.{digest}"' if isinstance(version, int) else f'"{digest}"'


def _matches(header: str | None, etag: str) -> bool:
    """The weak comparison: a proxy that compresses an answer makes its tag weak."""
    if header is None:
        return False
    return header.strip() == "*" or etag in _TAG.findall(header)
