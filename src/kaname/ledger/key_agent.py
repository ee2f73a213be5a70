"""The key agent: a process of its own that holds the master keys, and unwraps for who may ask by a UNIX socket.

    request:  one line of JSON {"do", ...}, line feed      answer: one line {"ok": ...} or {"wrong": code}
    do: current, holds, wrap, unwrap, wrap_again, renew, destroy, status, envelope_new, envelope_open, envelope_drop,
    kit, ceremonies, for_office, fetched (see `ceremony`), release; keys and blobs in hexadecimal

The system says of each caller which user it is (SO_PEERCRED); others than those allowed get no answer. Each unwrapping
(a circle's key, an envelope's) is written into the log before the key is handed out: who asked, for whom. More than 60
a minute for a person: the agent alarms and unwraps nothing more in that name until its own user releases it; for what
no person asks (jobs, the start), 600 a minute of one user.

What it holds never leaves it; what it unwraps does. A process that may ask can ask for all, in any name it likes: the
limits slow a thief in the office's process down and make the log speak. They do not keep it out.
"""

import errno
import json
import logging
import os
import pwd
import socketserver
import struct
import threading
import time
from collections import defaultdict, deque
from pathlib import Path
from socket import AF_UNIX, SO_PEERCRED, SOL_SOCKET, socket
from typing import Any

from kaname.ledger import ceremony
from kaname.ledger.agent_keys import NoSharesThere
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.ledger.master import FileKeys, Wrapped
from kaname.ledger.recovery import NotRecovered
from kaname.ledger.suites import CannotOpenHead
from kaname.site.logs import pseudonym

MINUTE, OF_PERSON, OF_USER = 60.0, 60, 600
LARGEST = 4 << 20
_log = logging.getLogger("kaname.keys")
_CREDENTIALS = struct.Struct("3i")


class Stopped(Exception):
    """Too many unwrappings in a name."""


class NotYours(Exception):
    """What the agent's own user alone may do: the office that was stopped does not let itself go on."""


class Limits:
    """How often a name has unwrapped within a minute. Who went beyond is stopped until somebody releases them."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()
        self.stopped: set[str] = set()

    def count(self, name: str, most: int) -> None:
        """Raises Stopped."""
        now = time.monotonic()
        with self._lock:
            times = self._times[name]
            while times and times[0] <= now - MINUTE:
                times.popleft()
            times.append(now)
            if len(times) > most and name not in self.stopped:
                self.stopped.add(name)
                _log.critical("alarm", extra={"person": name})
            if name in self.stopped:
                raise Stopped

    def release(self, name: str) -> bool:
        """Whether the name was stopped. It begins anew: a later minute of too many stops it again."""
        with self._lock:
            if name not in self.stopped:
                return False
            self.stopped.discard(name)
            self._times[name].clear()
            return True


class Agent(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """`with Agent(path, allowed) as agent: agent.serve_forever()`. `allowed`: user ids beside the agent's own."""

    daemon_threads = True

    def __init__(self, path: Path, allowed: frozenset[int] = frozenset()) -> None:
        self.allowed, self.keys, self.limits = allowed | {os.getuid()}, FileKeys(), Limits()
        self.started = time.time()
        _clear(path)
        before = os.umask(0o117)  # its group may knock; who that is says the system, and `allowed`
        try:
            super().__init__(str(path), _Call)
        finally:
            os.umask(before)

    def answer(self, asked: dict[str, Any], uid: int, pid: int) -> Any:
        """What a caller gets. Raises KeysMissing, CannotOpen, Stopped, NotYours; ValueError where it is no request."""
        circle, do = str(asked.get("circle", "")), asked.get("do")
        match do:
            case "current":
                return self.keys.current(circle)
            case "holds":
                return self.keys.holds(str(asked["name"]), circle)
            case "wrap":
                name, wrapped = self.keys.wrap(_raw(asked, "key"), _raw(asked, "about"), circle)
                return [name, wrapped.hex()]
            case "unwrap":
                person = str(asked.get("person", ""))[:64]
                self._written_down(person, uid, pid, circle)
                return self.keys.unwrap(str(asked["name"]), _raw(asked, "wrapped"), _raw(asked, "about"), circle).hex()
            case "wrap_again":  # no key leaves: nothing to be counted, however many there are
                _log.warning("wrap_again", extra=_told("", uid, pid, circle))
                keys = [Wrapped(str(name), *map(bytes.fromhex, raw)) for name, *raw in asked["keys"]]
                return [[name, wrapped.hex()] for name, wrapped in self.keys.wrap_again(keys, circle)]
            case "renew":
                _log.warning("renew", extra={"part": f"uid {uid} pid {pid}"})
                return self.keys.renew()
            case "destroy":
                _log.warning("destroy", extra=_told("", uid, pid, circle))
                self.keys.destroy(circle)
                return None
            case "envelope_new":
                _log.warning("envelope_new", extra=_told("", uid, pid))
                return self.keys.new_envelope_key(str(asked["suite"])).hex()
            case "envelope_open":
                self._written_down(str(asked.get("person", ""))[:64], uid, pid, "", "envelope")
                return self.keys.open_envelope(
                    str(asked["key"]), str(asked["suite"]), _raw(asked, "head"), _raw(asked, "info")
                ).hex()
            case "envelope_drop":
                _log.warning("envelope_drop", extra=_told("", uid, pid))
                self.keys.drop_envelope_key(str(asked["key"]))
                return None
            case "kit":
                _log.warning("kit", extra=_told("", uid, pid))
                return ceremony.kit({str(name): bytes.fromhex(raw) for name, raw in asked["files"].items()})
            case "ceremonies":
                return ceremony.told({str(name): str(of) for name, of in asked["files"].items()})
            case "for_office":
                _log.warning("for_office", extra=_told("", uid, pid))
                return {name: raw.hex() for name, raw in ceremony.for_office().items()}
            case "fetched":
                _log.warning("fetched", extra=_told("", uid, pid))
                ceremony.fetched()
                return None
            case "release":
                if uid != os.getuid():
                    _log.error("release refused", extra=_told("", uid, pid))
                    raise NotYours
                name = str(asked["name"])[:64]
                released = self.limits.release(name)
                if released:
                    _log.warning("released", extra=_told(name, uid, pid))
                return released
            case "status":
                return {"master": self.keys.current(), "started": self.started, "stopped": sorted(self.limits.stopped)}
        raise ValueError(do)

    def _written_down(self, person: str, uid: int, pid: int, circle: str, what: str = "unwrap") -> None:
        told = _told(person, uid, pid, circle)
        try:
            self.limits.count(person or f"uid {uid}", OF_PERSON if person else OF_USER)
        except Stopped:
            _log.error("refused", extra=told)
            raise
        _log.info(what, extra=told)


class _Call(socketserver.StreamRequestHandler):
    timeout = 10
    server: Agent

    def handle(self) -> None:
        raw = self.request.getsockopt(SOL_SOCKET, SO_PEERCRED, _CREDENTIALS.size)
        pid, uid, _ = _CREDENTIALS.unpack(raw)
        if uid not in self.server.allowed:
            _log.error("stranger", extra={"part": f"uid {uid} pid {pid}"})
            return
        self.wfile.write(json.dumps(self._answered(uid, pid)).encode() + b"\n")

    def _answered(self, uid: int, pid: int) -> dict[str, Any]:
        try:
            asked = json.loads(self.rfile.readline(LARGEST))
            return {"ok": self.server.answer(asked, uid, pid)}
        except NoSharesThere:
            return {"wrong": "no_shares"}
        except NotRecovered as wrong:
            return {"wrong": "no_kit", "ja": wrong.text.ja, "en": wrong.text.en}
        except KeysMissing:
            return {"wrong": "missing"}
        except (CannotOpen, CannotOpenHead):
            return {"wrong": "cannot_open"}
        except Stopped:
            return {"wrong": "stopped"}
        except NotYours:
            return {"wrong": "not_yours"}
        except (ValueError, KeyError, TypeError, AttributeError):
            return {"wrong": "request"}


def _clear(path: Path) -> None:
    """Take away the socket that an agent has left which died. One that is answered is another agent's, and stays; so
    does whatever is no socket: a key, if somebody mistypes. Raises OSError."""
    if not os.path.lexists(path):
        return
    if path.is_socket():
        with socket(AF_UNIX) as knock:
            try:
                knock.connect(str(path))
            except ConnectionRefusedError:
                path.unlink(missing_ok=True)
                return
    raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))


def _told(person: str, uid: int, pid: int, circle: str = "") -> dict[str, str]:
    """Who and what, as logs may say it: the person as the office calls them in its log, the circle otherwise."""
    return {"person": person, "part": f"uid {uid} pid {pid}", "about": pseudonym("circle", circle) if circle else ""}


def _raw(asked: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(str(asked[name]))


def uids(names: str) -> frozenset[int]:
    """User ids of names or numbers, separated by commas. Raises ValueError with the name that is none."""
    found = set()
    for name in filter(None, map(str.strip, names.split(","))):
        try:
            found.add(int(name) if name.isdecimal() else pwd.getpwnam(name).pw_uid)
        except KeyError:
            raise ValueError(name) from None
    return frozenset(found)
