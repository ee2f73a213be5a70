"""The facets of a search as chips: what of the address is kept, what each value is called, how many it has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from kaname.access import api as access
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.procedure.declare import CaseKind
from kaname.search import api as find
from kaname.web.parts.tables import Chip

WHAT = {
    "cases": T("案件", "cases"), "parties": T("当事者", "parties"), "papers": T("書類", "papers"),
    "law": T("法令", "law"), "terms": T("用語", "words"),
}  # fmt: skip
REGIMES = {
    "supply": T("重要物資の安定供給", "stable supply"), "infrastructure": T("基幹インフラ", "essential infrastructure"),
    "technology": T("重要技術の開発", "critical technologies"),
    "patents": T("特許出願の非公開", "patent non-disclosure"), "general": T("総則", "general part"),
}  # fmt: skip
_NAMES = {
    "what": T("対象", "what"), "regime": T("制度", "regime"), "kind": T("種類", "kind"), "state": T("段階", "stage"),
    "year": T("起こした年", "year opened"), "role": T("当事者の役割", "role of a party"),
    "overdue": T("期限超過", "overdue"), "authority": T("所管", "competent authority"),
    "sort": T("法令の別", "sort of law"),
}  # fmt: skip
SHOWN = 12  # values of a facet


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: its name and its values. `note`: what the counts do not tell."""

    label: Text
    chips: tuple[Chip, ...]
    note: Text | None = None


def asked_of(typed: Mapping[str, str]) -> dict[str, str]:
    """What of an address makes the view, every value from its own list: words, and the facets that are on."""
    found = {"q": "".join(c for c in typed.get("q", "") if c >= " " and not "\ud800" <= c <= "\udfff").strip()[:200]}
    known = {
        "what": WHAT, "regime": REGIMES, "kind": kinds(), "state": _states(), "role": _roles(), "sort": find.SORTS,
        "authority": _authorities(),
    }  # fmt: skip
    found |= {name: value for name, values in known.items() if (value := typed.get(name, "")) in values}
    year = typed.get("year", "")
    if len(year) == 4 and year.isascii() and year.isdecimal():
        found["year"] = year
    if typed.get("overdue"):
        found["overdue"] = "on"
    return found


def _states() -> Mapping[str, Text]:
    return _stages_of(tuple(kinds().values()))


@cache
def _stages_of(of: tuple[CaseKind, ...]) -> Mapping[str, Text]:
    return {state: label for kind in of for state, label in access.stages(kind).items()}


def _roles() -> Mapping[str, Text]:
    return _roles_of(tuple(kinds().values()))


@cache
def _roles_of(of: tuple[CaseKind, ...]) -> Mapping[str, Text]:
    return {role.id: role.label for kind in of for p in kind.procedures for a in p.acts for role in a.roles}


def _authorities() -> Mapping[str, Text]:
    return _authorities_of(tuple(kinds().values()))


@cache
def _authorities_of(of: tuple[CaseKind, ...]) -> Mapping[str, Text]:
    return {id: name for kind in of if kind.authority for id, name in kind.authority.names.items()}


def chips(asked: Mapping[str, str]) -> list[Chip]:
    """The facets that are on, each a link that takes it off."""
    found = []
    for name, value in asked.items():
        if name == "q":
            continue
        of, said = _NAMES[name], _said(name, value)
        label = of if name == "overdue" else T(f"{of.ja}：{said.ja}", f"{of.en}: {said.en}")
        found.append(Chip(T(f"{label.ja} ×", f"{label.en} ×"), _without(asked, name), on=True))
    return found


def _without(asked: Mapping[str, str], *names: str) -> str:
    return "?" + urlencode({k: v for k, v in asked.items() if k not in names})


def _said(name: str, value: str) -> Text:
    named: Mapping[str, Text] = {
        "what": WHAT, "regime": REGIMES, "state": _states(), "role": _roles(), "sort": find.SORTS,
        "authority": _authorities(),
        "kind": {id: kind.label for id, kind in kinds().items()},
    }.get(name, {})  # fmt: skip
    return named.get(value, T(value, value))


def groups(found: find.Everything, totals: Mapping[str, int], asked: Mapping[str, str]) -> list[Group]:
    """Every facet that tells hits apart, or is on."""
    of, what = found.cases, asked.get("what", "")
    made = [_group("what", totals, asked)]
    if what in ("", "cases", "parties"):
        partly = T(
            f"よく合う{access.LOOKED:,}件の中の数です。", f"Counted over the {access.LOOKED:,} cases that fit best."
        )
        note = partly if of.partly else None
        states = _summed(((state, n) for (_, state), n in of.states.items()))
        made += [
            _group("regime", of.regimes, asked), _group("kind", of.kinds, asked),
            _group("state", states, asked, note), _group("year", dict(sorted(of.years.items(), reverse=True)), asked),
            _group("authority", of.authorities, asked, note), _group("role", of.roles, asked, note),
            _group("overdue", {"on": of.overdue}, asked, note),
        ]  # fmt: skip
    if what in ("", "law"):
        made.append(_group("sort", _summed((entry.sort, 1) for entry in found.law), asked))
    return [group for group in made if group.chips]


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, n in pairs:
        found[name] = found.get(name, 0) + n
    return found


def _group(name: str, counts: Mapping[str, int], asked: Mapping[str, str], note: Text | None = None) -> Group:
    """The values with most hits first, years the latest first."""
    order = counts.items() if name in ("year", "what") else sorted(counts.items(), key=lambda pair: -pair[1])
    on = asked.get(name, "")
    made = []
    for value, n in [pair for pair in order if pair[1] or pair[0] == on][:SHOWN]:
        others = {k: v for k, v in asked.items() if k != name}
        href = _without(asked, name) if value == on else "?" + urlencode({**others, name: value})
        label = _NAMES["overdue"] if name == "overdue" else _said(name, value)
        made.append(Chip(label, href, n, on=value == on))
    return Group(_NAMES[name], tuple(made), note)
