"""`make verify-audit`: a line for each chain, and the exit code."""

import json
from datetime import timedelta

import boto3
import pytest

from stockwarden.audit.chain_walk import Fault, FaultKind
from stockwarden.audit.verification import ScopeReport, Unsealed
from stockwarden.core import clock
from tests.support.audit import START, Audit
from tests.support.aws import forget
from tools import verify_audit
from tools.local import stack as stack_file


@pytest.fixture
def audit(aws):
    """The audit log of a stack `stockwarden`, written a day ago."""
    audit = Audit.in_moto()
    outputs = {
        "AuditTableName": aws["AUDIT_TABLE"],
        "AuditHeadsBucketName": aws["AUDIT_HEADS_BUCKET"],
        "AuditKeyId": audit.key.key_id,
    }
    create("stockwarden", outputs)
    yield audit
    forget()


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    """What the tool sets is forgotten after the test."""
    for name in ("AUDIT_TABLE", "AUDIT_HEADS_BUCKET", "AUDIT_KEY_ID"):
        monkeypatch.setenv(name, "")


def create(stack, outputs):
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }
    boto3.client("cloudformation").create_stack(StackName=stack, TemplateBody=json.dumps(template))
    forget()


def test_intact_chains(audit, capsys):
    audit.seal(3)
    audit.seal(2, "warehouse:wh_1")
    assert verify_audit.main(["--stack", "stockwarden"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "company: intact up to entry 3, signed up to 3",
        "warehouse:wh_1: intact up to entry 2, signed up to 2",
    ]


def test_a_fault_is_named_and_the_exit_code(audit, capsys):
    audit.seal(3)
    audit.seal(1, "security")
    audit.table.delete_all([audit.key_of(audit.chain()[1])])
    assert verify_audit.main(["--stack", "stockwarden"]) == 1
    output = capsys.readouterr()
    assert output.out.splitlines() == [
        "company: entry 2: removed entry (there is no entry 2); "
        "intact up to entry 1, signed up to 0",
        "security: intact up to entry 1, signed up to 1",
    ]
    assert "Not intact: company." in output.err


def test_what_is_not_sealed_yet(audit, capsys, monkeypatch):
    audit.record(2)
    monkeypatch.setattr(clock, "utc_now", lambda: START + timedelta(seconds=91))
    assert verify_audit.main(["--stack", "stockwarden"]) == 0
    line = "company: intact up to entry 0, signed up to 0, not sealed yet: 2 (oldest 90 s)"
    assert capsys.readouterr().out.strip() == line


def test_an_added_entry_has_no_number():
    fault = Fault(FaultKind.ADDED, None, "an entry too many")
    report = ScopeReport("company", 1204, 1204, Unsealed(), fault)
    assert verify_audit.described(report, START) == (
        "company: added entry (an entry too many); intact up to entry 1,204, signed up to 1,204"
    )


def test_a_stack_that_is_not_there_or_has_no_audit_log(audit, capsys):
    assert verify_audit.main(["--stack", "elsewhere"]) == 2
    assert "elsewhere" in capsys.readouterr().err
    create("older", {"UsersTableName": "UsersTable"})
    assert verify_audit.main(["--stack", "older"]) == 2
    assert "no output 'AuditTableName'" in capsys.readouterr().err


def test_without_a_stack_it_is_that_of_make_up(audit, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(stack_file, "STACK_FILE", tmp_path / "stack.json")
    monkeypatch.setattr(stack_file.Stack.read.__func__, "__defaults__", (tmp_path / "stack.json",))
    assert verify_audit.main([]) == 2
    assert "make up" in capsys.readouterr().err
