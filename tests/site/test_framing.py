"""What goes over the wire is as long as it says; what comes in must say how long it is in one way (ASVS 4.2.1, 4.2.2):
two readings of one message are how a request is smuggled past whoever looks at it first."""

import contextlib
import re
import socket
import threading

from office_process import running

PATHS = ("/healthz", "/accounts/login/", "/api/v1/openapi.json", "/nothing-here/", "/api/v1/cases", "/")
HOST = b"Host: 127.0.0.1\r\n"
SECOND = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
TWO_WAYS = {
    "two lengths": b"Content-Length: 3\r\nContent-Length: 9\r\n\r\nabc",
    "a list of lengths": b"Content-Length: 3, 9\r\n\r\nabc",
    "a length with a sign": b"Content-Length: +3\r\n\r\nabc",
    "a length in hex": b"Content-Length: 0x3\r\n\r\nabc",
    "a negative length": b"Content-Length: -1\r\n\r\n",
    "an encoding not known": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked in the midst": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a space before the colon": b"Content-Length : 3\r\n\r\nabc",
    "a folded line": b"Content-Length:\r\n 3\r\n\r\nabc",
}


def said(port: int, raw: bytes, seconds: float = 20) -> bytes:
    """What the server says until it closes, or until it has said nothing for a while."""
    with socket.create_connection(("127.0.0.1", port), seconds) as line:
        line.sendall(raw)
        found = b""
        with contextlib.suppress(OSError):
            while piece := line.recv(65536):
                found += piece
                line.settimeout(2)
        return found


def answers(found: bytes) -> int:
    return found.count(b"HTTP/1.1 ")


def test_lengths_are_those_of_the_bodies_and_two_readings_are_refused(fresh):
    with running(fresh) as office:
        for path in PATHS:
            for method in (b"GET", b"HEAD"):
                asked = method + b" " + path.encode() + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
                head, _, body = said(office.port, asked).lower().partition(b"\r\n\r\n")
                told = [int(length) for length in re.findall(rb"^content-length: *(\d+)\r?$", head, re.M)]
                assert b"transfer-encoding" not in head and len(told) <= 1, (path, head)
                assert len(body) == (told[0] if method == b"GET" else 0), (method, path, head)
        for what, way in TWO_WAYS.items():
            found = said(office.port, b"POST /accounts/login/ HTTP/1.1\r\n" + HOST + way)
            assert found.startswith(b"HTTP/1.1 400 ") and answers(found) == 1, (what, found[:300])
        # Both at once: the chunks are the body (RFC 9112, 6.3); by the length the second request would be part of it.
        both = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(SECOND))
        found = said(office.port, b"POST /accounts/login/ HTTP/1.1\r\n" + HOST + both + SECOND)
        assert answers(found) in (1, 2), found[:300]
        assert answers(found) == 2 or b"connection: close" in found.lower(), found[:300]


def test_an_answer_longer_than_it_says_would_be_seen():
    """Planted: a server whose second answer hides in the body of its first."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def lie() -> None:
            line, _ = server.accept()
            line.recv(65536)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc")
            line.close()

        thread = threading.Thread(target=lie)
        thread.start()
        head, _, body = said(port, SECOND).partition(b"\r\n\r\n")
        thread.join()
    assert b"Content-Length: 1" in head and len(body) == 3
