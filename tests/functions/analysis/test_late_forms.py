"""Presigned forms used after deletion of the report or loss of access."""

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.bootstrap.reports import report_removal_service
from stockwarden.core.errors import Unavailable
from stockwarden.identity.access import Caller, Role
from stockwarden.storage.mail import Mailer
from tests.functions.analysis.crashes import Killed, killed_at, points_to_try
from tests.support.aws import forget_reports
from tests.support.gateway import ADMIN, OTHER
from tests.support.reports import (
    CSV,
    arrive,
    create,
    create_from_files,
    create_warehouse,
    deliver,
    drain,
    event,
    get,
    queued,
    send,
    share,
    state,
    store,
)

STRANGER = Caller("carol", "usr_carol", Role.MEMBER, "s-carol")
RULES = b"location_pattern,location_type\nRECV-*,RECEIVING\n"


def stored(prefix):
    return [version.key for version in stores.objects().versions(prefix)]


@pytest.fixture(autouse=True)
def _no_quarantine():
    stores.objects().delete_prefix("quarantine/")


# ---- Its report was deleted ----


@pytest.mark.parametrize(("part", "body"), [("inventory", CSV), ("rules", RULES)])
def test_file_for_a_deleted_report_is_removed(part, body):
    new_report = create(rules_filename="rules.csv")
    send("DELETE", f"/reports/{new_report['report_id']}")
    assert drain() == []
    arrival = arrive(new_report, part, body)
    assert deliver(arrival) == []
    assert deliver(arrival) == []
    assert stored("uploads/") == []
    assert get("/reports").json["reports"] == []


def delayed():
    """How many messages come later."""
    queue, name = stores.analysis_queue(), "ApproximateNumberOfMessagesDelayed"
    answer = queue.client.get_queue_attributes(QueueUrl=queue.url, AttributeNames=[name])
    return int(answer["Attributes"][name])


@pytest.mark.parametrize("first", ["removal", "arrival"])
def test_file_that_arrives_during_the_removal(first):
    new_report = create()
    send("DELETE", f"/reports/{new_report['report_id']}")
    (removal,) = queued()
    arrival = arrive(new_report, "inventory", CSV)
    if first == "arrival":
        # The removal may have listed the objects already, so the event must come again.
        assert deliver(arrival) == []
        assert delayed() == 1
        assert stored("uploads/")
    assert deliver(removal) == []
    assert deliver(arrival) == []
    assert stored("uploads/") == []


def test_failed_deletion_loses_no_file(monkeypatch):
    new_report = create()
    arrival = arrive(new_report, "inventory", CSV)
    queue = report_removal_service().queue

    def away(_):
        assert deliver(arrival) == []
        assert delayed() == 1
        raise Unavailable("The queue does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(report_removal_service(), "queue", type(queue)(queue.client, queue.url))
        patch.setattr(report_removal_service().queue, "send", away)
        assert send("DELETE", f"/reports/{new_report['report_id']}").status == 503
    assert deliver(arrival) == []
    assert state(new_report["report_id"])["status"] == "ready"


def test_file_claimed_by_another_report_is_kept():
    """The form was used twice and its report is deleted."""
    new_report = create()
    deliver(arrive(new_report, "inventory", CSV))
    second = arrive(new_report, "inventory", CSV)
    deliver(second)
    send("DELETE", f"/reports/{new_report['report_id']}")
    assert drain() == []
    assert deliver(second) == []
    (report,) = get("/reports").json["reports"]
    assert len(stored("uploads/")) == 1
    assert send("POST", f"/reports/{report['id']}/reanalysis", json={}).status == 202
    assert drain() == []
    assert state(report["id"])["status"] == "ready"


def test_prefix_without_a_report_is_not_changed():
    arrival = store("uploads/not an id/inventory/stock.csv", CSV)
    assert deliver(arrival) == []
    assert len(stored("uploads/")) == 1


def test_request_on_a_report_being_removed_is_gone():
    warehouse = create_warehouse()["id"]
    repositories.user_repository().add("Bob", "hash")
    share(warehouse, "bob", "viewer")
    new_report = create(warehouse_id=warehouse)
    path = f"/reports/{new_report['report_id']}"
    send("DELETE", path)
    changes = [
        ("PUT", f"{path}/mapping", {"date_order": "DMY"}),
        ("POST", f"{path}/reanalysis", {}),
        ("PATCH", path, {"report_name": "Monday"}),
    ]
    for method, address, body in changes:
        answer = send(method, address, json=body)
        assert answer.status == 410, address
        assert answer.json["title"] == "Gone"
        assert "deleted" in answer.json["detail"]
        # A member without the permission, and a stranger.
        assert send(method, address, json=body, caller=OTHER).status == 403
        assert send(method, address, json=body, caller=STRANGER).status == 404
    assert get(path).status == 404
    assert drain() == []
    for method, address, body in changes:
        assert send(method, address, json=body).status == 404


# ---- Its holder lost access ----


@pytest.fixture
def shared():
    """The id of Bob's warehouse, in which Alice is an operator."""
    for name in ("Alice", "Bob"):
        repositories.user_repository().add(name, "hash", email=f"{name.lower()}@example.com")
    warehouse = create_warehouse(caller=OTHER)["id"]
    share(warehouse, "alice", "operator", caller=OTHER)
    return warehouse


def leave(warehouse):
    assert send("DELETE", f"/warehouses/{warehouse}/members/alice", caller=OTHER).status == 204


def become_viewer(warehouse):
    share(warehouse, "alice", "viewer", caller=OTHER)


def be_disabled(_):
    repositories.user_repository().change_standing("alice", disabled=True)


def lose_the_warehouse(warehouse):
    assert send("DELETE", f"/warehouses/{warehouse}", caller=OTHER).status == 204


LOSSES = [leave, become_viewer, be_disabled, lose_the_warehouse]


@pytest.mark.parametrize("lose", LOSSES)
def test_inventory_without_access_is_quarantined(shared, lose, capsys, caplog):
    new_report = create(warehouse_id=shared)
    lose(shared)
    arrival = arrive(new_report, "inventory", CSV)
    capsys.readouterr()
    for _ in range(2):
        assert deliver(arrival) == []
    assert capsys.readouterr().out.count('"Reports_quarantined":[1.0]') == 1
    assert "is in quarantine" in caplog.text
    assert stored("uploads/") == []
    key = new_report["upload"]["fields"]["key"]
    assert stores.objects().read(f"quarantine/{key}", max_bytes=10**6) == CSV
    report = state(new_report["report_id"], caller=OTHER)
    assert report["status"] == "awaiting_upload"
    assert "alice" in report["reason"]
    assert report["file"] is None


@pytest.mark.parametrize("lose", LOSSES)
def test_rules_file_without_access_is_quarantined(shared, lose):
    new_report = create(warehouse_id=shared, rules_filename="rules.csv")
    inventory = arrive(new_report, "inventory", CSV)
    assert deliver(inventory) == []
    lose(shared)
    rules = arrive(new_report, "rules", RULES)
    for _ in range(2):
        assert deliver(rules) == []
    assert stored("quarantine/") == [f"quarantine/{new_report['rules_upload']['fields']['key']}"]
    assert deliver(inventory) == []
    assert state(new_report["report_id"], caller=OTHER)["status"] == "awaiting_upload"


def test_second_file_by_the_same_form_is_quarantined(shared):
    new_report = create(warehouse_id=shared)
    first = arrive(new_report, "inventory", CSV)
    assert deliver(first) == []
    leave(shared)
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    assert deliver(first) == []
    (report,) = get("/reports", query={"warehouse_id": shared}, caller=OTHER).json["reports"]
    assert (report["status"], report.get("reason")) == ("ready", None)
    assert len(stored("uploads/")) == len(stored("quarantine/")) == 1


def test_file_sent_before_losing_access_is_analyzed(shared):
    """The worker died after accepting the file and before the sender lost access."""
    new_report = create(warehouse_id=shared)
    arrival = arrive(new_report, "inventory", CSV)
    with killed_at(6), pytest.raises(Killed):
        deliver(arrival)
    leave(shared)
    assert deliver(arrival) == []
    assert state(new_report["report_id"], caller=OTHER)["status"] == "ready"


def test_sender_with_restored_access_may_send(shared):
    new_report = create(warehouse_id=shared)
    leave(shared)
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    share(shared, "alice", "operator", caller=OTHER)
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    report = state(new_report["report_id"], caller=OTHER)
    assert (report["status"], report["reason"]) == ("ready", None)


def test_admin_may_send_to_another_users_report(shared):
    repositories.user_repository().add("root.admin", "hash", role=Role.ADMIN)
    new_report = create(warehouse_id=shared, caller=ADMIN)
    later = create(warehouse_id=shared, caller=ADMIN)
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    assert state(new_report["report_id"], caller=OTHER)["status"] == "ready"
    repositories.user_repository().add("other.admin", "no password", role=Role.ADMIN)
    repositories.user_repository().change_standing("root.admin", role=Role.MEMBER)
    assert deliver(arrive(later, "inventory", CSV)) == []
    assert state(later["report_id"], caller=OTHER)["status"] == "awaiting_upload"


@pytest.mark.parametrize("warehouse", ["shared", "own", "none"])
def test_a_disabled_user_sends_nothing_at_all(shared, warehouse):
    warehouse_id = {"shared": shared, "own": create_warehouse()["id"], "none": None}[warehouse]
    new_report = create(warehouse_id=warehouse_id)
    be_disabled(shared)
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    assert len(stored("quarantine/uploads/")) == 1


def test_a_disabled_user_drops_nothing(shared):
    be_disabled(shared)
    assert deliver(store("drop/alice/stock.csv", CSV)) == []
    assert stored("quarantine/") == ["quarantine/drop/alice/stock.csv"]
    assert get("/reports").json["reports"] == []


def test_multipart_upload_is_quarantined_too(shared):
    new_report = create_from_files(warehouse_id=shared)
    leave(shared)
    (key,) = stored("uploads/")
    facts = stores.objects().facts(key)
    assert deliver(event(key, facts.version_id)) == []
    assert stored("uploads/") == []
    assert state(new_report["report_id"], caller=OTHER)["status"] == "awaiting_upload"


def test_sender_gets_a_quarantine_notice(shared, monkeypatch):
    sent = []

    class Outbox(Mailer):
        def send(self, to, subject, text):
            sent.append((to, subject, text))
            return True

    monkeypatch.setattr(message_dispatcher().notices, "mailer", Outbox(None, "s@example.com"))
    new_report = create(warehouse_id=shared, filename="Monday.csv")
    leave(shared)
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    (notice,) = queued()
    assert deliver(notice) == []
    ((to, subject, text),) = sent
    assert to == "alice@example.com"
    assert subject == "Your stock file Monday.csv was put aside"
    assert "alice may no longer send to this warehouse." in text
    assert "drop" not in text


def test_quarantine_killed_at_any_write_makes_no_report(shared):
    def late():
        new_report = create(warehouse_id=shared)
        leave(shared)
        arrival = arrive(new_report, "inventory", CSV)
        return new_report["report_id"], arrival

    _, arrival = late()
    points = points_to_try(lambda: deliver(arrival))
    for point in points:
        forget_reports()
        stores.objects().delete_prefix("quarantine/")
        stores.objects().delete_prefix("uploads/")
        shared = create_warehouse(caller=OTHER)["id"]
        share(shared, "alice", "operator", caller=OTHER)
        report_id, arrival = late()
        with killed_at(point), pytest.raises(Killed):
            deliver(arrival)
        assert deliver(arrival) == []
        assert state(report_id, caller=OTHER)["status"] == "awaiting_upload"
        assert stored("uploads/") == []
        assert stored("quarantine/")


def test_an_event_that_comes_too_early_again_and_again_is_given_up():
    new_report = create()
    send("DELETE", f"/reports/{new_report['report_id']}")
    arrival = arrive(new_report, "inventory", CSV)
    queued()
    for tries in range(1, 3):
        assert deliver({**arrival, "tries": tries}) == []
        assert delayed() == tries
    assert len(deliver({**arrival, "tries": 3})) == 1
    assert delayed() == 2
