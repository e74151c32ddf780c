"""Derives the template that SAM serves from the one that `sam build` wrote."""

from collections.abc import Mapping
from typing import Any

from tools.local.failure import StepFailed

# By it the distribution proves itself, and there is none before SAM's gateway.
_NOT_HERE = {"EDGE_KEY"}
_FUNCTION = "AWS::Serverless::Function"
_API = "AWS::Serverless::Api"


def functions_of(template: Mapping[str, Any]) -> list[str]:
    """The logical ids of a template's functions."""
    resources = template["Resources"].items()
    return [name for name, resource in resources if resource["Type"] == _FUNCTION]


def serve(
    template: dict[str, Any],
    environments: Mapping[str, Mapping[str, str]],
    *,
    architecture: str,
    endpoint: str | None,
) -> None:
    """Changes a built template so that SAM serves it with a deployed stack's resources.

    `environments` is what each deployed function has, by logical id; `endpoint` is the local
    cloud's address, or None for AWS. Raises StepFailed for a function that is not deployed.
    """
    template["Parameters"]["Architecture"]["Default"] = architecture
    missing = set(functions_of(template)) - set(environments)
    if missing:
        raise StepFailed(f"The stack has no {', '.join(sorted(missing))} yet; deploy it first.")
    for name in functions_of(template):
        variables = {
            key: value for key, value in environments[name].items() if key not in _NOT_HERE
        }
        if endpoint:
            # SAM hands on only those variables that the template names.
            variables["AWS_ENDPOINT_URL"] = endpoint
        template["Resources"][name]["Properties"]["Environment"] = {"Variables": variables}
    for resource in template["Resources"].values():
        if resource["Type"] == _API:
            for authorizer in resource["Properties"]["Auth"]["Authorizers"].values():
                authorizer["FunctionArn"] = _readable(authorizer["FunctionArn"])
            for methods in resource["Properties"]["DefinitionBody"]["paths"].values():
                for operation in methods.values():
                    _make_readable(operation["x-amazon-apigateway-integration"])


def _readable(arn: dict[str, Any]) -> dict[str, Any]:
    """Replaces `!Ref Function.Alias`, which SAM cannot read and would refuse with 401."""
    name, alias, rest = arn.get("Ref", "").partition(".Alias")
    return {"Fn::GetAtt": [name, "Arn"]} if alias and not rest else arn


def _make_readable(integration: dict[str, Any]) -> None:
    """Replaces `${Function.Alias}` in a route's URI, which would hide all routes from SAM."""
    address = integration["uri"]["Fn::Sub"]
    integration["uri"] = {"Fn::Sub": address.replace(".Alias}", ".Arn}")}
