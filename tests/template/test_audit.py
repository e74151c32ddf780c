"""The audit log in the template: nobody updates or deletes, one function signs, and only it puts
heads."""

import pytest

from stockwarden.storage.signatures import ALGORITHM
from tests.template.test_data import policy_statements
from tests.template.test_functions import FUNCTIONS, listed, statements
from tools.template import load, resources

TABLE = resources("AWS::DynamoDB::Table")["AuditTable"]["Properties"]
FUNCTION = FUNCTIONS["AuditSealFunction"]["Properties"]
# What changes or removes an item. A put can replace one, which verification finds.
FORBIDDEN = {
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PartiQLDelete",
}


READING = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}


def actions_on(function: str, target: str) -> set[str]:
    return {
        action
        for statement in statements(function)
        for resource in listed(statement["Resource"])
        if target in str(resource)
        for action in listed(statement["Action"])
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_updates_or_deletes_entries(name: str) -> None:
    assert not actions_on(name, "AuditTable") & FORBIDDEN


OTHERS = sorted(FUNCTIONS.keys() - {"AuditSealFunction"})


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_functions_put_entries_and_nothing_else(name: str) -> None:
    """No head, and no key that is not one of an entry."""
    about_the_table = [
        statement
        for statement in statements(name)
        if any("AuditTable" in str(resource) for resource in listed(statement["Resource"]))
        and not set(listed(statement["Action"])) <= READING
    ]
    writes = "AUDIT_TABLE" in FUNCTIONS[name]["Properties"]["Environment"]["Variables"]
    # Administrators verify; what is found is noted beside the heads.
    allowed = ["AUDIT#*", "VERIFICATIONS"] if name == "AdminFunction" else ["AUDIT#*"]
    entries = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": allowed}}
    assert about_the_table == (
        [
            {
                "Effect": "Allow",
                "Action": "dynamodb:PutItem",
                "Resource": {"Fn::GetAtt": "AuditTable.Arn"},
                "Condition": entries,
            }
        ]
        if writes
        else []
    )


def test_the_log_is_read_by_administration_and_for_its_exports_alone() -> None:
    reading = {name: actions_on(name, "AuditTable") & READING for name in OTHERS}
    assert {name: actions for name, actions in reading.items() if actions} == {
        "AdminFunction": READING,
        "AnalysisFunction": {"dynamodb:Query"},
    }


# Of the accounts that there are, by their opaque ids.
NAMES_OF_IDS = {
    "Effect": "Allow",
    "Action": "dynamodb:BatchGetItem",
    "Resource": {"Fn::GetAtt": "UsersTable.Arn"},
    "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["PERSON#*"]}},
}


@pytest.mark.parametrize("name", ["WarehousesFunction", "AnomaliesFunction", "ReportsFunction"])
def test_who_looks_up_ids_reads_nothing_else_of_an_account(name: str) -> None:
    of_rates = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["RATE#*"]}}
    (reading,) = [
        statement
        for statement in statements(name)
        if "UsersTable" in str(statement["Resource"])
        and "dynamodb:ConditionCheckItem" not in listed(statement["Action"])
        and statement != NAMES_OF_IDS
        and statement.get("Condition") != of_rates
    ]
    assert reading["Action"] == "dynamodb:GetItem"
    assert reading["Condition"] == {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["USER#*"]},
        "ForAllValues:StringEquals": {"dynamodb:Attributes": ["user_id"]},
        "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
    }


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_function_signs_or_puts_heads(name: str) -> None:
    assert "kms:Sign" not in actions_on(name, "AuditKey")
    assert "s3:PutObject" not in actions_on(name, "AuditHeadsBucket")


def test_the_bucket_refuses_others_and_every_deletion() -> None:
    statements_by_sid = {
        statement["Sid"]: statement
        for statement in policy_statements("AWS::S3::BucketPolicy", "AuditHeadsBucket")
    }
    puts, deletes = statements_by_sid["OnlyTheSealerPuts"], statements_by_sid["NobodyDeletes"]
    assert puts["Effect"] == deletes["Effect"] == "Deny"
    assert puts["Principal"] == deletes["Principal"] == "*"
    role, session = puts["Condition"]["ArnNotLike"]["aws:PrincipalArn"]
    assert role == {"Fn::GetAtt": "AuditSealRole.Arn"}
    assert session["Fn::Sub"].endswith(":assumed-role/${AuditSealRole}/*")
    assert {"s3:DeleteObject", "s3:DeleteObjectVersion"} <= set(deletes["Action"])


def test_the_key_signs_for_the_sealer_alone() -> None:
    key = resources("AWS::KMS::Key")["AuditKey"]["Properties"]
    assert (key["KeySpec"], key["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")
    assert ALGORITHM == "ECDSA_SHA_256"
    signing = [
        statement
        for statement in key["KeyPolicy"]["Statement"]
        if "kms:Sign" in listed(statement["Action"]) or "kms:*" in listed(statement["Action"])
    ]
    (statement,) = signing
    role, session = statement["Condition"]["ArnLike"]["aws:PrincipalArn"]
    assert role["Fn::Sub"].endswith(":role/${AWS::StackName}-AuditSealRole-*")
    assert session["Fn::Sub"].endswith(":assumed-role/${AWS::StackName}-AuditSealRole-*")


def test_entries_are_indexed_only_once_they_are_sealed() -> None:
    """So the write of an entry costs nothing in an index: it lacks a sort key of each."""
    sort_keys = {
        index["IndexName"]: index["KeySchema"][1]["AttributeName"]
        for index in TABLE["GlobalSecondaryIndexes"]
    }
    assert sort_keys == {"by_seq": "seq", "by_object": "listed", "by_actor": "listed"}


def test_a_batch_that_fails_does_not_hold_up_the_stream_forever() -> None:
    source = FUNCTION["Events"]["Entries"]["Properties"]
    assert source["MaximumRecordAgeInSeconds"] < 24 * 3600
    assert source["BisectBatchOnFunctionError"] is True
    assert source["DestinationConfig"]["OnFailure"]["Type"] == "SQS"
    assert TABLE["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}


def test_the_filter_lets_in_new_entries_only() -> None:
    (pattern,) = FUNCTION["Events"]["Entries"]["Properties"]["FilterCriteria"]["Filters"]
    assert pattern["Pattern"] == (
        '{"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "AUDIT#"}]}}}}'
    )


def test_a_lock_by_parameter_binds_everybody() -> None:
    bucket = load()["Resources"]["AuditHeadsBucket"]["Properties"]
    assert bucket["ObjectLockEnabled"] is True
    _, lock, _ = bucket["ObjectLockConfiguration"]["Fn::If"]
    assert lock["Rule"]["DefaultRetention"]["Mode"] == "COMPLIANCE"
