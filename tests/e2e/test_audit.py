"""The deployed audit log: entries put into the table are chained and signed by audit_seal, with
only the rights of its role, and verify-audit sees it and any change."""

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from stockwarden.audit.heads import HeadRepository
from stockwarden.audit.log import AuditLog
from stockwarden.audit.signed_heads import SignedHeads
from stockwarden.audit.verification import AuditVerification, ScopeReport
from stockwarden.core.clock import utc_now
from stockwarden.core.ids import new_id
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.signatures import SigningKey
from stockwarden.storage.tables import Table
from tests.e2e.conftest import Deployment
from tests.e2e.visitor import eventually
from tests.support.audit import ORIGIN, change
from tests.support.aws import forget
from tools import verify_audit
from tools.local.deploy import STACK


class Log:
    """The audit log as the administrator sees it, in a scope of this test alone."""

    def __init__(self, deployment: Deployment, clients: ExitStack) -> None:
        outputs = deployment.outputs
        dynamodb, s3, kms, self.functions = (
            clients.enter_context(deployment.aws(service))
            for service in ("dynamodb", "s3", "kms", "lambda")
        )
        self.scope = f"warehouse:{new_id('wh')}"
        self.function = outputs["AuditSealFunctionName"]
        self.table = Table(dynamodb, outputs["AuditTableName"])
        self.heads = HeadRepository(self.table)
        self.signed_heads = SignedHeads(
            Objects(s3, outputs["AuditHeadsBucketName"]), SigningKey(kms, outputs["AuditKeyId"])
        )

    def record(self, count: int) -> None:
        log = AuditLog(self.table, utc_now)
        for number in range(count):
            log.record(ORIGIN, change(number, self.scope))

    def signed(self) -> int:
        return self.heads.find_state(self.scope).signed

    def report(self) -> ScopeReport:
        verification = AuditVerification(
            self.table, self.heads, self.signed_heads, utc_now, pause=lambda _: None
        )
        return {report.scope: report for report in verification.run()}[self.scope]


@pytest.fixture
def log(deployment: Deployment) -> Iterator[Log]:
    with ExitStack() as clients:
        yield Log(deployment, clients)


def test_new_entries_are_chained_and_their_head_is_signed(log: Log) -> None:
    log.record(3)
    assert eventually("a signed head", lambda: log.signed() == 3)
    report = log.report()
    assert (report.fault, report.verified, report.signed) == (None, 3, 3)
    head = list(log.signed_heads.read_all(log.scope, after=0))[-1].head
    assert head
    assert head.hash == log.heads.find_state(log.scope).head.hash


def test_the_sweep_has_the_rights_that_it_needs(log: Log) -> None:
    log.record(1)
    assert eventually("a signed head", lambda: log.signed() == 1)
    answer = log.functions.invoke(
        FunctionName=f"{log.function}:live", Payload=json.dumps({"scopes": [log.scope]})
    )
    assert json.load(answer["Payload"]) == {}
    assert log.heads.find_state(log.scope).swept_to


def test_a_changed_entry_is_found(log: Log) -> None:
    log.record(2)
    assert eventually("a signed head", lambda: log.signed() == 2)
    first, second = log.table.query_all(keys.entries(log.scope), consistent=True)
    log.table.put_all([{**second, "actor": "usr_2"}])
    fault = log.report().fault
    assert fault
    assert fault.seq == 2
    log.table.put_all([first, second])
    assert log.report().fault is None


def test_make_verify_audit_reads_it(
    log: Log,
    deployment: Deployment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.record(2)
    assert eventually("a signed head", lambda: log.signed() == 2)
    for name, value in deployment.cloud.credentials.items():
        monkeypatch.setenv(name, value)
    for name in ("AUDIT_TABLE", "AUDIT_HEADS_BUCKET", "AUDIT_KEY_ID"):
        monkeypatch.setenv(name, "")
    forget()
    try:
        assert verify_audit.main(["--stack", STACK]) == 0
    finally:
        forget()
    line = f"{log.scope}: intact up to entry 2, signed up to 2"
    assert line in capsys.readouterr().out.splitlines()
