"""Posting to an address that a person has named, without becoming their arm into the inside of a network.

The name is looked up once, every address it has must be a public one, and the connection goes to the very address that
was looked at. No redirect is followed, nothing of the answer but its status is used, and all has one time limit.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from kaname.law import T, Text

LIMIT = 15.0  # seconds for all of it
LONGEST = 512
# Addresses of the new kind that carry one of the old kind within them: nothing outside needs these.
_CARRIERS = tuple(ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))


class NotReached(Exception):
    """Why nothing came of it, in a few words without content. `refused`: by our own rule; trying again is no use."""

    def __init__(self, why: str, *, refused: bool = False) -> None:
        super().__init__(why)
        self.why, self.refused = why, refused


def check(url: str, inside: frozenset[str] = frozenset()) -> Text | None:
    """What is wrong with an address as it is written; None where it may be tried. `inside`: hosts of the office's own
    network that its administrator allows, also without encryption."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return T("所在（URL）として読めない", "cannot be read as an address (URL)")
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > LONGEST:
        return T(
            f"空白のない ASCII 文字で {LONGEST} 字まで", f"expected at most {LONGEST} ASCII characters without blanks"
        )
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        return T("https://相手のホスト/道 の形で", "expected https://host/path, without a user name or #part")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in inside):
        return T("https:// で始まる所在を", "expected an address that begins with https://")
    if port == 0:
        return T("番号（ポート）は 1 から", "expected a port from 1 on")
    return None


def post(url: str, body: bytes, headers: Mapping[str, str], inside: frozenset[str] = frozenset()) -> int:
    """Post a body; the status of the answer. Raises NotReached."""
    if wrong := check(url, inside):
        raise NotReached(wrong.en, refused=True)
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = HTTPConnection(host, port, timeout=LIMIT)
    try:
        connection.sock = plain = socket.create_connection((str(address(host, port, inside)), port), timeout=LIMIT)
    except OSError as error:
        raise NotReached(f"cannot connect: {error.strerror or type(error).__name__}") from None
    # A host that answers a letter a minute never runs into the time limit of a single reading.
    end = Timer(LIMIT, _cut, (plain,))
    end.daemon = True
    end.start()
    try:
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        connection.request("POST", _path(parts), body, dict(headers))
        return connection.getresponse().status
    except ssl.SSLError as error:
        raise NotReached(f"encryption: {error.reason or 'failed'}") from None
    except (OSError, HTTPException) as error:
        raise NotReached(f"no answer: {type(error).__name__}") from None
    finally:
        end.cancel()
        connection.close()


def address(host: str, port: int, inside: frozenset[str] = frozenset()) -> IPv4Address | IPv6Address:
    """Where to connect: the first address of a host, if all it has are public. Raises NotReached."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise NotReached("the name of the host is not known") from None
    addresses = sorted((ip_address(str(one).partition("%")[0]) for one in found), key=lambda a: (a.version, int(a)))
    if host not in inside and not all(is_public(one) for one in addresses):
        raise NotReached("the host lies inside a network that is not public", refused=True)
    return addresses[0]


def is_public(one: IPv4Address | IPv6Address) -> bool:
    """Whether an address can be meant to be reached by everyone. One that carries another is not."""
    if isinstance(one, IPv6Address) and (one.ipv4_mapped or one.is_site_local or any(one in net for net in _CARRIERS)):
        return False
    return one.is_global and not one.is_multicast and not one.is_reserved


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
