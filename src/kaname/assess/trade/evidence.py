"""The record of evidence that a person carries into a case: what was asked of which files, what came out, set beside
the thresholds that somebody chose. It is computed from the files alone and names each by its hash; it decides nothing.

Which requirement of Art. 7, and which of its indicators, a figure speaks to stands in MEANS, by the ids of the case.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.figures import Figure
from kaname.assess.trade.page import Page
from kaname.assess.trade.products import Bundle
from kaname.assess.trade.turning import Judged, Side, judged

FORM = "kaname/trade-evidence/1"
MEANS: Mapping[str, tuple[str, str]] = {
    "economic_importance": ("r1", ""),
    "top_1": ("r2", "r2_top_country_share"), "top_1_of_demand": ("r2", "r2_top_country_share"),
    "top_3": ("r2", "r2_few_country_share"), "share_together": ("r2", "r2_few_country_share"),
    "hhi": ("r2", "r2_hhi"), "import_dependence": ("r2", "r2_import_dependence"),
    "import_reliance": ("r2", "r2_import_dependence"), "domestic_share": ("r2", "r2_domestic_share"),
    "imports_over_exports": ("r2", "r2_replaceability"), "world_export_hhi": ("r2", "r2_substitution_supply"),
    "production_hhi": ("r2", "r2_substitution_supply"), "reserves_hhi": ("r2", "r2_substitution_supply"),
    "trend": ("r2", "r2b_trend"), "exposed": ("r2", ""), "lasting": ("r2", ""), "dependent": ("r2", ""),
    "supplier_risk": ("r3", "r3_source_policy"), "hhi_wgi": ("r3", "r3_source_policy"), "supply_risk": ("r3", ""),
    "worst_supply_risk": ("r3", ""), "geopolitical_risk": ("r3", ""),
}  # fmt: skip
# The figures for which a threshold can be set on the pages, each with one that somebody published, and who.
PUBLISHED: Mapping[str, tuple[float, str]] = {
    "hhi": (0.4, "European Commission 2021, CEPII"), "world_export_hhi": (0.4, "CEPII"),
    "imports_over_exports": (1.0, "European Commission 2021, CEPII"), "supply_risk": (1.0, "European Commission 2017"),
    "economic_importance": (2.8, "European Commission 2017"),
}  # fmt: skip
SETTABLE = ("top_1", "top_3", "hhi", "import_reliance", "imports_over_exports", "world_export_hhi", "production_hhi",
            "supplier_risk", "supply_risk", "economic_importance")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A file, known by its hash."""

    name: str
    sort: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that speaks to a requirement; `judged`: beside a threshold, where one was set."""

    requirement: str
    indicator: str
    figure: Figure
    judged: Judged | None

    def as_json(self) -> dict[str, Any]:
        one = self.figure
        told: dict[str, Any] = {
            "requirement": self.requirement, "indicator": self.indicator, "measure": one.measure, "year": one.year,
            "partner": one.partner, "of": one.of, "value": one.value, "low": one.low, "high": one.high,
            "drawn": one.drawn, "formula": one.stated.formula, "inputs": one.inputs, "rows": len(one.records),
            "source": one.source, "title_ja": one.stated.title.ja, "title_en": one.stated.title.en,
            "threshold": None,
        }  # fmt: skip
        if self.judged is not None:
            told |= {"threshold": self.judged.threshold, "side": self.judged.side.value,
                     "certain": self.judged.certain, "moved": self.judged.moved}  # fmt: skip
        return told


@dataclass(frozen=True, slots=True)
class Evidence:
    """The whole record. `digest`: SHA-256 of its JSON, keys sorted, without white space."""

    as_of: date
    bundle: Bundle
    asked: Asked
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    thresholds: Mapping[str, float]
    notes: tuple[dict[str, object], ...]
    page: str = ""

    def of(self, requirement: str) -> list[Indicator]:
        return [one for one in self.indicators if one.requirement == requirement]

    def as_json(self) -> dict[str, Any]:
        parts = [{"code": p.code, "revision": p.revision, "weight": str(p.weight)} for p in self.bundle.parts]
        materials = [{"name": m.name, "weight": str(m.weight)} for m in self.bundle.materials]
        told: dict[str, Any] = {
            "form": FORM, "as_of": self.as_of.isoformat(), "page": self.page,
            "product": {"name": self.bundle.name, "codes": parts, "materials": materials,
                        "unverified": self.bundle.unverified},
            "importer": self.asked.importer, "years": list(self.asked.years), "by": self.asked.by,
            "error": self.asked.error, "draws": self.asked.draws,
            "sources": [{"name": s.name, "sort": s.sort, "sha256": s.sha256, "rows": s.rows} for s in self.sources],
            "indicators": [one.as_json() for one in self.indicators], "thresholds": dict(self.thresholds),
            "notes": list(self.notes),
        }  # fmt: skip
        return {**told, "digest": _digest(told)}

    @property
    def digest(self) -> str:
        found: str = self.as_json()["digest"]
        return found

    def rows(self) -> list[dict[str, str]]:
        """The indicators as rows of the field `evidence` of a case."""
        file = next((s.sha256 for s in self.sources if s.sort == "trade"), self.sources[0].sha256)
        by_table = {s.sort: s.sha256 for s in self.sources}
        return [
            {
                "requirement": one.requirement, "indicator": one.indicator, "figure": self._figure(one.figure),
                "value": _number(one.figure.value),
                "threshold": "" if one.judged is None else _number(one.judged.threshold),
                "digest": by_table.get(one.figure.stated.table, file),
                "as_of": min(self.as_of, date(one.figure.year, 12, 31)).isoformat(), "page": self.page,
            }
            for one in self.indicators
        ]  # fmt: skip

    def _figure(self, one: Figure) -> str:
        parts = (one.measure, one.of, one.partner, self.bundle.name, self.asked.importer, str(one.year))
        return " ".join(part for part in parts if part)


def evidence(
    page: Page, bundle: Bundle, sources: Sequence[Source], as_of: date, thresholds: Mapping[str, float],
    where: str = "", left_out: Iterable[str] = (),
) -> Evidence:  # fmt: skip
    """The record of a page: of each measure the latest year. `left_out`: measures that somebody does not pin."""
    out = set(left_out)
    latest = max((f.year for f in page.figures if f.value is not None), default=page.asked.years[-1])
    found = []
    for one in page.figures:
        if one.measure not in MEANS or one.year != latest or key_of(one) in out:
            continue
        requirement, indicator = MEANS[one.measure]
        line = thresholds.get(one.measure) if one.measure != "trend" else None
        found.append(Indicator(requirement, indicator, one, None if line is None else judged(one, line)))
    found.sort(key=lambda one: (one.requirement, list(MEANS).index(one.figure.measure)))
    notes = tuple(note.as_json() for note in page.notes)
    return Evidence(as_of, bundle, page.asked, tuple(sources), tuple(found), dict(thresholds), notes, where)


def key_of(figure: Figure) -> str:
    """By which a person names a figure of the latest year: its measure, and what it is of."""
    return f"{figure.measure}:{figure.of}" if figure.of else figure.measure


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _digest(told: Mapping[str, Any]) -> str:
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


__all__ = ["FORM", "MEANS", "PUBLISHED", "SETTABLE", "Evidence", "Indicator", "Side", "Source", "evidence", "key_of"]
