"""The web server: granian in this process, its workers beside it. `serve` returns when the office was told to stop.

Figures behind the numbers: with as many threads as connections each would hold a database connection of its own, and
PostgreSQL refused; with four a worker answers as fast, and whoever comes beyond `_WAITING` waits in the socket's queue.
"""

import errno
import socket
import threading
import time
from collections.abc import Callable

from kaname.law import T, Text
from kaname.ledger.errors import StartRefused
from kaname.site import logs

_THREADS, _WAITING = 4, 64
_PATIENCE = 20  # seconds that a request under way is given when the office is stopped


def require_free(host: str, port: int) -> None:
    """Raises StartRefused where the address cannot be had: someone else listens there, or it is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise StartRefused(_why(host, port, error)) from None


def _why(host: str, port: int, error: OSError) -> Text:
    if error.errno == errno.EADDRINUSE:
        return T(
            f"{host}:{port} は使われている；ほかの番号を --port で",
            f"{host}:{port} is in use; choose another with --port",
        )
    why = error.strerror
    return T(f"{host}:{port} で待ち受けられない（{why}）", f"cannot listen on {host}:{port} ({why})")


def serve(host: str, port: int, workers: int, started: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; then requests under way are answered first. `started`: called once it answers."""
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "kaname.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        backpressure=_WAITING,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
        log_dictconfig=logs.config(),
    )
    waiting = threading.Thread(target=_once_it_answers, args=(host, port, started), daemon=True)
    server.on_startup(waiting.start)
    server.serve()


def _once_it_answers(host: str, port: int, started: Callable[[], None]) -> None:
    """The workers take some seconds to begin: an address told before that leads to "connection refused"."""
    while True:
        time.sleep(0.5)  # first of all: the workers are forked meanwhile, from a thread that holds nothing
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            continue
        return started()
