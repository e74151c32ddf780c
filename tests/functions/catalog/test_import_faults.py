"""One fault in any AWS call of a request about an import: whoever repeats it has it done once."""

import pytest

from stockwarden.bootstrap.repositories import user_repository
from stockwarden.identity.access import Role
from tests.functions.catalog.conftest import MANAGER
from tests.functions.catalog.importing import _member, post, settle, state
from tests.support.aws import forget_services, renew
from tests.support.faults import Fault, calls_of, fault_at, faults_of
from tests.support.reports import send

__all__ = ["_member"]
BODY = b"SKU,Name,Quantity\nA-1,Flour,3\nA-2,Oil,4\n"


def ask(method, path, **options):
    return send(method, path, caller=MANAGER, **options)


def start_over():
    renew()
    forget_services()
    users = user_repository()
    users.add(MANAGER.username, "no password", role=Role.MANAGER, user_id=MANAGER.user_id)


def create():
    return post(BODY, "items.csv", key="once")


def checked():
    """The id of an import after its dry run."""
    answer = post(BODY, "items.csv", dry_run="true")
    settle()
    return answer.json["id"]


def everything_is_there_once():
    items = ask("GET", "/items").json
    told = sorted((item["sku"], item["quantity"]) for item in items["items"])
    assert (told, items["total"]) == ([("A-1", 3), ("A-2", 4)], 2)


def until_done(act, status):
    """Repeats a request that was told to have failed, as a client does."""
    for _ in range(3):
        answer = act()
        if answer.status == status:
            return answer
        assert answer.status in {409, 500, 503}, answer.body
    raise AssertionError(answer.body)


def test_a_file_that_is_sent_again_after_a_fault():
    _, names = calls_of(create)
    assert "PutObject" in names
    for position, fault in faults_of(names):
        if (names[position], fault) == ("PutObject", Fault.TWICE):
            # Botocore begins the body anew, which this stand-in cannot.
            continue
        start_over()
        with fault_at(position, fault):
            first = create()
        if first.status != 201:
            # 409 while the key is still taken, as its release or its answer could not be written.
            assert create().status in {201, 409}
        if not ask("GET", "/items/imports").json["imports"]:
            assert first.status in {409, 503}
            continue
        settle()
        (only,) = ask("GET", "/items/imports").json["imports"]
        assert only["status"] == "done", (position, names[position], fault)
        everything_is_there_once()


def test_an_import_that_is_continued_after_a_fault():
    path = f"/items/imports/{checked()}"

    def proceed():
        return ask("PUT", path, json={"dry_run": False})

    _, names = calls_of(proceed)
    assert "SendMessage" in names
    for position, fault in faults_of(names):
        start_over()
        import_id = checked()
        path = f"/items/imports/{import_id}"
        with fault_at(position, fault):
            proceed()
        if state(import_id)["status"] == "checked":
            until_done(proceed, 202)
        settle()
        assert state(import_id)["status"] == "done", (position, names[position], fault)
        everything_is_there_once()


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.LOST])
def test_an_import_that_is_removed_after_a_fault(fault):
    path = f"/items/imports/{checked()}"

    def remove():
        return ask("DELETE", path)

    _, names = calls_of(remove)
    for position, _ in enumerate(names):
        start_over()
        path = f"/items/imports/{checked()}"
        with fault_at(position, fault):
            remove()
        assert ask("DELETE", path).status in {204, 404}
        assert ask("GET", path).status == 404
