"""Ports of the loopback address that nothing listens on, for servers that are told theirs."""

import secrets
import socket

# Below the ports that systems give to outgoing connections (Linux from 32,768, others from 49,152):
# one of those could be in use again before the server starts.
_LOWEST, _HIGHEST = 20_000, 32_000


def free_port() -> int:
    while True:
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
        if is_free(port):
            return port


def is_free(port: int) -> bool:
    """Whether a server could listen on it; connections that have just ended do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
