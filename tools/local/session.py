"""A client of the public API: signs in, uploads files and waits for their reports."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from tools.local.failure import StepFailed
from tools.local.web import client

UNSETTLED = {"awaiting_upload", "queued", "analyzing"}
_WAIT_SECONDS = 1200


class Session:
    """A session at one stack. Every method raises StepFailed with the API's error text."""

    def __init__(self, api_url: str, username: str, password: str) -> None:
        self.username = username
        self._client = client(api_url)
        credentials = {"username": username, "password": password}
        self._bear(self.call("POST", "/auth/login", json=credentials)["token"])

    @classmethod
    def of_api_token(cls, api_url: str, token: str) -> "Session":
        """A session of nobody in particular, which may do what the token may."""
        session = cls.__new__(cls)
        session.username = ""
        session._client = client(api_url)
        session._bear(token)
        return session

    def _bear(self, token: str) -> None:
        self._client.headers["Authorization"] = f"Bearer {token}"

    @classmethod
    def register(
        cls, api_url: str, username: str, password: str, *, email: str | None = None
    ) -> "Session":
        """A session of a new account, or of the existing account if the password is correct."""
        credentials = {
            "username": username,
            "password": password,
            **({"email": email} if email else {}),
        }
        with client(api_url) as nobody:
            answer = nobody.post("/auth/register", json=credentials)
        if answer.status_code not in {201, 409}:
            raise StepFailed(_refusal(answer))
        return cls(api_url, username, password)

    def close(self) -> None:
        self._client.close()

    def call(self, method: str, path: str, **options: Any) -> Any:
        try:
            answer = self._client.request(method, path, **options)
        except httpx.TransportError as error:
            raise StepFailed(f"{self._client.base_url} does not answer; run `make up`.") from error
        if not answer.is_success:
            raise StepFailed(_refusal(answer))
        return answer.json() if answer.content else None

    def list(self, path: str, plural: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Yields all entries of a list, page by page."""
        cursor = None
        while True:
            params = {**query, "limit": 100, **({"cursor": cursor} if cursor else {})}
            page = self.call("GET", path, params=params)
            yield from page[plural]
            cursor = page["next_cursor"]
            if not cursor:
                return

    def send(self, file: Path, layout: Path | None = None, **order: Any) -> str:
        """Creates a report and uploads its files by presigned forms; returns the report's id."""
        body = {"filename": file.name, **order}
        if layout:
            body["rules_filename"] = layout.name
        new_report = self.call("POST", "/reports", json=body)
        # The layout first: the inventory's arrival is what sets the analysis going.
        if layout:
            _post(new_report["rules_upload"], layout)
        _post(new_report["upload"], file)
        report_id: str = new_report["report_id"]
        return report_id

    def wait(self, report_id: str, watch: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """Polls the report until it is settled; calls `watch` with each response."""
        until = time.monotonic() + _WAIT_SECONDS
        while True:
            report: dict[str, Any] = self.call("GET", f"/reports/{report_id}")
            watch(report)
            if report["status"] not in UNSETTLED:
                return report
            if time.monotonic() > until:
                raise StepFailed(f"Report {report_id} is still {report['status']}; look later.")
            time.sleep(0.25)


def _post(form: dict[str, Any], file: Path) -> None:
    with file.open("rb") as content:
        answer = httpx.post(
            form["url"], data=form["fields"], files={"file": (file.name, content)}, timeout=600
        )
    if not answer.is_success:
        raise StepFailed(f"The upload of {file.name} was refused: {answer.text[:300]}")


def _refusal(answer: httpx.Response) -> str:
    request = answer.request
    try:
        problem = answer.json()
        errors = [f"{error['pointer']}: {error['detail']}" for error in problem.get("errors", [])]
        reason = " ".join([problem.get("detail", answer.text), *errors])
    except ValueError:
        reason = answer.text[:300]
    return f"{request.method} {request.url.path} answered {answer.status_code}: {reason}"
