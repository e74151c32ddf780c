"""AWS too busy, broken or silent is Unavailable; a fault of our own stays what it is.

Every public method that asks AWS is tried, with every kind of error of its service.
"""

import inspect
import io
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from stockwarden.core.config import Settings
from stockwarden.core.errors import Unavailable
from stockwarden.storage import clients
from stockwarden.storage.mail import Mailer
from stockwarden.storage.objects import Objects, ObjectVersion
from stockwarden.storage.queues import Queue
from stockwarden.storage.secrets import Secret
from stockwarden.storage.signatures import SigningKey
from stockwarden.storage.tables import Table, write
from tests.support.failing import BUSY, SILENT, WRONG, fail_every_call, refusal

KEY = {"pk": "p", "sk": "s"}
TABLE, OBJECTS = (lambda: Table(clients.dynamodb(), "T")), (lambda: Objects(clients.s3(), "b"))
QUEUE, SECRET = (lambda: Queue(clients.sqs(), "http://q")), Secret
KMS_KEY = lambda: SigningKey(clients.kms(), "k")  # noqa: E731
MAILER = lambda: Mailer(clients.ses(), "a@example.com")  # noqa: E731
# (service, class, method) → a call of it
CALLS: dict[tuple[str, type, str], Callable[[], Any]] = {
    ("dynamodb", Table, "get"): lambda: TABLE().get(KEY),
    ("dynamodb", Table, "get_many"): lambda: TABLE().get_many([KEY]),
    ("dynamodb", Table, "query"): lambda: TABLE().query("#pk = :pk", pk="p"),
    ("dynamodb", Table, "query_all"): lambda: list(TABLE().query_all("#pk = :pk", pk="p")),
    ("dynamodb", Table, "put"): lambda: write(TABLE().put(KEY)),
    ("dynamodb", Table, "delete"): lambda: write(TABLE().delete(KEY)),
    ("dynamodb", Table, "update"): lambda: write(TABLE().update(KEY, "SET #a = :a", a=1)),
    ("dynamodb", Table, "check"): lambda: write(
        TABLE().check(KEY, "attribute_exists(pk)"), TABLE().put({**KEY, "sk": "t"})
    ),
    ("dynamodb", Table, "put_all"): lambda: TABLE().put_all([KEY]),
    ("dynamodb", Table, "delete_all"): lambda: TABLE().delete_all([KEY]),
    ("s3", Objects, "ping"): lambda: OBJECTS().ping(),
    ("s3", Objects, "put"): lambda: OBJECTS().put("k", b"", "text/csv"),
    ("s3", Objects, "create"): lambda: OBJECTS().create("k", b"", "text/csv"),
    ("s3", Objects, "keys"): lambda: list(OBJECTS().keys("k/")),
    ("s3", Objects, "folders"): lambda: list(OBJECTS().folders("k/")),
    ("s3", Objects, "facts"): lambda: OBJECTS().facts("k"),
    ("s3", Objects, "read"): lambda: OBJECTS().read("k", max_bytes=1),
    ("s3", Objects, "read_range"): lambda: OBJECTS().read_range("k", 0, 1, "none"),
    ("s3", Objects, "lines"): lambda: list(OBJECTS().lines("k", "none")),
    ("s3", Objects, "write_stream"): lambda: OBJECTS().write_stream("k", io.BytesIO(), "text/csv"),
    ("s3", Objects, "delete_prefix"): lambda: OBJECTS().delete_prefix("k/"),
    ("s3", Objects, "delete_versions"): lambda: OBJECTS().delete_versions(
        [ObjectVersion("k", "1")]
    ),
    ("s3", Objects, "move"): lambda: OBJECTS().move("k", "1", "l"),
    ("s3", Objects, "version_page"): lambda: OBJECTS().version_page("k/", None),
    ("s3", Objects, "versions"): lambda: OBJECTS().versions("k/"),
    ("sqs", Queue, "send"): lambda: QUEUE().send({}),
    ("sqs", Queue, "waiting"): lambda: QUEUE().waiting(),
    ("sqs", Queue, "retry_in"): lambda: QUEUE().retry_in(1, "handle"),
    ("sqs", Queue, "depth"): lambda: QUEUE().depth(),
    ("secretsmanager", Secret, "read"): lambda: SECRET(clients.secrets_manager(), "s").read(),
    ("secretsmanager", Secret, "replace"): lambda: SECRET(clients.secrets_manager(), "s").replace(
        "x"
    ),
    ("kms", SigningKey, "sign"): lambda: KMS_KEY().sign(b"m"),
    ("kms", SigningKey, "verifies"): lambda: KMS_KEY().verifies(b"m", b"s"),
    ("ses", Mailer, "send"): lambda: MAILER().send("b@example.com", "x", "y"),
}
# Methods that call no AWS service.
OFFLINE = {(Objects, "presigned_post"), (Objects, "presigned_get")}
each_call = pytest.mark.parametrize("call", CALLS, ids=lambda key: f"{key[1].__name__}.{key[2]}")


@pytest.fixture(autouse=True)
def _clients(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    aws_clients = (
        clients.dynamodb,
        clients.s3,
        clients.sqs,
        clients.secrets_manager,
        clients.kms,
        clients.ses,
    )
    for client in aws_clients:
        client.cache_clear()
    yield
    for client in aws_clients:
        client.cache_clear()


def test_every_method_is_tested() -> None:
    kinds = (Table, Objects, Queue, Secret, SigningKey, Mailer)
    methods = {
        (kind, name)
        for kind in kinds
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods - OFFLINE == {(kind, method) for _, kind, method in CALLS}


@each_call
def test_transient_failures_are_unavailable(
    monkeypatch: pytest.MonkeyPatch, call: tuple[str, type, str]
) -> None:
    for error in [*BUSY[call[0]], *SILENT]:
        with monkeypatch.context() as patch:
            fail_every_call(patch, error)
            with pytest.raises(
                Unavailable, match=r"does not answer; try again shortly\."
            ) as caught:
                CALLS[call]()
        assert caught.value.__cause__ is error
        assert "arn:" not in caught.value.detail


@each_call
def test_permanent_failures_are_passed_on(
    monkeypatch: pytest.MonkeyPatch, call: tuple[str, type, str]
) -> None:
    for error in WRONG:
        if call == ("ses", Mailer, "send") and error is WRONG[5]:
            continue  # SES rejects the message: no e-mail is sent, no error is raised.
        with monkeypatch.context() as patch:
            fail_every_call(patch, error)
            with pytest.raises(type(error)) as caught:
                CALLS[call]()
        assert caught.value is error


class Broken:
    def read(self) -> bytes:
        raise ReadTimeoutError(endpoint_url="https://aws.example")


@pytest.mark.parametrize("method", ["read", "read_range", "lines"])
def test_an_interrupted_body_is_unavailable(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    answer = {"ContentLength": 1, "ContentRange": "bytes 0-0/1", "Body": Broken()}
    monkeypatch.setattr(clients.s3(), "get_object", lambda **_: answer)
    with pytest.raises(Unavailable):
        CALLS["s3", Objects, method]()


def collision() -> ClientError:
    client = clients.dynamodb()
    response: Any = {"Error": {"Code": "TransactionConflictException", "Message": ""}}
    return client.exceptions.TransactionConflictException(response, "UpdateItem")


@pytest.mark.parametrize(("collisions", "succeeds"), [(3, True), (100, False)])
def test_a_write_that_meets_a_transaction_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, collisions: int, succeeds: bool
) -> None:
    tries: list[Any] = []

    def put_item(**request: Any) -> Any:
        tries.append(request)
        if len(tries) <= collisions:
            raise collision()

    monkeypatch.setattr(clients.dynamodb(), "put_item", put_item)
    monkeypatch.setattr("stockwarden.storage.retries.time.sleep", lambda _: None)
    if succeeds:
        CALLS["dynamodb", Table, "put"]()
        assert len(tries) == collisions + 1
    else:
        with pytest.raises(Unavailable, match="Many people"):
            CALLS["dynamodb", Table, "put"]()


def test_a_throttled_transaction_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client, tries = clients.dynamodb(), []

    def throttled(**request: Any) -> Any:
        tries.append(request)
        if len(tries) < 3:
            response: Any = {
                "Error": {"Code": "TransactionCanceledException", "Message": ""},
                "CancellationReasons": [
                    {"Code": "None"},
                    {"Code": "ProvisionedThroughputExceeded"},
                ],
            }
            raise client.exceptions.TransactionCanceledException(response, "TransactWriteItems")

    monkeypatch.setattr(client, "transact_write_items", throttled)
    CALLS["dynamodb", Table, "check"]()
    assert len(tries) == 3


def test_every_client_has_the_configured_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALL_SECONDS", "2")
    monkeypatch.setenv("CALL_ATTEMPTS", "4")
    boto3.setup_default_session(region_name="eu-west-1")
    aws_clients = (
        clients.dynamodb,
        clients.s3,
        clients.sqs,
        clients.secrets_manager,
        clients.kms,
        clients.ses,
    )
    for client in aws_clients:
        config = client().meta.config
        assert (config.connect_timeout, config.read_timeout) == (1, 2)
        assert config.retries == {"mode": "standard", "total_max_attempts": 4}
    assert Settings().call_attempts == 3


def test_a_malformed_error_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_every_call(monkeypatch, ClientError({}, "GetItem"))
    with pytest.raises(ClientError):
        CALLS["dynamodb", Table, "get"]()
    fail_every_call(monkeypatch, refusal("SomethingNew", 502))
    with pytest.raises(Unavailable):
        CALLS["dynamodb", Table, "get"]()
