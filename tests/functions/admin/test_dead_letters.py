"""Messages that were given up, as an administrator sees them and sends them again."""

import json

import boto3
import pytest

from stockwarden.bootstrap import stores
from tests.support.audit_entries import entries_of
from tests.support.gateway import USER
from tests.support.problems import problem

PATH = "/admin/dead-letters"


@pytest.fixture
def dead():
    """`dead(text)` puts a message among those that were given up."""
    url = stores.settings().dead_letters_url
    return lambda text: boto3.client("sqs").send_message(QueueUrl=url, MessageBody=text)


def sent_again():
    queue = stores.analysis_queue()
    answer = queue.client.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10)
    return [message["Body"] for message in answer.get("Messages", [])]


def test_they_are_listed_and_stay(ask, dead):
    dead(json.dumps({"job": {"kind": "removal", "report_id": "rep_1"}}))
    dead("no JSON")
    for _ in range(2):
        answer = ask("GET", PATH).json
        messages = [letter["message"] for letter in answer["dead_letters"]]
        assert len(messages) == answer["waiting"] == 2
        assert {"job": {"kind": "removal", "report_id": "rep_1"}} in messages
        assert {"text": "no JSON"} in messages
    letter = answer["dead_letters"][0]
    assert letter["receives"] >= 1 and letter["sent_at"].endswith("Z")


def test_what_accepts_an_invitation_is_not_told(ask, dead):
    job = {"kind": "account-mail", "mail": "invitation", "to": "b@example.com", "accepts": "inv_x"}
    dead(json.dumps({"job": job}))
    answer = ask("GET", PATH)
    assert answer.json["dead_letters"][0]["message"]["job"] == {**job, "accepts": "…"}
    assert "inv_x" not in answer.body


def test_they_are_sent_again_as_they_were(ask, dead):
    bodies = [json.dumps({"job": {"kind": "removal", "report_id": f"rep_{n}"}}) for n in range(3)]
    for body in bodies:
        dead(body)
    answer, (entry,) = entries_of(lambda: ask("POST", f"{PATH}/redrive"))
    assert answer.json == {"sent": 3}
    assert sorted(sent_again()) == sorted(bodies)
    assert (entry.action, entry.object) == ("dead_letters.redriven", "queue/analysis")
    assert ask("GET", PATH).json == {"dead_letters": [], "next_cursor": None, "waiting": 0}
    again, left = entries_of(lambda: ask("POST", f"{PATH}/redrive"))
    assert (again.json, left) == ({"sent": 0}, [])


def test_they_are_for_administrators(ask, dead):
    dead("x")
    problem(ask("GET", PATH, caller=USER), 403)
    problem(ask("POST", f"{PATH}/redrive", caller=USER), 403)
    assert sent_again() == []
