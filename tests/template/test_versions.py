"""A changed layer or parameter publishes new function versions, so that it is served."""

import json
import subprocess
from typing import Any

import pytest

from tools.template import ROOT

# The SAM CLI's own translator, in its own environment.
SAM_PYTHON = ROOT / ".local" / "env" / "sam" / "bin" / "python"
_TRANSLATE = """
import json, os, sys
from types import SimpleNamespace
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"
layer, parameters = sys.argv[2], json.loads(sys.argv[3])
template = yaml_parse(open(sys.argv[1]).read())
for name, resource in template["Resources"].items():
    if resource["Type"] == "AWS::Serverless::Function":
        resource["Properties"]["CodeUri"] = "s3://bucket/functions"
    if resource["Type"] == "AWS::Serverless::LayerVersion":
        resource["Properties"]["ContentUri"] = f"s3://bucket/{name}-{layer}"
made = transform(template, parameters, SimpleNamespace(load=dict))
versions = [n for n, r in made["Resources"].items() if r["Type"] == "AWS::Lambda::Version"]
print(json.dumps(sorted(versions)))
"""


def versions(layer: str = "1", **parameters: str) -> set[str]:
    command: list[Any] = [SAM_PYTHON, "-W", "ignore", "-c", _TRANSLATE, ROOT / "template.yaml"]
    command += [layer, json.dumps(parameters)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return set(json.loads(output))


@pytest.mark.parametrize(
    ("layer", "parameters"),
    [
        ("2", {}),
        ("1", {"Release": "0123456789abcdef0123"}),
        ("2", {"Release": "fedcba98765432100123"}),
    ],
    ids=["engine", "release", "both"],
)
def test_every_function_gets_a_new_version(layer: str, parameters: dict[str, str]) -> None:
    before, after = versions(), versions(layer, **parameters)
    assert len(before) == len(after) > 0
    assert before.isdisjoint(after)


def test_nothing_new_makes_no_version() -> None:
    assert versions(Release="0123456789abcdef0123") == versions(Release="0123456789abcdef0123")
