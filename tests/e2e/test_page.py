"""The page: its HTTP responses at the distribution, and its journeys in a real browser."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path

import httpx
import pytest

from stockwarden.identity.access import Role
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.identity.users import UserRepository
from stockwarden.storage.tables import Table
from tests.e2e.conftest import Deployment
from tools.local.session import Session
from tools.template import ROOT

CHROMIUM = os.environ.get("CHROMIUM", "chromium")


@pytest.mark.parametrize("path", ["/", "/reports", "/reports/rep_1/anomalies", "/no/such/place"])
def test_every_address_is_the_page(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert '<div id="root">' in answer.text


def test_its_files_are_kept_by_browsers(web: httpx.Client) -> None:
    scripts = re.findall(r'src="(/assets/[^"]+\.js)"', web.get("/").text)
    assert scripts
    for script in scripts:
        answer = web.get(script)
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]


def test_nothing_inline_and_nothing_from_elsewhere(web: httpx.Client) -> None:
    answer = web.get("/")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
    assert not re.search(r'(?:src|href)="https?:', answer.text)


def test_the_contract_lies_beside_it(web: httpx.Client) -> None:
    assert web.get("/openapi.json").json()["openapi"] == "3.1.0"


def make_the_demo_user_the_only_admin(deployment: Deployment) -> None:
    """As `make up` leaves it; other tests make administrators of their own."""
    demo = deployment.stack
    Session.register(deployment.api_url, demo.username, demo.password).close()
    with deployment.aws("dynamodb") as client:
        table = Table(client, deployment.outputs["UsersTableName"])
        users = UserRepository(table)
        users.change_standing(demo.username, role=Role.ADMIN)
        admins, _ = UserDirectory(table).list_page(100, None, role=Role.ADMIN)
        for admin in admins:
            if admin.username != demo.username:
                users.change_standing(admin.username, role=Role.MEMBER)


def test_journeys_in_a_browser(deployment: Deployment, tmp_path: Path) -> None:
    if shutil.which(CHROMIUM) is None and "CI" not in os.environ:
        pytest.skip(
            "The page's journeys were NOT run, because there is no Chromium here. To have them: "
            "`apt-get install chromium` (Debian), or `CHROMIUM=/path/to/it make test`."
        )
    make_the_demo_user_the_only_admin(deployment)
    stack = tmp_path / "stack.json"
    stack.write_text(json.dumps(asdict(deployment.stack)), encoding="utf-8")
    process = subprocess.run(
        ["npm", "run", "--silent", "e2e"],  # noqa: S607 - whichever npm built the page
        cwd=ROOT / "web",
        env={**os.environ, "STACK_FILE": str(stack)},
        capture_output=True,
        text=True,
        check=False,
        timeout=2_700,
    )
    assert process.returncode == 0, process.stdout[-6000:] + process.stderr[-6000:]
