"""Between the office and PostgreSQL: a socket that can cut the line at a COMMIT, before it or before its answer."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

PORT = ".s.PGSQL.5432"
# The statement alone ("READ COMMITTED" is another matter), or a whole act in one statement (`ledger.at_once`), which
# commits by itself: only such a one says which matters came.
COMMITS = (b"COMMIT\0", b'{"came":')


class Proxy:
    """Listens in a folder as PostgreSQL does. `cut`: "before" the next COMMIT goes on, or "after" it was answered.

    `stays_cut`: from the next cut on, new lines are cut as well.
    """

    def __init__(self, folder: Path, cluster: str) -> None:
        self.server, self.cut, self.cuts, self.stays_cut = f"{cluster}/{PORT}", "", 0, False
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(folder / PORT))
        self.listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                if self.stays_cut and self.cuts:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.server)
                link = _Link(self, client, server)
                threading.Thread(target=link.forth, daemon=True).start()
                threading.Thread(target=link.back, daemon=True).start()


class _Link:
    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self.proxy, self.client, self.server, self.deaf = proxy, client, server, False

    def forth(self) -> None:
        with suppress(OSError):
            while data := self.client.recv(1 << 16):
                if self.proxy.cut and any(mark in data for mark in COMMITS):
                    how, self.proxy.cut = self.proxy.cut, ""
                    self.proxy.cuts += 1
                    if how == "before":
                        return self._end()
                    self.deaf = True
                self.server.sendall(data)
        return self._end()

    def back(self) -> None:
        with suppress(OSError):
            while data := self.server.recv(1 << 16):
                if self.deaf:  # the server has committed; its answer is lost
                    return self._end()
                self.client.sendall(data)
        return self._end()

    def _end(self) -> None:
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
