"""One POST to a robot: to the address that the settings name, to no other, and without following where it points."""

import ipaddress
import json
import socket
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings

from rongqiao.outbox.registry import Unavailable

from .chat import Refused, TooOften

SECONDS = 5.0
LONGEST_ANSWER = 64 * 1024


class _NoRedirect(HTTPRedirectHandler):
    """A robot's address answers by itself; one that sends elsewhere is none."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def post(address: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The robot's answer. Raises Unavailable when it cannot be reached or says nothing one can read, Refused for an
    address inside, a redirect or an HTTP error of ours, TooOften for 429."""
    _refuse_inside(urlsplit(address).hostname or "")
    data = json.dumps(body, ensure_ascii=False).encode()
    request = Request(address, data, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310
    try:
        with build_opener(_NoRedirect, ProxyHandler({})).open(request, timeout=SECONDS) as answer:
            said = json.loads(answer.read(LONGEST_ANSWER))
    except HTTPError as error:
        raise _meaning(error.code) from error
    except (OSError, ValueError) as error:
        raise Unavailable(type(error).__name__) from error
    if not isinstance(said, dict):
        raise Unavailable("not an object")
    return said


def _meaning(code: int) -> Exception:
    if code == 429:
        return TooOften("429")
    return Unavailable(str(code)) if code >= 500 else Refused(f"HTTP {code}")


def _refuse_inside(host: str) -> None:
    """Nobody makes the platform speak to machines of its own network, whatever a name leads to."""
    if settings.RONGQIAO_CHATS_INSIDE:
        return
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise Unavailable(f"no address of {host}") from error
    if not all(ipaddress.ip_address(address).is_global for address in found):
        raise Refused("an address inside")
