"""How the keys of the office stand: who holds shares, when they were tried, what partners seal for, what is to be done.

Administrators see it, and who holds a share of the present set. It tells no key and no word of a share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from kaname.access.models import Person
from kaname.days import JST
from kaname.law import T, Text
from kaname.ledger import clock, envelope_keys, key_book, keys, recovery
from kaname.ledger.agent_keys import AgentAway, AgentKeys
from kaname.ledger.key_book import Line
from kaname.ledger.keys import KeyProblem
from kaname.ledger.master import FileKeys, masters
from kaname.site.logs import pseudonym

YEAR = 365


def people(pseudonyms: Sequence[str]) -> list[str]:
    """Names of the log, with who is meant where they are of people: for who works on the host."""
    known = (
        {pseudonym("person", p.public_id): f"{p.name} {p.email}" for p in Person.objects.all()} if pseudonyms else {}
    )
    return [f"{one} ({known[one]})" if one in known else one for one in pseudonyms]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a share of the present set, and when it was last proven to fit; None never."""

    number: int
    name: str
    tried: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the book of keys, with names. `by`: "" for who works on the host."""

    number: int
    at: datetime
    what: Text
    by: str


class EnvelopeKey(NamedTuple):
    """A key that partners seal for. `until`: a former one opens so long, "" a present one."""

    suite: str
    name: str
    until: str


@dataclass(frozen=True, slots=True)
class Envelopes:
    """The envelope keys since `at`; how many were revoked; of each partner the suite that is sealed by, "" none yet."""

    at: str
    keys: tuple[EnvelopeKey, ...]
    former: tuple[EnvelopeKey, ...]
    revoked: int
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Keeping:
    """`made`: when the present shares were made, None where there are none. `kit`: when the last kit was."""

    made: datetime | None
    by: str
    set: int
    holders: tuple[Holder, ...]
    kit: datetime | None
    to_do: tuple[Text, ...]
    book: tuple[Event, ...]
    envelopes: Envelopes


def envelopes() -> Envelopes:
    """How the envelope keys stand, here and with partners."""
    own = envelope_keys.own()
    return Envelopes(
        at=own.at,
        keys=tuple(EnvelopeKey(one.suite, one.name, "") for one in own.keys),
        former=tuple(EnvelopeKey("", one.name, one.until) for one in own.former),
        revoked=len(own.revoked),
        partners=tuple((name, _sealed_by(key)) for name, key in keys.offices().items()),
    )


def _sealed_by(office: str) -> str:
    try:
        to = envelope_keys.to_seal_for(office)
    except KeyProblem:
        return ""
    return to.suite if to else ""


def keeping(person: Person) -> Keeping | None:
    """None for who neither administers nor holds a share."""
    made = next((line for line in lines_of_both() if line.what == "shares"), None)
    holds = made and {person.public_id, person.email} & set(made.data["holders"])
    return _told() if person.administers or holds else None


def to_do() -> tuple[Text, ...]:
    """What the office should do for the recovery of its keys; nothing where all is well."""
    return _told().to_do


def _told() -> Keeping:
    lines = lines_of_both()
    made = next((line for line in lines if line.what == "shares"), None)
    ids = [str(one) for one in made.data["holders"]] if made else []
    names = _names(lines, ids)
    since = lines[: lines.index(made)] if made else []
    tried = {n: _at(line) for line in reversed(since) if line.what == "drill" for n in line.data["shares"]}
    holders = tuple(Holder(n, names.get(one, "—"), tried.get(n)) for n, one in enumerate(ids, 1))
    kit = next((line for line in since if line.what == "kit"), None)
    return Keeping(
        made=_at(made) if made else None,
        by=_by(made, names) if made else "",
        set=int(made.data["number"]) if made else 0,
        holders=holders,
        kit=_at(kit) if kit else None,
        to_do=tuple(_to_do(made, since, holders, kit)),
        book=tuple(Event(x.number, _at(x), key_book.WHAT[x.what], _by(x, names)) for x in lines[:50]),
        envelopes=envelopes(),
    )


def lines_of_both() -> list[Line]:
    """The book, the newest first; where the key agent holds the masters, with its own book of ceremonies. Of a kit,
    which stands in both, the office's line says who."""
    lines = key_book.lines()
    if not isinstance(masters(), AgentKeys):
        return lines
    try:
        told = recovery.agent_says()["lines"]
    except AgentAway:
        return lines
    theirs = [Line(0, one["at"], one["what"], one, "") for one in told if one["what"] != "kit"]
    return sorted([*lines, *theirs], key=lambda line: line.at, reverse=True)


def _to_do(made: Line | None, since: list[Line], holders: tuple[Holder, ...], kit: Line | None) -> list[Text]:
    if not isinstance(masters(), FileKeys | AgentKeys):
        return [_ELSEWHERE]
    try:
        present = recovery.present()
    except AgentAway as away:
        return [away.text]
    if made is None:
        return [_NONE]
    if made.data["set"] != present:
        return [_OTHER]
    found = []
    if kit is None:
        found.append(_NO_KIT)
    elif kit.data["digest"] != recovery.digest():
        found.append(_OLD_KIT)
    if any(holder.tried is None for holder in holders):
        found.append(_UNTRIED)
    elif any(holder.tried and (clock.now() - holder.tried).days > YEAR for holder in holders):
        found.append(_TRIED_LONG_AGO)
    if any(line.what == "destroyed" for line in since):
        found.append(_DESTROYED_SINCE)
    return found


def _names(lines: list[Line], ids: list[str]) -> dict[str, str]:
    wanted = {str(line.data.get("by", "")) for line in lines} | set(ids)
    found = Person.objects.filter(Q(public_id__in=wanted) | Q(email__in=wanted))
    return {
        known: name for one, email, name in found.values_list("public_id", "email", "name") for known in (one, email)
    }


def _by(line: Line, names: dict[str, str]) -> str:
    return names.get(str(line.data.get("by", "")), "")


def _at(line: Line) -> datetime:
    return datetime.fromisoformat(line.at).astimezone(JST)


_NONE = T("分担片がない。この機械が失われると、封緘されたものは開かない：kaname keys shares",
          "No shares: if this machine is lost, nothing that is sealed opens again. kaname keys shares")  # fmt: skip
_OTHER = T("今の鍵は、最後に書かれた分担片の組のものでない：kaname keys shares で作り直す",
           "The keys here are not of the shares last written down: make new ones, kaname keys shares")  # fmt: skip
_NO_KIT = T("この組の包みがまだない：kaname keys kit", "There is no kit for these shares yet: kaname keys kit")
_OLD_KIT = T("最後の包みの後で鍵が変わった（新しい区画など）：kaname keys kit で作り直し、前の包みを破棄する",
             "Keys have changed since the last kit (a new compartment, say): write a new one with kaname keys kit, and "
             "destroy the one before")  # fmt: skip
_UNTRIED = T(
    "まだ確かめられていない分担片がある：kaname keys drill", "Not every share was proven to fit: kaname keys drill"
)
_TRIED_LONG_AGO = T("一年より長く確かめられていない分担片がある：kaname keys drill",
                    "A share was last proven more than a year ago: kaname keys drill")  # fmt: skip
_DESTROYED_SINCE = T(
    "分担片を作った後に区画の鍵が破棄された。破棄より前の包みをすべて破棄し、分担片を作り直して前の紙を焼く",
    "A compartment was destroyed after these shares were made: destroy every kit from before it, make new shares and "
    "burn the old papers",
)
_ELSEWHERE = T("親鍵は鍵の番人か鍵管理サービスにある：そこの鍵の控えを二か所に（docs/sealing.md）",
               "The key agent or a key service holds the master keys: keep copies there (docs/sealing.md)")  # fmt: skip
