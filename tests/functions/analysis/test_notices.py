"""Owners of dropped files get each notice once; a failing notice stops no analysis."""

import boto3
import pytest
from botocore.exceptions import ClientError

from stockwarden.bootstrap import repositories
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.core.errors import Unavailable
from stockwarden.storage.mail import Mailer
from tests.functions.analysis.halls import HEADER, WHOLE, hall, ready
from tests.support.gateway import OTHER
from tests.support.reports import (
    arrive,
    create,
    create_warehouse,
    deliver,
    get,
    queued,
    share,
    state,
    store,
)

UNSURE = b"""Pallet ID,Location,Received At
P-1,RECV-01,03/04/2025
P-2,RECV-01,05/06/2025
P-3,RECV-02,07/08/2025
"""


class Outbox(Mailer):
    """Records e-mails instead of sending them."""

    sent: list[tuple[str, str, str]] = []  # noqa: RUF012 - one per test, see `outbox`

    def send(self, to, subject, text):
        self.sent.append((to, subject, text))
        return True


@pytest.fixture
def outbox(monkeypatch):
    repositories.user_repository().add("Alice", "hash", email="alice@example.com")
    notices = message_dispatcher().notices
    box = Outbox(None, "stock@example.com")
    monkeypatch.setattr(Outbox, "sent", [])
    monkeypatch.setattr(notices, "mailer", box)
    monkeypatch.setattr(notices, "app_url", "https://stock.example/")
    return box


def test_a_question_is_mailed_once(outbox):
    assert deliver(store("drop/alice/monday.csv", UNSURE)) == []
    (report,) = get("/reports").json["reports"]
    assert report["status"] == "needs_mapping"
    assert outbox.sent == []
    (notice,) = queued()
    assert deliver(notice, notice) == []
    ((to, subject, text),) = outbox.sent
    assert to == "alice@example.com"
    assert "monday.csv" in subject
    assert report["reason"] in text
    assert f"https://stock.example/reports/{report['id']}" in text


def test_scope_question_is_mailed(outbox):
    central = hall()
    ready(central, 6, WHOLE)
    body = (HEADER + "\n".join(WHOLE[:6])).encode()
    assert deliver(store("drop/alice/central/today.csv", body)) == []
    assert deliver(*queued()) == []
    ((to, subject, text),) = outbox.sent
    assert (to, subject) == ("alice@example.com", "Your stock file today.csv has a question")
    assert "6 rows, the last snapshot of Central had 40; 6 of its 40 pallets" in text
    assert "the whole warehouse, a part of it, or another warehouse?" in text


def test_a_failure_is_mailed(outbox):
    assert deliver(store("drop/alice/empty.csv", b"\x00")) == []
    assert deliver(*queued()) == []
    ((_, subject, _),) = outbox.sent
    assert "could not be analyzed" in subject


def test_notice_goes_to_the_sender_not_the_warehouse_owner(outbox):
    repositories.user_repository().add("Bob", "hash", email="bob@example.com")
    warehouse = create_warehouse(name="Shared", caller=OTHER)["id"]
    share(warehouse, "alice", "operator", caller=OTHER)
    assert deliver(store("drop/alice/Shared/monday.csv", UNSURE)) == []
    assert deliver(*queued()) == []
    assert [to for to, _, _ in outbox.sent] == ["alice@example.com"]


@pytest.mark.parametrize(
    ("path", "is_notified"),
    [("alice/Nroth/monday.csv", True), ("alice/a/b/monday.csv", True), ("nobody/x.csv", False)],
)
def test_quarantine_is_mailed_to_the_sender(outbox, path, is_notified):
    arrival = store(f"drop/{path}", UNSURE)
    assert deliver(arrival, arrival) == []
    notices = queued()
    assert len(notices) == is_notified
    for notice in notices:
        assert deliver(notice) == []
    for to, subject, text in outbox.sent:
        assert to == "alice@example.com"
        assert subject == "Your stock file monday.csv was put aside"
        assert f"drop/{path}" in text
        assert "Nroth" not in path or "alice may send to no warehouse called 'Nroth'." in text
    assert len(outbox.sent) == is_notified


def test_uploads_through_the_api_get_no_notice(outbox):
    new_report = create()
    assert deliver(arrive(new_report, "inventory", UNSURE)) == []
    assert queued() == []


def test_no_notice_without_mailer_or_address(outbox, monkeypatch):
    repositories.user_repository().add("Carol", "hash")
    assert deliver(store("drop/carol/monday.csv", UNSURE)) == []
    assert deliver(*queued()) == []
    assert outbox.sent == []
    monkeypatch.setattr(message_dispatcher().notices, "mailer", None)
    assert deliver(store("drop/alice/monday.csv", UNSURE)) == []
    assert queued() == []


def test_unavailable_queue_does_not_block_the_analysis(outbox, monkeypatch):
    class Away:
        def send(self, _):
            raise Unavailable("The queue does not answer.")

    monkeypatch.setattr(message_dispatcher().notices, "queue", Away())
    assert deliver(store("drop/alice/monday.csv", UNSURE)) == []
    (report,) = get("/reports").json["reports"]
    assert state(report["id"])["status"] == "needs_mapping"


@pytest.mark.usefixtures("_account")
def test_the_mailer_speaks_to_ses():
    client = boto3.client("ses")
    client.verify_email_identity(EmailAddress="stock@example.com")
    assert Mailer(client, "stock@example.com").send("a@example.com", "Läger", "Grüße")
    assert client.get_send_quota()["SentLast24Hours"] == 1
    assert not Mailer(client, "nobody@example.com").send("a@example.com", "x", "y")


def test_temporary_mail_failure_is_retried(outbox, monkeypatch):
    def busy(*_):
        raise ClientError({"Error": {"Code": "Throttling"}}, "SendEmail")

    assert deliver(store("drop/alice/monday.csv", UNSURE)) == []
    (notice,) = queued()
    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "send", busy)
        assert len(deliver(notice)) == 1
    assert deliver(notice) == []
    assert len(outbox.sent) == 1
