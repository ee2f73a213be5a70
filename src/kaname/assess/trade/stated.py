"""What figures measure: title, formula, and the function that computes one from its inputs alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
    table: str = "trade"  # where the rows of its figures stand: trade, production or uses


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


def _together(amounts: dict[str, str], partners: list[str]) -> float | None:
    return measures.share_of(_floats(amounts), [code in partners for code in amounts])


def _total_together(amounts: dict[str, str], partners: list[str]) -> float:
    return float(sum(float(amounts[code]) for code in partners if code in amounts))


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
    world = _hhi(producers)  # what a world total has beyond the producers stated is nobody's here too
    unstable = measures.geopolitical_risk([1.0], _floats(imports), _by(imports, instability, 0.5), production)
    return None if world is None or unstable is None else world * unstable


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


def _trend(years: list[int], values: list[float]) -> float | None:
    return measures.trend(years, values)


def _worst(risks: dict[str, float]) -> float | None:
    return measures.material_risk(list(risks.values()))


def _change(now: float, before: float) -> float:
    return now - before


MEASURES = {
    "imports": Measure(T("輸入", "imports"), "sum of V", _total),
    "exports": Measure(T("輸出", "exports"), "sum of V", _total),
    "share": Measure(T("相手国の割合", "share of a supplier"), "V_i / sum of V", _share),
    "share_together": Measure(
        T("示すとした相手国の割合の合計", "share of the suppliers named, together"), "sum of V_i / sum of V", _together
    ),
    "imports_together": Measure(
        T("示すとした相手国からの輸入の合計", "imports from the suppliers named, together"), "sum of V_i",
        _total_together,
    ),
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
    "production_share": Measure(T("生産国の割合", "share of a producer"), "P_i / sum of P", _share),
    "production_hhi": Measure(
        T("世界の生産の集中度", "concentration of world production"), "sum of S_i^2",
        _hhi,
    ),
    "production_top_1": Measure(
        T("最大の生産国の割合", "share of the largest producer"), "max S_i", _top_1
    ),
    "production_top_3": Measure(
        T("上位3か国の生産の割合", "share of the three largest producers"), "S_1 + S_2 + S_3", _top_3
    ),
    "reserves_hhi": Measure(
        T("世界の埋蔵量の集中度", "concentration of world reserves"), "sum of S_i^2", _hhi
    ),
    "reserves_top_1": Measure(
        T("埋蔵量が最大の国の割合", "share of the country with the largest reserves"), "max S_i", _top_1
    ),
    "reserves_top_3": Measure(
        T("埋蔵量の上位3か国の割合", "share of the three with the largest reserves"), "S_1 + S_2 + S_3", _top_3
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
    "import_dependence": Measure(
        T("国内需要に占める輸入の割合", "imports in domestic demand"), "I / (P + I - E)", measures.part_of_demand
    ),
    "top_1_of_demand": Measure(
        T("国内需要に占める最大の相手国からの輸入の割合", "imports from the largest supplier in domestic demand"),
        "I_1 / (P + I - E)", measures.part_of_demand,
    ),
    "domestic_share": Measure(
        T("国内需要に占める国内生産の割合", "domestic production in domestic demand"), "P / (P + I - E)",
        measures.part_of_demand,
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
    "worst_supply_risk": Measure(
        T("供給リスクのうち最も大きいもの（複数の材料・段階）", "the largest supply risk of the materials or stages"),
        "max of SR", _worst,
    ),
    "trend": Measure(
        T("年ごとの傾き（最小二乗）", "slope a year (least squares)"),
        "sum of (t - mean t)(x - mean x) / sum of (t - mean t)^2", _trend,
    ),
    "change": Measure(T("前年との差", "change from the year before"), "now - before", _change),
}  # fmt: skip

for _name, _one in list(MEASURES.items()):
    if _name.startswith(("production_", "reserves_")):
        MEASURES[_name] = replace(_one, table="production")
MEASURES["economic_importance"] = replace(MEASURES["economic_importance"], table="uses")
