"""Posting to an address that a person has named, without becoming their arm into the inside of a network.

Where a connection may lead is for `kaname.site.outward`. No redirect is followed, of the answer no more is
read than the caller asks for, and all has one time limit.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from kaname.law import T, Text
from kaname.site import outward
from kaname.site.outward import NotReached

LIMIT = 15.0  # seconds for all of it
LONGEST = 512


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
    return ask(url, body, headers, 0, inside)[0]


def ask(
    url: str, body: bytes, headers: Mapping[str, str], largest: int, inside: frozenset[str] = frozenset()
) -> tuple[int, bytes]:
    """Post a body; the status of the answer and its first `largest` bytes. Raises NotReached."""
    if wrong := check(url, inside):
        raise NotReached(wrong.en, refused=True)
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = HTTPConnection(host, port, timeout=LIMIT)
    connection.sock = plain = outward.connect(host, port, LIMIT, inside)
    # A host that answers a letter a minute never runs into the time limit of a single reading.
    end = Timer(LIMIT, _cut, (plain,))
    end.daemon = True
    end.start()
    try:
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        connection.request("POST", _path(parts), body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(largest)
    except ssl.SSLError as error:
        raise NotReached(f"encryption: {error.reason or 'failed'}") from None
    except (OSError, HTTPException) as error:
        raise NotReached(f"no answer: {type(error).__name__}") from None
    finally:
        end.cancel()
        connection.close()


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
