"""Master keys held by the key agent (`key_agent`): what the office's processes ask in place of a file.

    KANAME_MASTER_KEYS=kaname.ledger.agent_keys.AgentKeys      KANAME_KEYS_SOCKET=/run/kaname-keys/socket

A call is a connection: an agent that was started again is met without a word. Kaname asks once a key and process.
"""

import json
import os
import socket
from collections.abc import Sequence
from typing import Any

from kaname.law import T
from kaname.ledger.errors import CannotOpen, KeysMissing, LedgerError
from kaname.ledger.master import ASKING, Wrapped
from kaname.ledger.suites import CannotOpenHead
from kaname.site.home import home

_WAIT = 10.0


class AgentAway(LedgerError):
    """Nothing can be unwrapped just now. Nothing is lost."""

    text = T(
        "鍵の番人（kaname keys agent）に届かない。動いているか、KANAME_KEYS_SOCKET が合っているかを確かめること",
        "the key agent (kaname keys agent) does not answer; see that it runs and that KANAME_KEYS_SOCKET is right",
    )


class AgentStopped(LedgerError):
    """Too much was unwrapped in this name."""

    text = T(
        "この人の名で短い間に多くの鍵が求められ、鍵の番人が止めた。管理者に知らせること",
        "the key agent has stopped: too many keys were asked for in this person's name; tell the administrator",
    )


class NoSharesThere(LedgerError):
    """The agent has no public half to seal a kit to."""

    text = T(
        "鍵の番人にまだ分担片がない。番人のユーザーで kaname keys ceremony shares を先に",
        "no shares were made for the key agent yet; first, as its user: kaname keys ceremony shares",
    )


class NotItsUser(LedgerError):
    """The agent obeys its own user alone in this."""

    text = T("番人のユーザーだけができる（sudo -u kaname-keys …）",
             "the agent's own user alone may do this (sudo -u kaname-keys ...)")  # fmt: skip


class NoKit(LedgerError):
    """The agent wrote none, and said why."""


class AgentKeys:
    """The methods of `MasterKeys`, asked of the agent."""

    def current(self, circle: str = "") -> str:
        return str(ask(do="current", circle=circle))

    def holds(self, name: str, circle: str = "") -> bool:
        return bool(ask(do="holds", name=name, circle=circle))

    def wrap(self, key: bytes, about: bytes, circle: str = "") -> tuple[str, bytes]:
        name, wrapped = ask(do="wrap", key=key.hex(), about=about.hex(), circle=circle)
        return str(name), bytes.fromhex(wrapped)

    def unwrap(self, name: str, wrapped: bytes, about: bytes, circle: str = "") -> bytes:
        asked = {"name": name, "wrapped": wrapped.hex(), "about": about.hex(), "circle": circle}
        return bytes.fromhex(ask(do="unwrap", person=ASKING.get(), **asked))

    def wrap_again(self, keys: Sequence[Wrapped], circle: str = "") -> list[tuple[str, bytes]]:
        asked = [[key.name, key.wrapped.hex(), key.about.hex()] for key in keys]
        return [(str(name), bytes.fromhex(raw)) for name, raw in ask(do="wrap_again", keys=asked, circle=circle)]

    def renew(self) -> str:
        return str(ask(do="renew"))

    def destroy(self, circle: str) -> None:
        ask(do="destroy", circle=circle)

    def new_envelope_key(self, suite: str) -> bytes:
        return bytes.fromhex(ask(do="envelope_new", suite=suite))

    def open_envelope(self, key: str, suite: str, head: bytes, info: bytes) -> bytes:
        asked = {"key": key, "suite": suite, "head": head.hex(), "info": info.hex()}
        try:
            return bytes.fromhex(ask(do="envelope_open", person=ASKING.get(), **asked))
        except CannotOpen:
            raise CannotOpenHead from None

    def drop_envelope_key(self, key: str) -> None:
        ask(do="envelope_drop", key=key)


def ask(**asked: Any) -> Any:
    """The agent's answer. Raises AgentAway, AgentStopped, KeysMissing, CannotOpen, NoSharesThere, NoKit, NotItsUser."""
    return ask_at(None, **asked)


def ask_at(where: str | None, **asked: Any) -> Any:
    """The same of an agent at a socket; None: at that of the settings."""
    where = where or os.environ.get("KANAME_KEYS_SOCKET") or str(home() / "keys.sock")
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_WAIT)
            line.connect(where)
            line.sendall(json.dumps(asked).encode() + b"\n")
            with line.makefile("rb") as answer:
                told = json.loads(answer.readline())
    except (OSError, ValueError):
        raise AgentAway from None
    match told.get("wrong"):
        case None:
            return told["ok"]
        case "missing":
            raise KeysMissing(str(asked.get("name", "")))
        case "stopped":
            raise AgentStopped
        case "no_shares":
            raise NoSharesThere
        case "not_yours":
            raise NotItsUser
        case "no_kit":
            raise NoKit(T(told["ja"], told["en"]))
    raise CannotOpen
