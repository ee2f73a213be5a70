"""Is an application caught by Art. 66(1)? The question for one application; `bulk` asks it for a whole docket.

Decided on the symbols that can be read, by the version in force on the filing day (Art. 66(11)). A match is a screening
result, never the decision: the Act asks what the invention is, the symbols given to it are evidence.

Per part of an item: met, barred (no additional requirement), asked (limiting words, no text), near, or nothing.
Outcome, the first that applies: in, in_if_requirement, ask, near, invalid, out.
- near: every term is fulfilled or just missed (neighbour in the main group, broader symbol, other edition), or the
  symbols fulfil an item whose limiting words are not in the abstract or claims given.
- invalid: nothing above, and a symbol is missing, malformed or not in the symbol list, so that one cannot say out.
- out: none of these, or only items whose additional requirement is known not to be met.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import lru_cache

from kaname.assess.ipc import Relation, Symbol, SymbolList, Terms, parse, split
from kaname.law import Text
from kaname.regimes.patents import wording
from kaname.regimes.patents.editions import shipped
from kaname.regimes.patents.items import VERSIONS, Item, Limit, Part, Version, version_on

REQUIREMENTS = ("1", "2", "3", "4")  # the items of Order Art. 12(3)
LIMITS: tuple[Limit, ...] = tuple(dict.fromkeys(i.limit for v in VERSIONS for i in v.items if i.limit))

TERMS = Terms(term for v in VERSIONS for item in v.items for part in item.parts for term in part.terms)
# Per version: item, part, the part's terms as a mask and by number.
_NUMBERED = {
    v.since: [
        (item, part, TERMS.mask(part.terms), [TERMS.number[t] for t in part.terms])
        for item in v.items
        for part in item.parts
    ]
    for v in VERSIONS
}


class Outcome(StrEnum):
    IN = "in"
    IN_IF_REQUIREMENT = "in_if_requirement"
    ASK = "ask"
    NEAR = "near"
    INVALID = "invalid"
    OUT = "out"


class Words(IntEnum):
    """Are the limiting words in the text? A title alone can show that they are, never that they are not."""

    UNKNOWN = 0
    ABSENT = 1
    FOUND = 2


class Requirement(IntEnum):
    """The additional requirement (付加要件): any one of the four items of Order Art. 12(3) suffices."""

    UNKNOWN = 0
    UNMET = 1
    MET = 2


@dataclass(frozen=True, slots=True)
class Case:
    """All that the decision depends on: `symbols` sorted and distinct, `words` in the order of LIMITS."""

    version: Version
    symbols: tuple[Symbol, ...]
    malformed: tuple[str, ...] = ()
    words: tuple[Words, ...] = (Words.UNKNOWN,) * len(LIMITS)
    requirement: Requirement = Requirement.UNKNOWN


@dataclass(frozen=True, slots=True)
class Screening:
    """`items` and `fields` are those that carry the outcome: none for near and invalid; for out those barred.

    `requirement_needed`: whether these items count only with an additional requirement; None where there are none.
    `version` is None for a filing before the regime began. `troubles` are the symbols that could not be judged.
    """

    items: tuple[int, ...]
    fields: tuple[int, ...]
    outcome: Outcome
    requirement_needed: bool | None
    reasons: tuple[Text, ...]
    version: date | None
    troubles: tuple[str, ...] = ()


class _State(IntEnum):
    MET = 1
    BARRED = 2
    ASKED = 3
    NEAR = 4


@dataclass(frozen=True, slots=True)
class _Finding:
    item: Item
    part: Part
    state: _State
    relations: tuple[Relation, ...]  # one a term
    evidence: tuple[tuple[Symbol, ...], ...]  # one a term: the symbols in that relation

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        return tuple(dict.fromkeys(s for symbols in self.evidence for s in symbols))


def screen_one(
    ipc: Iterable[str],
    filed_on: date,
    *,
    title: str = "",
    abstract: str = "",
    claims: str = "",
    requirements: Mapping[str, bool | None] | None = None,
    listed: SymbolList | None = None,
) -> Screening:
    """Screen one application. `ipc`: symbols, one a string (a string may hold several, separated by `;` or `|`).

    `requirements` answers "1" to "4" of Order Art. 12(3); missing or None is unknown. `listed` is the list of symbols
    that exist (default: the one shipped). Raises ValueError for a requirement of another name.
    """
    version = version_on(filed_on)
    if version is None:
        return Screening((), (), Outcome.OUT, None, (wording.BEFORE,), None)
    texts = split(ipc) if isinstance(ipc, str) else [s for cell in ipc for s in split(cell)]
    read = [(text, parse(text)) for text in texts]
    case = Case(
        version,
        tuple(sorted({symbol for _, symbol in read if symbol})),
        tuple(dict.fromkeys(text for text, symbol in read if not symbol)),
        tuple(words(limit, title, abstract, claims) for limit in LIMITS),
        requirement(requirements or {}),
    )
    return judge(case, listed or shipped())


def words(limit: Limit, title: str, abstract: str, claims: str) -> Words:
    text = unicodedata.normalize("NFKC", f"{title}\n{abstract}\n{claims}").lower()
    if re.search("|".join((*limit.ja, *limit.en)), text):
        return Words.FOUND
    return Words.ABSENT if abstract.strip() or claims.strip() else Words.UNKNOWN


def requirement(answers: Mapping[str, bool | None]) -> Requirement:
    if unknown := set(answers) - set(REQUIREMENTS):
        raise ValueError(f"no requirement is called {', '.join(sorted(unknown))}; expected {', '.join(REQUIREMENTS)}")
    if any(answers.values()):
        return Requirement.MET
    return Requirement.UNMET if all(answers.get(r) is False for r in REQUIREMENTS) else Requirement.UNKNOWN


def judge(case: Case, listed: SymbolList) -> Screening:
    """Decide a case and say why."""
    known = {symbol: symbol in listed for symbol in case.symbols}
    findings = _findings(case, known)
    troubles = (*case.malformed, *(str(s) for s, exists in known.items() if not exists))
    outcome, carrying = _outcome(case, findings, bool(troubles) or not case.symbols)
    free = any(f.state is _State.MET and not f.part.needs for f in findings)
    return Screening(
        tuple(sorted({f.item.number for f in carrying})),
        tuple(sorted({f.part.field for f in carrying})),
        outcome,
        all(f.part.needs for f in carrying) if carrying else None,
        (*(_reason(f, case, free) for f in findings), *_trouble_reasons(case, known, listed)),
        case.version.since,
        troubles,
    )


def evidence(case: Case, listed: SymbolList) -> tuple[frozenset[Symbol], frozenset[Symbol]]:
    """The symbols that lie in a place of an item that was found, and those that just miss one."""
    findings = _findings(case, {symbol: symbol in listed for symbol in case.symbols})
    sides = [(r, s) for f in findings for r, symbols in zip(f.relations, f.evidence, strict=True) for s in symbols]
    hits = frozenset(s for r, s in sides if r is Relation.IN)
    return hits, frozenset(s for _, s in sides) - hits


def _findings(case: Case, known: Mapping[Symbol, bool]) -> list[_Finding]:
    relations = {symbol: TERMS.relations(symbol, exists) for symbol, exists in known.items()}
    untouched = -1
    for of in relations.values():
        for number in of:
            untouched &= ~(1 << number)
    found = []
    for item, part, numbers in _all_touched(case.version.since, untouched):
        closest = tuple(max(of[n] for of in relations.values() if n in of) for n in numbers)
        evidence = tuple(
            tuple(symbol for symbol, of in relations.items() if of.get(n) is relation)
            for n, relation in zip(numbers, closest, strict=True)
        )
        if state := _state(item, part, case, all(relation is Relation.IN for relation in closest)):
            found.append(_Finding(item, part, state, closest, evidence))
    return found


@lru_cache(1 << 12)  # symbols differ more than the terms they touch
def _all_touched(version: date, untouched: int) -> list[tuple[Item, Part, list[int]]]:
    """The parts of a version none of whose terms is among the untouched."""
    return [(item, part, numbers) for item, part, mask, numbers in _NUMBERED[version] if not mask & untouched]


def _state(item: Item, part: Part, case: Case, fulfilled: bool) -> _State | None:
    barred = part.needs and case.requirement is Requirement.UNMET
    if not fulfilled:
        return None if barred else _State.NEAR
    if barred:
        return _State.BARRED
    found = case.words[LIMITS.index(item.limit)] if item.limit else Words.FOUND
    return {Words.FOUND: _State.MET, Words.ABSENT: _State.NEAR, Words.UNKNOWN: _State.ASKED}[found]


def _outcome(case: Case, findings: list[_Finding], troubled: bool) -> tuple[Outcome, list[_Finding]]:
    """The outcome and the findings that carry it."""
    by_state = {state: [f for f in findings if f.state is state] for state in _State}
    met, barred = by_state[_State.MET], by_state[_State.BARRED]
    if any(not f.part.needs for f in met):
        # Order Art. 12(2): what an item without the requirement also takes needs no requirement.
        return Outcome.IN, met + [f for f in barred if _overlaps(f, case)]
    if met:
        return (Outcome.IN if case.requirement is Requirement.MET else Outcome.IN_IF_REQUIREMENT), met
    if by_state[_State.ASKED]:
        return Outcome.ASK, by_state[_State.ASKED]
    if by_state[_State.NEAR]:
        return Outcome.NEAR, []
    return (Outcome.INVALID, []) if troubled else (Outcome.OUT, barred)


def _overlaps(finding: _Finding, case: Case) -> bool:
    """A barred item counts beside a free one as far as its own words are there."""
    limit = finding.item.limit
    return limit is None or case.words[LIMITS.index(limit)] is Words.FOUND


def _reason(finding: _Finding, case: Case, free: bool) -> Text:
    head = wording.heading(finding.item, finding.part, case.version.since)
    limit, symbols = finding.item.limit, finding.symbols
    if finding.state is _State.ASKED and limit:
        return wording.both(head, wording.words_unknown(symbols, limit))
    if finding.state is _State.NEAR:
        if limit and all(r is Relation.IN for r in finding.relations):
            return wording.both(head, wording.words_absent(symbols, limit))
        misses = zip(finding.part.terms, finding.relations, finding.evidence, strict=True)
        return wording.both(head, *(wording.near(t, r, s) for t, r, s in misses if r is not Relation.IN))
    return wording.both(head, wording.met(symbols, _result(finding, case, free)))


def _result(finding: _Finding, case: Case, free: bool) -> Text:
    if not finding.part.needs:
        return wording.FREE
    if case.requirement is Requirement.MET:
        return wording.REQUIREMENT_MET
    if free and (finding.state is _State.MET or _overlaps(finding, case)):
        return wording.OVERLAP
    return wording.REQUIREMENT_UNMET if finding.state is _State.BARRED else wording.REQUIREMENT_OPEN


def _trouble_reasons(case: Case, known: Mapping[Symbol, bool], listed: SymbolList) -> tuple[Text, ...]:
    since = case.version.since
    if not case.symbols and not case.malformed:
        return (wording.no_symbol(since),)
    return (
        *(wording.malformed(text, since) for text in case.malformed),
        *(wording.unlisted(s, listed.edition, since) for s, exists in known.items() if not exists),
    )
