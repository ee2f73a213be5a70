"""A virus scanner, where the office has one: clamd, over its socket, by the INSTREAM command of its protocol.

KANAME_CLAMAV is `unix:/run/clamav/clamd.ctl` or `host:3310`. A file goes there in pieces and lies nowhere. `AWAY` is an
answer too: not reached, too slow, cut off or one that is no verdict; a file is then kept shut until it was looked at.
"""

import socket
import struct
from collections.abc import Iterable
from enum import StrEnum

from django.conf import settings

from kaname.site.given import Unusable

_CONNECT, _ANSWER = 5, 60  # seconds
_LONGEST = 4096  # bytes of an answer
_SIZE = struct.Struct("!I")


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    AWAY = "away"


def is_set() -> bool:
    return bool(settings.KANAME_CLAMAV)


def scan(pieces: Iterable[bytes]) -> Verdict:
    """What the scanner says of a file. CLEAN where the office has none."""
    if not is_set():
        return Verdict.CLEAN
    try:
        with _reached() as line:
            line.sendall(b"zINSTREAM\0")
            for piece in pieces:
                if piece:  # a piece of no length is the end
                    line.sendall(_SIZE.pack(len(piece)) + piece)
            line.sendall(_SIZE.pack(0))
            said = _answer(line)
    except OSError:  # refused, reset, timed out
        return Verdict.AWAY
    if said == b"stream: OK\0":
        return Verdict.CLEAN
    return Verdict.INFECTED if said.startswith(b"stream: ") and said.endswith(b" FOUND\0") else Verdict.AWAY


def answers() -> bool:
    """Whether the scanner is at work."""
    try:
        with _reached() as line:
            line.sendall(b"zPING\0")
            return _answer(line) == b"PONG\0"
    except OSError:
        return False


def _reached() -> socket.socket:
    where: str = settings.KANAME_CLAMAV
    if where.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_CONNECT)
        try:
            line.connect(where.removeprefix("unix:"))
        except BaseException:
            line.close()
            raise
    else:
        host, _, port = where.rpartition(":")
        line = socket.create_connection((host, int(port)), _CONNECT)
    line.settimeout(_ANSWER)
    return line


def _answer(line: socket.socket) -> bytes:
    """All that is said up to its end, a NUL; what is cut off before has none."""
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST and (more := line.recv(_LONGEST)):
        said += more
    return said


def checked(where: str) -> str:
    """The setting as it is used. Raises Unusable, saying what was expected."""
    host, _, port = where.rpartition(":")
    if where and not where.startswith("unix:/") and not (host and port.isdecimal() and 0 < int(port) < 65536):
        raise Unusable(f"KANAME_CLAMAV が {where!r}；unix:/path/to/clamd.ctl 又は host:3310 を",
                       f"KANAME_CLAMAV is {where!r}; expected unix:/path/to/clamd.ctl or host:3310")  # fmt: skip
    return where
