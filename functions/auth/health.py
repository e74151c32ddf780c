"""Routes: liveness and readiness."""

from typing import Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.auth import not_ready
from stockwarden.core.errors import Unavailable
from stockwarden.http.problems import may_answer

router = Router()


class Health(BaseModel):
    status: Literal["healthy"]
    version: str


class Readiness(BaseModel):
    status: Literal["ready"]


@router.get("/health", tags=["Health"], summary="Check that the service runs")
def health() -> Health:
    """Uses no other service, so it shows only that requests arrive."""
    return Health(status="healthy", version=stores.settings().version)


@router.get(
    "/health/ready",
    tags=["Health"],
    summary="Check that the service can work",
    openapi_extensions=may_answer(503),
)
def ready() -> Readiness:
    """Checks the database, the file store and the signing secret; 503 names those that fail."""
    failing = not_ready()
    if failing:
        raise Unavailable(f"Not ready: {', '.join(failing)}.")
    return Readiness(status="ready")
