"""Shares, kits, drills and recovery where the key agent holds the masters: done by its own user, beside its own files.

What needs the secrets of people (shares typed in) or gives them out (shares shown) is a command run as the agent's
user, on its terminal: no process of the office takes part. What the office asks of the running agent is a kit: its own
key files go in, the agent adds those it holds and seals all to the public half; two shares open it, nobody else.

`ceremonies` in the agent's folder is its book, a line for each, canonical JSON: {"at", "what", ...}; the office shows
it.
The office's own keys that a recovery finds wait in `for_office` until the office fetches them.
"""

import shutil
from collections.abc import Sequence
from typing import Any

from kaname.law import T
from kaname.ledger import clock, recovery, shares
from kaname.ledger.agent_keys import NoSharesThere
from kaname.ledger.master import FileKeys
from kaname.ledger.recovery import NotRecovered
from kaname.ledger.rows import instant
from kaname.ledger.shares import Share
from kaname.ledger.strict_json import canonical, loads
from kaname.site.home import alone, home, kept, write_new, write_over

_BOOK, _FOR_OFFICE = "ceremonies", "for_office"
_OURS = ("sealing_key", "circle_keys/", "envelope_keys/")


def make(holders: Sequence[str], passphrase: str = "") -> list[Share]:
    """Three new shares, to be shown once. As `recovery.make`: those of before open no kit to come, and the master is
    renewed with them (the office wraps its keys again: `kaname rekey`). Raises NotRecovered."""
    if kept("sealing_key") is None:
        raise NotRecovered(_NO_MASTER)
    made, of, renewed = recovery.split(passphrase)
    _write("shares", holders=list(holders), number=made[0].set, set=of.set)
    write_over(home() / recovery.KEY, of.key)
    if renewed:
        _write("renewed", master=FileKeys().renew())
    return made


def kit(given: dict[str, bytes]) -> dict[str, Any]:
    """A kit of the office's files and of ours. Raises NoSharesThere, NotRecovered."""
    if recovery.set_here() is None:
        raise NoSharesThere
    files = {**{name: raw for name, raw in given.items() if not name.startswith(_OURS)}, **_held()}
    raw, of = recovery.sealed(files)
    told = {"keys": len(files), "digest": recovery.digest_of(recovery.digests(files)), "set": of}
    _write("kit", **told)
    return {**told, "kit": raw.hex()}


def drill(first: Share, second: Share, passphrase: str = "", raw: bytes | None = None) -> list[str] | None:
    """That two shares fit; of a kit, which of our keys it lacks. Nothing changes but the book."""
    of = recovery.of_shares(first, second, passphrase)
    found = recovery.inside(raw, of) if raw is not None else None
    _write("drill", set=of.set, shares=sorted((first.number, second.number)), kit=raw is not None)
    return [name for name, held in _held().items() if found.get(name) != held] if found is not None else None


def recover(raw: bytes, first: Share, second: Share, passphrase: str = "") -> tuple[list[str], list[str]]:
    """Put the agent's keys of a kit in place, those of the office aside for it: both lists of names. What lay here is
    kept aside; what the kit calls destroyed is not put in place."""
    of = recovery.of_seed(shares.join(first, second, passphrase))
    files = recovery.inside(raw, of)
    gone = {name.partition("/")[2] for name in files if name.startswith("destroyed/")}
    ours = {n: held for n, held in files.items() if n.startswith(_OURS) and n.partition("/")[2] not in gone}
    rest = {name: held for name, held in files.items() if not name.startswith(_OURS)}
    now = instant(clock.now())
    recovery.put_aside([name for name, held in ours.items() if recovery.differs(name, held)], now)
    for name, held in ours.items():
        recovery.place(name, held)
    for name, held in rest.items():
        path = home() / _FOR_OFFICE / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        write_new(path, held)
    write_over(home() / recovery.KEY, of.key)
    _write("recovered", keys=len(ours), set=of.set, shares=sorted((first.number, second.number)))
    return sorted(ours), sorted(rest)


def for_office() -> dict[str, bytes]:
    """The office's keys that wait for it."""
    folder = home() / _FOR_OFFICE
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def fetched() -> None:
    """The office has put in place what waited for it."""
    shutil.rmtree(home() / _FOR_OFFICE, ignore_errors=True)


def told(given: dict[str, str]) -> dict[str, Any]:
    """For the office: the set of now, the book, the digest a kit of now would have. `given`: digests of its files."""
    files = {**{name: of for name, of in given.items() if not name.startswith(_OURS)}, **recovery.digests(_held())}
    return {"set": recovery.set_here(), "lines": lines(), "digest": recovery.digest_of(files)}


def lines() -> list[dict[str, Any]]:
    path = home() / _BOOK
    return [dict(loads(line)) for line in path.read_bytes().splitlines()] if path.exists() else []


def _held() -> dict[str, bytes]:
    return {name: raw for name, raw in recovery.held_files().items() if name.startswith(_OURS)}


def _write(what: str, **said: Any) -> None:
    path = home() / _BOOK
    line = canonical({"at": instant(clock.now()), "what": what, **said}).encode() + b"\n"
    with alone(_BOOK):
        write_over(path, (path.read_bytes() if path.exists() else b"") + line)


_NO_MASTER = T("この KANAME_HOME に親鍵がない；番人のユーザーで、番人の KANAME_HOME を示して",
               "there is no master key in this KANAME_HOME; run it as the key agent's user, in the agent's "
               "KANAME_HOME")  # fmt: skip

__all__ = ["NotRecovered", "drill", "fetched", "for_office", "kit", "lines", "make", "recover", "told"]
