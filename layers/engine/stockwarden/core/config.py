"""Typed settings from environment variables. No other module reads `os.environ`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Every setting is a template parameter or resource; a function gets only what it needs.

    A name that the function's environment lacks is an empty string, which the adapter that needs
    it refuses (DynamoDB and S3 accept no empty name).
    """

    users_table: str = ""
    reports_table: str = ""
    anomalies_table: str = ""
    idempotency_table: str = ""
    audit_table: str = ""
    operations_table: str = ""
    catalog_table: str = ""
    stock_table: str = ""
    projections_table: str = ""
    audit_heads_bucket: str = ""
    audit_key_id: str = ""
    bucket: str = ""
    analysis_queue_url: str = ""
    jobs_queue_url: str = ""
    # How many jobs are at work at once. See analysis/fair_queue.py.
    analysis_slots: int = 10
    dead_letters_url: str = ""
    job_dead_letters_url: str = ""
    token_secret_id: str = ""
    token_issuer: str = "stockwarden"
    token_audience: str = "stockwarden-api"
    access_token_minutes: int = 60
    refresh_token_days: int = 30
    # How long the gateway remembers an answer of the authorizer.
    authorizer_cache_seconds: int = 60
    # Timeout of one attempt of an AWS call, and the number of attempts.
    call_seconds: int = 5
    call_attempts: int = 3
    # Attempts of an address at once, and per window after that. See identity/guess_limits.py.
    attempt_window_seconds: int = 900
    failed_logins_per_address: int = 50
    registrations_per_address: int = 60
    # Failures of an address against a name before delays begin.
    logins_per_name: int = 10
    # Who may register: open, invited or closed. See identity/registration.py.
    registration: str = "invited"
    # How long a device stays known after a sign-in.
    device_days: int = 180
    # Secret header value of the CDN distribution; without it X-Forwarded-For is ignored.
    edge_key: str = ""
    # How long report logs are kept.
    report_log_days: int = 400
    # Sender of e-mails (none are sent without), and the base URL of their links.
    mail_sender: str = ""
    app_url: str = ""
    # Origins of other pages that may call the API, separated by commas.
    cors_origins: str = ""
    version: str = "0.1.0"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Reads upper-case variables: `USERS_TABLE`, `ACCESS_TOKEN_MINUTES`, …"""
        source = os.environ if environment is None else environment
        values: dict[str, str | int] = {}
        for name, kind in cls.__annotations__.items():
            text = source.get(name.upper())
            if text:
                values[name] = int(text) if kind is int else text
        return cls(**values)  # type: ignore[arg-type]
