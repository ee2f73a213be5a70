"""A scanner that speaks the protocol of clamd as far as it is asked to, and misbehaves on request."""

import socket
import struct
import threading
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def scanner(path, says="rightly"):
    """`says`: rightly, or one of hang, half, reset, nonsense, limit. Yields what it was sent."""
    got: list[bytes] = []
    stop = threading.Event()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        door.settimeout(0.05)

        def serve():
            while not stop.is_set():
                try:
                    line, _ = door.accept()
                except TimeoutError:
                    continue
                line.settimeout(5)
                with line:
                    try:
                        _answer(line, got, says, stop)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield got
        finally:
            stop.set()
            thread.join()


def _exactly(line, size):
    raw = b""
    while len(raw) < size:
        more = line.recv(size - len(raw))
        if not more:
            raise OSError("cut")
        raw += more
    return raw


def _answer(line, got, says, stop):
    command = b""
    while not command.endswith(b"\0"):
        command += _exactly(line, 1)
    if command == b"zPING\0":
        line.sendall(b"PONG\0")
        return
    assert command == b"zINSTREAM\0"
    if says == "reset":
        return
    raw = b""
    while size := struct.unpack("!I", _exactly(line, 4))[0]:
        raw += _exactly(line, size)
    got.append(raw)
    if says == "hang":
        stop.wait(10)
    elif says == "half":
        line.sendall(b"stream: O")
    elif says == "nonsense":
        line.sendall(b"stream: OK, I suppose\0")
    elif says == "limit":
        line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
    else:
        for byte in b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in raw else b"stream: OK\0":
            line.sendall(bytes([byte]))  # a byte at a time: an answer may come in pieces
