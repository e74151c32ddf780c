"""Makes AWS calls fail with a given error where boto3 would raise it."""

from typing import Any

import botocore.client
import pytest
from botocore import exceptions
from botocore.exceptions import ClientError


def refusal(code: str, status: int = 400) -> ClientError:
    """The exception that a boto3 client raises for this AWS error."""
    response: Any = {
        "Error": {"Code": code, "Message": "arn:aws:secret"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "Operation")


# By service: transient errors (throttling, outages).
BUSY = {
    "dynamodb": [
        refusal("ProvisionedThroughputExceededException"),
        refusal("ThrottlingException"),
        refusal("RequestLimitExceeded"),
        refusal("TransactionInProgressException"),
        refusal("InternalServerError", 500),
        refusal("ServiceUnavailable", 503),
    ],
    "s3": [
        refusal("SlowDown", 503),
        refusal("InternalError", 500),
        refusal("ServiceUnavailable", 503),
        refusal("RequestTimeout"),
        refusal("ConditionalRequestConflict", 409),
        refusal("503", 503),
        refusal("500", 500),
        refusal("429", 429),
    ],
    "sqs": [
        refusal("RequestThrottled", 403),
        refusal("OverLimit", 403),
        refusal("KmsThrottled"),
        refusal("InternalFailure", 500),
        refusal("ServiceUnavailable", 503),
    ],
    "secretsmanager": [
        refusal("ThrottlingException"),
        refusal("InternalServiceError", 500),
        refusal("LimitExceededException"),
    ],
    "kms": [
        refusal("ThrottlingException"),
        refusal("LimitExceededException"),
        refusal("DependencyTimeoutException", 503),
        refusal("KeyUnavailableException", 500),
        refusal("KMSInternalException", 500),
    ],
    "ses": [refusal("Throttling"), refusal("ServiceUnavailable", 503)],
}
_HERE: Any = {"endpoint_url": "https://aws.example"}
SILENT: list[Exception] = [
    exceptions.EndpointConnectionError(**_HERE),
    exceptions.ConnectTimeoutError(**_HERE),
    exceptions.ReadTimeoutError(**_HERE),
    exceptions.ConnectionClosedError(**_HERE),
    exceptions.ProxyConnectionError(proxy_url="http://proxy.example", error="refused"),
    exceptions.SSLError(**_HERE, error="handshake"),
    exceptions.HTTPClientError(error="broken"),
    exceptions.ResponseStreamingError(error="broken"),
    exceptions.IncompleteReadError(actual_bytes=1, expected_bytes=2),
]
# Errors caused by our requests, which retries do not fix.
WRONG: list[Exception] = [
    refusal("AccessDeniedException"),
    refusal("AccessDenied", 403),
    refusal("ValidationException"),
    refusal("ResourceNotFoundException"),
    refusal("NoSuchBucket", 404),
    refusal("InvalidParameterValue"),
    exceptions.NoCredentialsError(),
    exceptions.ParamValidationError(report="missing"),
]


def fail_operation(monkeypatch: pytest.MonkeyPatch, error: Exception, name: str) -> None:
    """Makes each call of one operation (`UpdateItem`), whatever the service, raise `error`."""
    call = botocore.client.BaseClient._make_api_call

    def fail(client: Any, operation: str, request: Any) -> Any:
        if operation == name:
            raise error
        return call(client, operation, request)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", fail)


def fail_every_call(monkeypatch: pytest.MonkeyPatch, error: Exception, *services: str) -> None:
    """Makes every call of these services (default: all) raise `error`."""
    call = botocore.client.BaseClient._make_api_call

    def fail(client: Any, operation: str, request: Any) -> Any:
        if services and client.meta.service_model.service_name not in services:
            return call(client, operation, request)
        raise error

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", fail)
