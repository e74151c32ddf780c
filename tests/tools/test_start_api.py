"""The template that SAM serves and the sources of its functions' environment."""

import copy
import json
import re
from typing import Any

import boto3
import pytest

from tools.local.failure import StepFailed
from tools.start_api import stacks
from tools.start_api.served import functions_of, serve
from tools.template import load

ENDPOINT = "http://127.0.0.1:4566"


@pytest.fixture
def template() -> dict[str, Any]:
    return copy.deepcopy(load())


@pytest.fixture
def environments(template: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {name: {"USERS_TABLE": f"users-of-{name}"} for name in functions_of(template)}


def variables(template: dict[str, Any], function: str) -> dict[str, str]:
    environment: dict[str, str] = template["Resources"][function]["Properties"]["Environment"][
        "Variables"
    ]
    return environment


def test_sam_can_read_which_function_authorizes(template, environments):
    authorizers = template["Resources"]["Api"]["Properties"]["Auth"]["Authorizers"]
    assert authorizers["BearerToken"]["FunctionArn"] == {"Ref": "AuthorizerFunction.Alias"}
    serve(template, environments, architecture="x86_64", endpoint=ENDPOINT)
    assert authorizers["BearerToken"]["FunctionArn"] == {
        "Fn::GetAtt": ["AuthorizerFunction", "Arn"]
    }


def test_sam_can_read_which_function_each_route_leads_to(template, environments):
    serve(template, environments, architecture="x86_64", endpoint=ENDPOINT)
    paths = template["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"]
    addresses = [
        operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        for methods in paths.values()
        for operation in methods.values()
    ]
    assert addresses
    for address in addresses:
        (function,) = re.findall(r"\$\{(\w+)\.Arn\}/invocations$", address)
        assert function in functions_of(template)


def test_every_function_has_what_the_deployed_one_has(template, environments):
    serve(template, environments, architecture="x86_64", endpoint=None)
    for name in functions_of(template):
        assert variables(template, name) == {"USERS_TABLE": f"users-of-{name}"}


def test_on_the_local_cloud_every_function_is_told_where_it_is(template, environments):
    serve(template, environments, architecture="x86_64", endpoint=ENDPOINT)
    for name in functions_of(template):
        assert variables(template, name)["AWS_ENDPOINT_URL"] == ENDPOINT


def test_the_distributions_secret_stays_where_it_is(template, environments):
    environments["AuthFunction"]["EDGE_KEY"] = "the secret"
    serve(template, environments, architecture="x86_64", endpoint=None)
    assert "the secret" not in json.dumps(template)


def test_the_processor_is_this_machines(template, environments):
    serve(template, environments, architecture="x86_64", endpoint=None)
    assert template["Parameters"]["Architecture"]["Default"] == "x86_64"


def test_a_function_that_is_not_deployed_is_named(template, environments):
    del environments["SweepFunction"]
    with pytest.raises(StepFailed, match="SweepFunction"):
        serve(template, environments, architecture="x86_64", endpoint=None)


def test_a_stack_that_is_not_there(aws):
    with pytest.raises(StepFailed, match="elsewhere"):
        stacks.on_aws("elsewhere")


def test_what_a_deployed_stack_gives_its_functions(aws):
    """Environments of functions only, by their logical ids."""
    resources = {
        "Topic": {"Type": "AWS::SNS::Topic"},
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
            },
        },
        "AuthFunction": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Runtime": "python3.13",
                "Handler": "auth.app.handler",
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                "Code": {"ZipFile": "pass"},
                "Environment": {"Variables": {"TOPIC": {"Ref": "Topic"}}},
            },
        },
    }
    boto3.client("cloudformation").create_stack(
        StackName="stockwarden", TemplateBody=json.dumps({"Resources": resources})
    )
    (topic,) = boto3.client("sns").list_topics()["Topics"]
    assert stacks.on_aws("stockwarden") == {"AuthFunction": {"TOPIC": topic["TopicArn"]}}


def test_no_account_of_the_shell_reaches_the_local_cloud(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "production")
    assert not [name for name in stacks.shell_without_aws() if name.startswith("AWS_")]
