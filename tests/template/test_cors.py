"""Pages of other origins: what the functions allow, the distribution allows too."""

from typing import Any

from aws_lambda_powertools.event_handler import CORSConfig

from stockwarden.core.config import Settings
from stockwarden.http.api import create_api
from tools.template import load, resources

PAGE = "https://page.example"
# Powertools allows them always; they are for requests signed for AWS.
OF_AWS = {"X-Amz-Date", "X-Api-Key", "X-Amz-Security-Token"}


def functions_headers() -> dict[str, set[str]]:
    cors: CORSConfig | None = create_api(Settings(cors_origins=PAGE))._cors
    assert cors
    return {name: set(value.split(",")) for name, value in cors.to_dict(PAGE).items()}


def distributions_headers() -> dict[str, Any]:
    policy = load()["Resources"]["ApiHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    condition, cors, otherwise = policy["CorsConfig"]["Fn::If"]
    assert (condition, otherwise) == ("HasCorsOrigins", {"Ref": "AWS::NoValue"})
    headers: dict[str, Any] = cors
    return headers


def test_both_name_the_same_headers() -> None:
    own, distributions = functions_headers(), distributions_headers()
    items = {
        name: set(value["Items"])
        for name, value in distributions.items()
        if name in {"AccessControlAllowHeaders", "AccessControlExposeHeaders"}
    }
    assert items == {
        "AccessControlAllowHeaders": own["Access-Control-Allow-Headers"] - OF_AWS,
        "AccessControlExposeHeaders": own["Access-Control-Expose-Headers"],
    }
    assert {str(distributions["AccessControlMaxAgeSec"])} == own["Access-Control-Max-Age"]


def test_what_a_function_answers_stands() -> None:
    assert distributions_headers()["OriginOverride"] is False


def test_credentials_are_for_listed_origins_only() -> None:
    """The refresh cookie; browsers refuse it where every origin is allowed, CloudFront too."""
    credentials = distributions_headers()["AccessControlAllowCredentials"]
    assert credentials == {"Fn::If": ["HasEveryOrigin", False, True]}


def test_the_api_and_not_the_page_is_open_to_other_origins() -> None:
    (distribution,) = resources("AWS::CloudFront::Distribution").values()
    config = distribution["Properties"]["DistributionConfig"]
    (api,) = config["CacheBehaviors"]
    assert api["ResponseHeadersPolicyId"] == {"Ref": "ApiHeaders"}
    assert config["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == {"Ref": "SecurityHeaders"}
    policies = resources("AWS::CloudFront::ResponseHeadersPolicy")
    hardening = [
        policy["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        for policy in policies.values()
    ]
    assert hardening[0] == hardening[1]


def test_browsers_may_ask_before_a_request_on_every_path() -> None:
    (api,) = resources("AWS::Serverless::Api").values()
    for path, methods in api["Properties"]["DefinitionBody"]["paths"].items():
        assert "options" in methods, path
        assert methods["options"] in [methods[method] for method in methods if method != "options"]
    assert api["Properties"]["Auth"]["AddDefaultAuthorizerToCorsPreflight"] is False
