"""HTTP clients for a stack on this machine."""

from typing import Any

import httpx


class LoopbackTransport(httpx.HTTPTransport):
    """Sends names in .localhost to the loopback address, as RFC 6761 asks of resolvers.

    Browsers and curl do so by themselves; many C libraries, and so Python, do not.
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host.endswith(".localhost"):
            request.url = request.url.copy_with(host="127.0.0.1")
        return super().handle_request(request)


def client(base_url: str, **options: Any) -> httpx.Client:
    """A client for `base_url`, which may be the distribution's; the options are httpx's."""
    options.setdefault("timeout", 60)
    return httpx.Client(base_url=base_url, transport=LoopbackTransport(), **options)
