"""The public API as a person uses it: signed in, sending files, waiting for what comes of them."""

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
    """Signed in to one stack. Every method raises StepFailed with the API's own words."""

    def __init__(self, api_url: str, username: str, password: str) -> None:
        self.username = username
        self._client = client(api_url)
        who = {"username": username, "password": password}
        token = self.call("POST", "/auth/login", json=who)["token"]
        self._client.headers["Authorization"] = f"Bearer {token}"

    @classmethod
    def register(
        cls, api_url: str, username: str, password: str, *, email: str | None = None
    ) -> "Session":
        """A session of a new account; of the account that is there, if the password is its."""
        who = {"username": username, "password": password, **({"email": email} if email else {})}
        with client(api_url) as nobody:
            answer = nobody.post("/auth/register", json=who)
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
        """Everything of a list, page after page."""
        cursor = None
        while True:
            wanted = {**query, "limit": 100, **({"cursor": cursor} if cursor else {})}
            page = self.call("GET", path, params=wanted)
            yield from page[plural]
            cursor = page["next_cursor"]
            if not cursor:
                return

    def send(self, file: Path, layout: Path | None = None, **order: Any) -> str:
        """Make a report and send its files by their presigned forms; the report's id."""
        wanted = {"filename": file.name, **order}
        if layout:
            wanted["rules_filename"] = layout.name
        made = self.call("POST", "/reports", json=wanted)
        # The layout first: the inventory's arrival is what sets the analysis going.
        if layout:
            _post(made["rules_upload"], layout)
        _post(made["upload"], file)
        report_id: str = made["report_id"]
        return report_id

    def wait(self, report_id: str, watch: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """The report once it is settled; `watch` sees it each time it is looked at."""
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
        errors = [f"{one['pointer']}: {one['detail']}" for one in problem.get("errors", [])]
        said = " ".join([problem.get("detail", answer.text), *errors])
    except ValueError:
        said = answer.text[:300]
    return f"{request.method} {request.url.path} answered {answer.status_code}: {said}"
