"""Names of request headers that several modules read."""

IDEMPOTENCY_KEY, IF_MATCH = "Idempotency-Key", "If-Match"
