"""The cases of Chapter 4 that a person may know of, and the technologies they are about: for pages and API alike.

What a case is about, `regimes.technology.board` tells. Whoever may not know of a case finds the technology as if the
case were not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from kaname.access import api as access
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.procedure import Standing
from kaname.procedure.show import stage
from kaname.regimes.technology import board as programme
from kaname.regimes.technology.catalogue import technologies
from kaname.regimes.technology.catalogue.technologies import Technology
from kaname.regimes.technology.room import room_of

CONCEPT, CALL, PROJECT, COUNCIL = (f"technology.{name}" for name in ("concept", "call", "project", "council"))
STAGES = (CONCEPT, CALL, PROJECT, COUNCIL)  # in the order in which a technology passes through them


@dataclass(frozen=True, slots=True)
class Known:
    """A case: what it is called, where it stands, and the technologies it is about."""

    case: access.CaseAt
    name: str
    state: str
    label: Text
    since: date | None
    about: frozenset[str]

    @property
    def kind(self) -> str:
        return str(self.case.case.kind)

    @property
    def standing(self) -> Standing:
        return self.case.standing


@dataclass(frozen=True, slots=True)
class Line:
    """A technology of a vision, and the cases about it by kind."""

    technology: Technology
    cases: Mapping[str, tuple[Known, ...]]

    @property
    def reached(self) -> str:
        """The last stage in which there is a case, "" where there is none."""
        return next((kind for kind in reversed(STAGES) if self.cases[kind]), "")


def known(person: Person, on: date | None = None) -> dict[str, list[Known]]:
    """The cases that a person may know of, by kind and number; none of a kind this office does not have."""
    day = on or access.today()
    at = {kind: list(access.standings(person, kind, on)) if kind in kinds() else [] for kind in STAGES}
    told = programme.board(((c.case.public_id, c.standing) for cases in at.values() for c in cases), day)
    about: dict[str, set[str]] = {}
    for line in told.lines:
        for cell in (*line.concepts, *line.calls, *line.projects, *line.councils):
            about.setdefault(cell.case, set()).add(line.technology.id)
    return {kind: [_known(c, frozenset(about.get(c.case.public_id, ()))) for c in cases] for kind, cases in at.items()}


def board(person: Person, on: date) -> list[Line]:
    """The technologies of the visions decided by a day, in their order, each with the cases about it on that day."""
    every = known(person, on)
    return [
        Line(t, {kind: tuple(c for c in cases if t.id in c.about) for kind, cases in every.items()})
        for t in technologies(on)
    ]


def sifted(lines: Iterable[Line], domain: str = "", vision: int = 0, stage: str = "", words: str = "") -> list[Line]:
    """Those of a domain, of a vision, with a case in a stage, and with every word in what is said of them."""
    return [
        line for line in lines
        if (not domain or line.technology.domain == domain) and (not vision or line.technology.vision == vision)
        and (not stage or line.cases[stage]) and all(w in _said(line) for w in alike(words).split())
    ]  # fmt: skip


def alike(text: str) -> str:
    """A text as it is compared: width and case aside."""
    return normalize("NFKC", text).casefold()


def _said(line: Line) -> str:
    t = line.technology
    texts = (t.id, t.label.ja, t.label.en, t.group.ja, t.group.en, *(c.name for cs in line.cases.values() for c in cs))
    return alike(" ".join(texts))


# -- what a case says --------------------------------------------------------------------------------------------------


def _known(at: access.CaseAt, about: frozenset[str]) -> Known:
    standing = at.standing
    track = stage(standing)
    label = standing.kind.procedure(track.procedure).label_of(track.state) if track else T("", "")
    since = track.since if track and track.since > date.min else None
    return Known(at, title_of(standing), track.state if track else "", label, since, about)


def title_of(standing: Standing) -> str:
    """What a case is called: a council by its name, or until it has one by the research."""
    if standing.kind.id == COUNCIL:
        room = room_of(standing)
        return room.name or room.research
    name = standing.fact(standing.kind.title) if standing.kind.title else None
    return name if isinstance(name, str) else ""
