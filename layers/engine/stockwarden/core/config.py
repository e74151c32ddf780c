"""The environment, read once and typed. Nothing else reads `os.environ`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Every setting is a template parameter or resource; a function gets only what it needs.

    A name that the function's environment lacks is an empty string, and using it fails loudly in
    the adapter that needs it (DynamoDB and S3 refuse an empty name).
    """

    users_table: str = ""
    reports_table: str = ""
    anomalies_table: str = ""
    idempotency_table: str = ""
    bucket: str = ""
    analysis_queue_url: str = ""
    token_secret_id: str = ""
    token_issuer: str = "stockwarden"
    token_audience: str = "stockwarden-api"
    access_token_minutes: int = 60
    refresh_token_days: int = 30
    # How long one call of AWS may take until it is tried again, and how often it is tried in all.
    call_seconds: int = 5
    call_attempts: int = 3
    # Attempts of one address at once; as many more are left after a window. See identity/guesses.
    attempt_window_seconds: int = 900
    failed_logins_per_address: int = 50
    registrations_per_address: int = 60
    # Failures of one address against one name before each makes the next wait longer.
    logins_per_name: int = 10
    # How long a device stays known from which somebody has signed in.
    device_days: int = 180
    # What the distribution proves itself with; without it only the gateway's word counts.
    edge_key: str = ""
    # Who e-mails come from; without one none are sent. Where their links lead.
    mail_sender: str = ""
    app_url: str = ""
    cors_origin: str = ""
    version: str = "0.1.0"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Upper-cased field names are the variables: `USERS_TABLE`, `ACCESS_TOKEN_MINUTES`, …"""
        source = os.environ if environment is None else environment
        values: dict[str, str | int] = {}
        for name, kind in cls.__annotations__.items():
            text = source.get(name.upper())
            if text:
                values[name] = int(text) if kind is int else text
        return cls(**values)  # type: ignore[arg-type]
