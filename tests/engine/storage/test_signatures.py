"""Signatures of KMS: verified by it, and by its public key alone."""

import boto3
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from stockwarden.storage import clients
from stockwarden.storage.signatures import SigningKey
from tests.support.audit import make_key
from tests.support.failing import fail_every_call, refusal


@pytest.fixture
def key(aws):
    return SigningKey(clients.kms(), make_key())


def test_what_it_signed_it_verifies_and_nothing_else(key):
    signature = key.sign(b"head 7")
    assert key.verifies(b"head 7", signature)
    assert not key.verifies(b"head 8", signature)
    assert not SigningKey(clients.kms(), make_key()).verifies(b"head 7", signature)


def test_a_wrong_signature_as_aws_reports_it(key, monkeypatch):
    signature = key.sign(b"head 7")
    invalid = clients.kms().exceptions.KMSInvalidSignatureException
    fail_every_call(
        monkeypatch, invalid(refusal("KMSInvalidSignatureException").response, "Verify")
    )
    assert not key.verifies(b"head 7", signature)


def test_the_public_key_is_enough_to_verify(key):
    signature = key.sign(b"head 7")
    answer = boto3.client("kms").get_public_key(KeyId=key.key_id)
    public_key = load_der_public_key(answer["PublicKey"])
    public_key.verify(signature, b"head 7", ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        public_key.verify(signature, b"head 8", ECDSA(SHA256()))
