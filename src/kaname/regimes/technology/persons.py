"""The personal register of a council as its declarations read it: who works on its business, for which member, with
which papers. The duty of secrecy binds persons (Art. 62(7)), so the register names persons, not bodies.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kaname.law import T, Text
from kaname.procedure.view import View

MEMBERSHIP, SHARING = "membership", "sharing"
OUT = ("released", "returned_or_destroyed")  # the file of an item is closed


class Engaged(NamedTuple):
    """A person who works on council business (62条7項) for a member; `until` is the last day, where it is over."""

    name: str
    organisation: str = ""
    role: str = ""
    explained_on: date | None = None
    scope: str = ""
    registered_on: date | None = None
    until: date | None = None


def engaged(v: View, run: str) -> tuple[Engaged, ...]:
    """Who is registered for a member."""
    return tuple(Engaged(*row) for row in v.fact(f"{MEMBERSHIP}.persons", run) or ())


def of_person(v: View, person: str) -> Iterator[tuple[str, Engaged]]:
    """Where a person is registered: member by member, in order of joining."""
    for run in v.runs(MEMBERSHIP):
        yield from ((run, e) for e in engaged(v, run) if e.name == person)


def member_for(v: View, person: str) -> str | None:
    """The member for whom a person works on council business now; None where the person may have no papers."""
    return next((run for run, e in of_person(v, person) if v.state(MEMBERSHIP, run) == "member" and not e.until), None)


def no_access(v: View, person: str) -> Text:
    """Why a person may have no papers: never registered, left, no longer engaged, or suspended."""
    found = list(of_person(v, person))
    if not found:
        return T(f"{person} は従事者名簿にない", f"{person} is not on the register of persons")
    run, one = found[-1]
    since = v.since(MEMBERSHIP, run)
    if one.until:
        return T(f"{person} は {one.until} に従事を終えた。資料は渡せない。秘密保持の義務は続く（62条7項）",
            f"{person} ceased to work on council business on {one.until}: no papers; the duty of secrecy goes on "
            "(Art. 62(7))")
    if v.state(MEMBERSHIP, run) == "left":
        return T(f"{person} の構成員（{run}）は {since} に退任した。資料は渡せない。秘密保持の義務は続く（62条7項）",
            f"{person} is of {run}, which left on {since}: no papers; the duty of secrecy goes on (Art. 62(7))")
    return T(f"{person} の構成員（{run}）への提供は {since} から停止中",
        f"access of {run}, to which {person} belongs, has been suspended since {since}")


def handed(v: View, item: str) -> tuple[str, ...]:
    """To whom an item was handed."""
    return tuple(person for person, _ in v.fact(f"{SHARING}.handed", item) or ())


def given_back(v: View, item: str) -> tuple[str, ...]:
    """Who of them returned or destroyed it before the item's file was closed."""
    return tuple(person for person, *_ in v.fact(f"{SHARING}.back", item) or ())


def holders(v: View, item: str) -> tuple[str, ...]:
    """Who has an item in hand. A paper released leaves what was shared where it is; a return ends it for all."""
    if v.state(SHARING, item) == "returned_or_destroyed":
        return ()
    back = set(given_back(v, item))
    return tuple(p for p in handed(v, item) if p not in back)


def held_by(v: View, person: str) -> tuple[str, ...]:
    """The items that a person has in hand."""
    return tuple(item for item in v.runs(SHARING) if person in holders(v, item))
