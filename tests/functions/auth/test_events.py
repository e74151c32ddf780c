"""The sample events of events/auth have the effect their names state."""

import json
from pathlib import Path

import pytest

from tests.support.gateway import send

EVENTS = Path(__file__).resolve().parents[3] / "events" / "auth"
EXPECTED = {
    "health": 200,
    "ready": 200,
    "register": 201,
    "register-reserved-name": 422,
    "login": 401,
    "login-from-a-device": 401,
    "login-wrong-password": 401,
    "login-malformed": 400,
    "refresh-body": 401,
    "refresh-cookie": 401,
    "logout": 401,
    "forgot-password": 202,
    "reset-password": 422,
    "verify-email": 422,
    "get-profile": 404,
    "change-profile": 404,
    "change-password": 422,
    "delete-account": 422,
    "list-sessions": 404,
    "end-session": 404,
    "end-other-sessions": 404,
    "begin-second-factor": 422,
    "confirm-second-factor": 409,
    "turn-off-second-factor": 422,
    "put-view": 200,
    "list-notifications": 404,
    "mark-notifications-read": 204,
}


def test_every_sample_is_tried():
    assert {path.stem for path in EVENTS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize(("name", "status"), EXPECTED.items())
def test_samples(aws, name, status):
    from auth.app import handler

    event = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    assert send(handler, event).status == status
