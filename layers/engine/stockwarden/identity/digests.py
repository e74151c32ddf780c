"""What is stored of a secret text that somebody else keeps: enough to recognize it."""

import hashlib


def digest_of(secret: str) -> str:
    """SHA-256 in hex. For texts of many random bits; passwords take `passwords.hash_password`."""
    return hashlib.sha256(secret.encode()).hexdigest()
