"""A figure that explains itself: its formula, what went into it, the rows and the file; and can be computed again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kaname.assess.trade import measures
from kaname.law import T, Text

REST = "(other)"  # what a world total has beyond the partners stated
NOBODY = "(unspecified)"  # partners that the source does not name


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures. `compute` takes the figure's inputs by name."""

    title: Text
    formula: str
    compute: Callable[..., float | None]


def _floats(amounts: dict[str, str]) -> list[float]:
    return [float(amount) for amount in amounts.values()]


def _by(amounts: dict[str, str], of_country: dict[str, float], absent: float) -> list[float]:
    return [of_country.get(code, absent) for code in amounts]


def _known(amounts: dict[str, str]) -> list[float]:
    """Shares of all, without that of the rest of a world total, which is nobody's in particular."""
    part = measures.shares(_floats(amounts))
    return [float(s) for code, s in zip(amounts, part, strict=False) if code != REST]


def _hhi(amounts: dict[str, str]) -> float | None:
    part = _known(amounts)
    return sum(s * s for s in part) if part else None


def _top_1(amounts: dict[str, str]) -> float | None:
    return max(_known(amounts), default=None)


def _top_3(amounts: dict[str, str]) -> float | None:
    part = sorted(_known(amounts), reverse=True)
    return sum(part[:3]) if part else None


def _share(amounts: dict[str, str], partner: str) -> float | None:
    return measures.share_of(_floats(amounts), [code == partner for code in amounts])


def _total(amounts: dict[str, str]) -> float:
    return float(sum(_floats(amounts)))


def _weighted(amounts: dict[str, str], weights: dict[str, float], trade: dict[str, float]) -> float | None:
    weighed = [
        0.0 if code == REST else weight for code, weight in zip(amounts, _by(amounts, weights, 5.0), strict=True)
    ]
    return measures.weighted_hhi(_floats(amounts), weighed, _by(amounts, trade, 1.0))


def _risk(amounts: dict[str, str], weights: dict[str, float]) -> float | None:
    return measures.supplier_risk(_floats(amounts), _by(amounts, weights, 5.0))


def _geopolitical(
    producers: dict[str, str], imports: dict[str, str], instability: dict[str, float], production: float
) -> float | None:
    return measures.geopolitical_risk(
        _floats(producers), _floats(imports), _by(imports, instability, 0.5), production
    )  # fmt: skip


def _ratio(imports: float, exports: float) -> float | None:
    return measures.bottom_up([imports], 0, exports)[2]


def _scarce(outside: float, inside: float) -> float | None:
    return measures.bottom_up([outside], inside, 0)[1]


def _dependent(concentration: float | None, scarcity: float | None, substitutability: float | None) -> float:
    return float(measures.dependent((concentration, scarcity, substitutability)))


def _exposed(importer_hhi: float | None, world_hhi: float | None, imports: float, exports: float) -> float:
    return float(measures.exposed(importer_hhi, world_hhi, imports, exports))


def _lasting(years: list[float]) -> float:
    return float(measures.lasting([bool(year) for year in years]))


def _importance(use: list[float], value_added: list[float], substitution: float, largest: float | None) -> float:
    return measures.economic_importance(use, value_added, substitution, largest)


def _change(now: float, before: float) -> float:
    return now - before


MEASURES = {
    "imports": Measure(T("輸入", "imports"), "sum of V", _total),
    "exports": Measure(T("輸出", "exports"), "sum of V", _total),
    "share": Measure(T("相手国の割合", "share of a supplier"), "V_i / sum of V", _share),
    "hhi": Measure(T("集中度（HHI）", "concentration (HHI)"), "sum of S_i^2", _hhi),
    "top_1": Measure(
        T("最大の相手国の割合", "share of the largest supplier"), "max S_i", _top_1
    ),
    "top_3": Measure(
        T("上位3か国の割合", "share of the three largest"), "S_1 + S_2 + S_3", _top_3
    ),
    "world_export_hhi": Measure(
        T("世界の輸出の集中度", "concentration of world exports"), "sum of S_i^2",
        _hhi,
    ),
    "production_hhi": Measure(
        T("世界の生産の集中度", "concentration of world production"), "sum of S_i^2",
        _hhi,
    ),
    "hhi_wgi": Measure(
        T("ガバナンスで重み付けした輸入の集中度", "import concentration weighted by governance"),
        "sum of S_i^2 * WGI_i * t_i", _weighted,
    ),
    "production_hhi_wgi": Measure(
        T("ガバナンスで重み付けした生産の集中度", "production concentration weighted by governance"),
        "sum of S_i^2 * WGI_i * t_i", _weighted,
    ),
    "supplier_risk": Measure(
        T("相手国のガバナンス（0良–10悪）", "governance of the suppliers (0 best, 10 worst)"),
        "sum of S_i * WGI_i", _risk,
    ),
    "import_reliance": Measure(
        T("輸入依存度", "import reliance"), "max(0, (I - E) / (P + I - E))", measures.import_reliance
    ),
    "supply_risk": Measure(
        T("供給リスク（欧州委員会）", "supply risk (European Commission)"),
        "(HHI_GS * IR/2 + HHI_importer * (1 - IR/2)) * (1 - EoL_RIR) * SI_SR", measures.supply_risk,
    ),
    "geopolitical_risk": Measure(
        T("地政学的供給リスク", "geopolitical supply risk"), "HHI_production * sum(PV_i * I_i) / (P + I)", _geopolitical
    ),
    "imports_over_exports": Measure(
        T("輸入／輸出（代替性）", "imports over exports (substitutability)"), "I / E; 9999 where E = 0", _ratio
    ),
    "outside_hhi": Measure(
        T("域外の相手国の集中度", "concentration of suppliers outside the area"), "sum of S_i^2",
        _hhi,
    ),
    "scarcity": Measure(T("域外からの輸入の割合", "imports from outside the area"), "I_outside / I", _scarce),
    "substitutability": Measure(
        T("域外からの輸入／輸出", "imports from outside the area over exports"),
        "I_outside / E; 9999 where E = 0", _ratio,
    ),
    "dependent": Measure(
        T("域外に依存（1又は0。欧州委員会2021年の線）", "foreign-dependent (1 or 0, lines of the Commission of 2021)"),
        "HHI > 0.4 and scarcity > 0.5 and substitutability > 1", _dependent,
    ),
    "exposed": Measure(
        T("地理的依存（1又は0。CEPIIの線）", "geographic dependence (1 or 0, lines of CEPII)"),
        "HHI > 0.4 and world export HHI > 0.4 and I / E > 1", _exposed,
    ),
    "lasting": Measure(
        T("地理的依存が3年のうち2年以上", "geographic dependence in two of three years"),
        "any 2 of 3 consecutive years", _lasting,
    ),
    "economic_importance": Measure(
        T("経済的重要性（欧州委員会）", "economic importance (European Commission)"),
        "10 * SI_EI * sum of A_s * Q_s / max Q", _importance,
    ),
    "change": Measure(T("前年との差", "change from the year before"), "now - before", _change),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `records`: the rows used, from 1; `low`, `high`: what it can be where data leaves that open;
    `drawn`: 5th and 95th percentile of resampling."""

    measure: str
    year: int
    value: float | None
    inputs: dict[str, Any]
    source: str
    partner: str = ""
    of: str = ""  # the measure that a change is of
    records: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None
    drawn: tuple[float, float] | None = None

    @property
    def stated(self) -> Measure:
        return MEASURES[self.measure]

    def recomputed(self) -> float | None:
        """The value out of the inputs alone."""
        return self.stated.compute(**self.inputs) if self.inputs else None

    def working(self) -> Text:
        """Title, formula and inputs in one sentence."""
        title = self.stated.title
        if self.value is None:
            return T(f"{title.ja}：データがない", f"{title.en}: no data")
        put = "; ".join(f"{name}: {_shown(value)}" for name, value in self.inputs.items())
        rows = len(self.records)
        said = f"{self.stated.formula} = {self.value:.6g} [{put}]"
        return T(f"{title.ja}：{said}；{rows}行", f"{title.en}: {said}; {rows} rows")

    def as_json(self) -> dict[str, Any]:
        working = self.working()
        return {
            "year": self.year, "measure": self.measure, "partner": self.partner, "of": self.of, "value": self.value,
            "low": self.low, "high": self.high, "drawn": self.drawn, "formula": self.stated.formula,
            "inputs": self.inputs, "records": list(self.records), "source": self.source,
            "working_ja": working.ja, "working_en": working.en,
        }  # fmt: skip


def _shown(value: Any) -> str:
    """Numbers short, amounts by country with the largest first."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: -float(pair[1]))
        more = f" +{len(pairs) - 5}" if len(pairs) > 5 else ""
        return ", ".join(f"{code} {float(amount):.6g}" for code, amount in pairs[:5]) + more
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def figure(measure: str, year: int, inputs: dict[str, Any], source: str, **more: Any) -> Figure:
    """The figure of these inputs."""
    return Figure(measure, year, MEASURES[measure].compute(**inputs), inputs, source, **more)
