"""Unserved function versions are deleted after a deploy; those of an alias remain."""

import io
import json
import zipfile

import boto3
import pytest

from tools.old_versions import delete_old_versions

TEMPLATE = {
    "Resources": {
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}},
        },
        **{
            name: {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "FunctionName": name.lower(),
                    "Runtime": "python3.13",
                    "Handler": "app.handler",
                    "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                    "Code": {"ZipFile": "def handler(event, context): return 1"},
                },
            }
            for name in ("Reports", "Analysis")
        },
    }
}


def code(number):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("app.py", f"VERSION = {number}")
    return target.getvalue()


@pytest.fixture
def functions(aws):
    """The Lambda client of a stack with two functions of six versions each."""
    boto3.client("cloudformation").create_stack(
        StackName="stockwarden", TemplateBody=json.dumps(TEMPLATE)
    )
    client = boto3.client("lambda")
    for name in ("reports", "analysis"):
        for number in range(6):
            client.update_function_code(FunctionName=name, ZipFile=code(number), Publish=True)
    return client


def versions(functions, name):
    published = functions.list_versions_by_function(FunctionName=name)["Versions"]
    return [version["Version"] for version in published if version["Version"] != "$LATEST"]


def prune(functions, keep):
    cloud_formation = boto3.client("cloudformation")
    return delete_old_versions(cloud_formation, functions, "stockwarden", keep=keep)


def test_the_newest_stay(functions):
    newest = {name: versions(functions, name)[-3:] for name in ("reports", "analysis")}
    before = sum(len(versions(functions, name)) for name in newest)
    assert prune(functions, 3) == before - 6 > 0
    for name, expected in newest.items():
        assert versions(functions, name) == expected
    assert prune(functions, 3) == 0


def test_what_an_alias_serves_stays_however_old(functions):
    oldest, second, *_, last = versions(functions, "reports")
    functions.create_alias(
        FunctionName="reports",
        Name="live",
        FunctionVersion=oldest,
        RoutingConfig={"AdditionalVersionWeights": {second: 0.1}},
    )
    prune(functions, 1)
    assert versions(functions, "reports") == [oldest, second, last]


def test_functions_of_other_stacks_are_let_alone(functions):
    role = boto3.client("iam").list_roles()["Roles"][0]["Arn"]
    functions.create_function(
        FunctionName="foreign", Runtime="python3.13", Role=role, Handler="app.handler",
        Code={"ZipFile": code(0)}, Publish=True,
    )  # fmt: skip
    functions.update_function_code(FunctionName="foreign", ZipFile=code(1), Publish=True)
    prune(functions, 1)
    assert len(versions(functions, "foreign")) == 2
