import pytest

from tests.support.audit import Audit
from tests.support.aws import forget_services


@pytest.fixture
def audit(aws, monkeypatch):
    """A fresh account with a signing key, and services that start anew."""
    audit = Audit.in_moto()
    monkeypatch.setenv("AUDIT_KEY_ID", audit.key.key_id)
    forget_services()
    return audit
