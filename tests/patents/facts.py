"""The researched facts of Chapter 5 and the declarations, brought into one shape so that they can be compared."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from kaname.days import Move
from kaname.law import Bases, Provision
from kaname.procedure.declare import COUNTED, Act, Clock, Consequence, Force, Procedure
from kaname.regimes.patents import KINDS

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
FILE = SHARED / "facts" / "ch5_patents.yaml"

WHO = {
    "applicant": {"applicant"}, "JPO": {"jpo"}, "Prime Minister": {"prime_minister"}, "Cabinet": {"cabinet"},
    "applicant or JPO": {"applicant", "jpo"}, "designated applicant": {"designated_applicant"},
    "anyone bound": {"bound_person"}, "anyone": {"anyone"}, "court": {"court"}, "official": {"inspector"},
    "designated applicant and sharing operators": {"designated_applicant", "sharing_operator"},
    "designated applicant or sharing operator": {"designated_applicant", "sharing_operator"},
    "addressee": {"designated_applicant", "sharing_operator"}, "person planning a foreign filing": {"foreign_filer"},
    "person who suffered loss": {"claimant"}, "claimant": {"claimant"}, "JPO or court": {"jpo", "court"},
    "later applicant": {"later_applicant"}, "licensee": {"later_applicant"},
    "(time)": {"law"}, "(law)": {"law"}, "(notice)": {"law"}, "(fact)": {"anyone"},
}  # fmt: skip
NOT_BEGUN = {("working_permit", "none"), ("reports_inspection", "open"), ("recommendation_order", "deficient")}
_LAWS = {
    "": "espa", "Order": "order", "CAO Ordinance": "cao_ordinance", "Joint Order": "joint_order",
    "Patent Act": "patent_act", "Regulation": "patent_regulation",
}  # fmt: skip


@dataclass(frozen=True)
class Element:
    """One act or consequence: who, from where to where, on what basis, with which clocks."""

    who: frozenset[str]
    sources: frozenset[str]
    targets: frozenset[str]
    basis: frozenset[str]
    clocks: tuple[Clock, ...]


def load() -> dict[str, Any]:
    if not FILE.is_file():
        pytest.skip(f"researched facts are absent: {FILE}")
    facts: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return facts


def declared() -> dict[str, Element]:
    """Every act and consequence of the regime under its full name; an act also under its other names."""
    found = {}
    for kind in KINDS:
        for p in kind.procedures:
            for c in p.consequences:
                found[f"{p.id}.{c.id}"] = _element(p, c)
            for act in p.acts:
                for name in (act.id, *act.aliases):
                    found[name if "." in name else f"{p.id}.{name}"] = _element(p, act)
    return found


def _element(p: Procedure, e: Act | Consequence) -> Element:
    who = {r.id for r in e.roles} if isinstance(e, Act) else {"law"}
    names = {*e.starts, *e.meets, *(x.clock for x in (e.extends if isinstance(e, Act) else ()))}
    if isinstance(e, Consequence):
        names |= {t.name for t in e.upon if t.event == "end"}
    clocks = tuple(c for c in p.clocks if c.id in names)
    return Element(
        frozenset(who), frozenset(s for s, _ in e.moves), frozenset(t for _, t in e.moves), cites(e.basis), clocks
    )


def cites(basis: Bases) -> frozenset[str]:
    """Each provision as `law article(paragraph)`, parts of a sentence left out."""
    return frozenset(f"{b.law.id} {_bare(b.citation)}" for b in basis if isinstance(b, Provision))


def _bare(citation: str) -> str:
    return re.sub(r" (proviso|main text|first sentence|second sentence|row \d+)$", "", citation)


def facts_basis(text: str) -> Iterator[str]:
    """The citations in `66(2) first sentence; Joint Order 2`, in the same form."""
    for part in text.split(";"):
        law = "espa"
        for one in part.strip().split(", "):
            found = re.match(r"(Order|CAO Ordinance|Joint Order|Patent Act|Regulation)?\s*(.*)", one.strip())
            assert found
            law = _LAWS[found[1]] if found[1] else law
            place = re.match(r"\d+(?:-\d+)*(?:\([^)]+\))*(?:-\([^)]+\))?", found[2])
            if place is None:  # the law as a whole, as in "Patent Act"
                continue
            yield from (f"{law} {p}" for p in _places(law, place[0]))


def _places(law: str, place: str) -> list[str]:
    """`12-13` of an order is two articles; 36-2 of the Patent Act is one."""
    span = re.fullmatch(r"(\d+)-(\d+)", place)
    if span and law not in ("patent_act", "patent_regulation"):
        return [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
    return [place]


def fits(period: dict[str, Any], clock: Clock) -> bool:
    """Whether a clock counts as the facts say: length, first day, move over closed days."""
    unit, first, shift = period["unit"], period["first_day_counted"], period["holiday_shift"]
    if unit in ("without delay", "immediately"):
        return clock.force is Force.WITHOUT_DELAY
    moves = clock.kind.move is not Move.NONE
    if shift is not None and bool(shift) != moves:
        return False
    if unit == "reasonable period set":
        return any(c.length is None for c in clock.counts)
    if first is not None and any((c.first_day is COUNTED) != first for c in clock.counts if c.length):
        return False
    if unit == "rule":
        return len(clock.counts) == 2
    lengths = {"month": "months", "day": "days", "year": "years"}
    return any(c.length and getattr(c.length, lengths[unit]) == period["length"] for c in clock.counts)
