"""The researched facts of Chapter 4, and how the declarations are held against them, act by act.

Each helper module of this folder that builds kinds gives a `Part`: which procedures of the facts it declares, under
which names, and every difference with its reason. `ch4_parts.PARTS` gathers them; the conformance test reads that.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kaname.law import Practice, Provision
from kaname.procedure.declare import Act, Procedure
from kaname.procedure.index import index
from kaname.regimes import kind

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
FILE = SHARED / "facts" / "ch4_technology.yaml"
PLACE = re.compile(r"(sti )?(?<![\w-])(\d+(?:-\d+)?(?:\([ivx0-9]+\))*)((?:,\(\d+\))*)(?:-\((\d+)\))?")


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    facts: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return facts


def load() -> dict[str, Any]:
    if not FILE.is_file():
        pytest.skip(f"researched facts are absent: {FILE}")
    return _read()


@dataclass(frozen=True)
class Part:
    """What a helper declares, and where it differs.

    `procedures`: fact id -> (kind, its procedures). `acts`: `T3.contract` -> our act, where it bears another name.
    `fields`: `T3.contract.period` -> our fields, "" where the act itself says it (its day). `reasons`: a reason -> the
    differences it explains, as `T3.contract: from to`. `extra`: acts the facts do not have. `states`: states of the
    facts that are none here, and ours (`proposal.submitted`) that are none there, with the reason.
    """

    procedures: Mapping[str, tuple[str, tuple[str, ...]]]
    acts: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)

    def ours(self, id: str) -> tuple[Procedure, ...]:
        of, names = self.procedures[id]
        return tuple(kind(of).procedure(name) for name in names)

    def act(self, id: str, told: Mapping[str, Any]) -> tuple[Procedure, Act]:
        """Our act of one of the facts. Raises AssertionError where there is none."""
        name = self.acts.get(f"{id}.{told['id']}", told["id"])
        found = [(p, a) for p in self.ours(id) for a in p.acts if name in (a.id, f"{p.id}.{a.id}")]
        assert len(found) == 1, f"{id}.{told['id']} is not declared"
        return found[0]


def listed(part: Part) -> dict[tuple[str, str], str]:
    return {
        (entry.partition(": ")[0], aspect): reason
        for reason, entries in part.reasons.items() for entry in entries for aspect in entry.partition(": ")[2].split()
    }  # fmt: skip


def fact_acts(part: Part) -> Iterator[tuple[str, dict[str, Any]]]:
    for p in load()["procedures"]:
        for act in p["acts"] if p["id"] in part.procedures else ():
            yield p["id"], act


def differences(part: Part) -> dict[tuple[str, str], str]:
    """(`T3.contract`, aspect) -> what the facts say and what is declared."""
    found = {}
    for id, told in fact_acts(part):
        p, act = part.act(id, told)
        found.update({(f"{id}.{told['id']}", aspect): detail for aspect, detail in compare(part, id, told, p, act)})
    return found


def compare(part: Part, id: str, told: Mapping[str, Any], p: Procedure, act: Act) -> Iterator[tuple[str, str]]:
    who, sources = {r.id for r in act.roles}, {s for s, _ in act.moves}
    if who != {told["who"]}:
        yield "who", f"facts {told['who']}, declared {sorted(who)}"
    told_from = {told["from"]} if isinstance(told["from"], str) else set(told["from"])
    if told_from != sources:
        yield "from", f"facts {sorted(told_from)}, declared {sorted(sources)}"
    if {told["to"]} != {t for _, t in act.moves}:
        yield "to", f"facts {told['to']}, declared {sorted({t for _, t in act.moves})}"
    yield from _basis(told, act)
    lacking = set(_fields(part, id, told)) - {f.id for f in act.fields} - ({"received_on"} if act.received else set())
    if lacking:
        yield "fields", f"not asked for: {sorted(lacking)}"
    if told["preconditions"] and not (act.conditions or act.advice):
        yield "preconditions", f"facts {told['preconditions']}, no condition is declared"
    of = part.procedures[id][0]
    if told["period"] and not (*act.starts, *act.meets, *act.stops):
        yield "period", f"facts {told['period']}, no clock is started, met or stopped"
    punished = {x.penalty for q in kind(of).procedures for x in (*q.duties, *q.bans, *q.acts)}
    if not set(told["penalties"]) <= punished:
        yield "penalties", f"facts {told['penalties']}, declared {sorted(str(x) for x in punished)}"
    if told["confidence"] == "low" and not (act.question and act.question in index(kind(of)).kind.notes):
        yield "confidence", "low, and no open question is named"


def _fields(part: Part, id: str, told: Mapping[str, Any]) -> Iterator[str]:
    """The fields of a fact under our names: what stands before a colon, in small letters, words joined."""
    for raw in told["fields"]:
        name = raw.partition(":")[0].strip()
        ours = part.fields.get(f"{id}.{told['id']}.{name}", part.fields.get(name, name.lower().replace(" ", "_")))
        yield from ours.split()


def _basis(told: Mapping[str, Any], act: Act) -> Iterator[tuple[str, str]]:
    cited = {(b.law.id, b.citation) for b in act.basis if isinstance(b, Provision)}
    missing = {w for w in places(str(told["legal_basis"])) if not any(w[0] == c[0] and near(w[1], c[1]) for c in cited)}
    if missing:
        yield "basis", f"not cited: {sorted(missing)}; cited {sorted(cited)}"
    practised = any(isinstance(b, Practice) for b in act.basis)
    if practised is (told["nature"] == "statutory"):
        yield "nature", f"facts {told['nature']}, {'practice' if practised else 'no practice'} in the basis"


def places(text: str) -> Iterator[tuple[str, str]]:
    """`62(8) via 63(5)`, `63(4),(5)`, `62(4)-(7)`, `sti 27-3(1)` as (law, place), a range paragraph by paragraph."""
    for sti, first, others, last in PLACE.findall(text):
        law, article = "sti_act" if sti else "espa", first.partition("(")[0]
        yield law, first
        yield from ((law, f"{article}{other}") for other in others.split(",") if other)
        if last:
            start = int(re.findall(r"\d+", first)[-1])
            yield from ((law, f"{article}({n})") for n in range(start + 1, int(last) + 1))


def near(wanted: str, cited: str) -> bool:
    return cited == wanted or cited.startswith(f"{wanted}(") or wanted.startswith(f"{cited}(")
