"""The record of a shock that a person carries into a case of a product: what was asked of which files, what came out,
and which requirement of Art. 7 a figure speaks to. It decides nothing.

The first requirement asks how widely an economy relies on something: what its loss takes, and which part of industries
use it. The third asks of disruption from outside: what a supply that stops takes. The fourth asks of measures: what
they save.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kaname.assess.network.chips import Outcome
from kaname.assess.network.sectors import Sectors
from kaname.assess.network.study import Study
from kaname.law import T, Text

FORM = "kaname/shock-evidence/1"


@dataclass(frozen=True, slots=True)
class Figure:
    """`low` and `high`: between what it lies, where that is known."""

    requirement: str
    indicator: str
    measure: str
    title: Text
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file, known by its hash; of the example, that of its two tables."""

    name: str
    sort: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """`asked`: the question in words and numbers."""

    as_of: date
    about: Text
    asked: Mapping[str, Any]
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    page: str = ""

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "form": FORM, "as_of": self.as_of.isoformat(), "page": self.page, "about_ja": self.about.ja,
            "about_en": self.about.en, "asked": dict(self.asked),
            "sources": [{"name": s.name, "sort": s.sort, "sha256": s.sha256} for s in self.sources],
            "figures": [
                {"requirement": f.requirement, "indicator": f.indicator, "measure": f.measure, "title_ja": f.title.ja,
                 "title_en": f.title.en, "value": f.value, "low": f.low, "high": f.high}
                for f in self.figures
            ],
        }  # fmt: skip
        plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return {**told, "digest": hashlib.sha256(plain.encode()).hexdigest()}

    def rows(self) -> list[dict[str, str]]:
        """The figures as rows of the field `evidence` of a case; where a figure has bounds, a row for each."""
        return [
            {"requirement": f.requirement, "indicator": f.indicator, 
             "figure": f"{f.measure}{end} {self.about.en}"[:200],
             "value": f"{value:.6g}", "threshold": "", "digest": self.sources[0].sha256,
             "as_of": self.as_of.isoformat(), "page": self.page}
            for f in self.figures
            for end, value in ((("", f.value),) if f.low is None or f.high is None
                               else ((" low", f.low), (" high", f.high)))
        ]  # fmt: skip


def of_study(found: Study) -> list[Figure]:
    """The figures of a network of firms that speak to a requirement; of imports that fail, with both their ends."""
    told = _of_study(found)
    if found.least is None:
        return told
    ends = ((one, sorted((least.value, one.value))) for one, least in zip(told, _of_study(found.least), strict=True))
    return [replace(one, low=low, high=high) for one, (low, high) in ends]


def _of_study(found: Study) -> list[Figure]:
    lost, after = found.value_added_lost
    told = [
        Figure("r1", "", "systemic_risk", T("失われる生産の割合", "production lost, of all"), found.score),
        Figure("r1", "", "industries_hit", T("何かを失う産業の割合", "industries that lose anything, of all"),
               found.breadth),
        Figure("r3", "", "value_added_lost", T(f"{found.asked.days}日間に失われる付加価値の割合",
               f"value added lost in {found.asked.days} days, of theirs"), lost),
    ]  # fmt: skip
    if found.score_after is not None and found.saved is not None and after is not None:
        told += [
            Figure("r1", "", "systemic_risk_with_measures", T("対策があるときに失われる生産の割合",
                   "production lost with the measures, of all"), found.score_after),
            Figure("r3", "", "value_added_lost_with_measures",
                   T(f"対策があるとき{found.asked.days}日間に失われる付加価値の割合",
                   f"value added lost in {found.asked.days} days with the measures, of theirs"), after),
            Figure("r4", "", "saved", T("対策で失われずに済む生産", "production that the measures save, of all"),
                   found.saved),
            Figure("r4", "", "value_added_saved", T("対策で失われずに済む付加価値",
                   "value added that the measures save"), lost - after),
        ]  # fmt: skip
    return told


def of_sectors(found: Sectors) -> list[Figure]:
    """The figures of failing imports."""
    low, high = found.of_value_added
    return [
        Figure("r1", "r1_industry_breadth", "industry_breadth", T("投入として用いる産業の割合",
               "industries that use it as an input, of all"), users(found)),
        Figure("r3", "", "value_added_lost", T("失われる付加価値の割合", "value added lost, of all"), high, low, high),
    ]  # fmt: skip


def of_chain(found: Outcome, at: str = "", with_: Outcome | None = None) -> list[Figure]:
    """The figures of a chain without some countries or firms; `at`: the input or stage whose share is told, else that
    which loses most; `with_`: the same with measures, which speaks to the fourth requirement too."""
    told = _of_chain(found, at)
    if with_ is None:
        return told
    of = next((loss.input for loss in with_.losses if loss.input == at), "")
    after = {one.measure: one for one in _of_chain(with_, of or _worst(found, at))}
    also = T("対策があるとき、", "with the measures: ")
    told += [
        replace(one, measure=f"{one.measure}_with_measures", title=T(also.ja + one.title.ja, also.en + one.title.en))
        for one in after.values()
    ]
    saved = told[0].value - after["inputs_stopped"].value
    return [*told, Figure("r4", "", "inputs_kept_going", T("対策で止まらずに済む投入の割合",
            "inputs that the measures keep going, of all"), saved)]  # fmt: skip


def _worst(found: Outcome, at: str) -> str:
    shared = [one for one in found.losses if one.high is not None and (not at or one.input == at)]
    return max(shared, key=lambda one: (one.high or 0.0, one.low or 0.0)).input if shared else ""


def _of_chain(found: Outcome, at: str = "") -> list[Figure]:
    inputs = len(found.chain.names) or 1
    told = [
        Figure("r1", "", "inputs_stopped", T("止まる投入の割合", "inputs that stop, of all"),
               sum(one.stopped for one in found.losses if one.input in found.chain.names) / inputs),
        Figure("r3", "", "inputs_without_source", T("第二の供給源がない投入の割合",
               "inputs with no second source, of all"),
               sum(one.alone for one in found.losses if one.input in found.chain.names) / inputs),
    ]  # fmt: skip
    shared = [one for one in found.losses if one.high is not None and (not at or one.input == at)]
    if shared:
        worst = max(shared, key=lambda one: (one.high or 0.0, one.low or 0.0))
        name = found.chain.called(worst.input)
        told.insert(1, Figure("r2", "", "share_lost", T(f"{name}の供給のうち失われる割合", f"share lost of {name}"),
                              worst.high or 0.0, worst.low, worst.high))  # fmt: skip
    return told


def users(found: Sectors) -> float:
    """Industries with a positive input coefficient of what is cut, of all industries of the table."""
    cut = [found.table.codes.index(code) for code, part in found.cuts.items() if part > 0]
    made: float = float((found.table.between[cut] > 0).any(axis=0).mean()) if cut else 0.0
    return made


def digest_of(parts: Sequence[bytes]) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()
