"""Figures of trade as people read them: units, signs, names of countries and of measures."""

from decimal import Decimal

from kaname.assess.trade.countries import named
from kaname.assess.trade.figures import Figure
from kaname.assess.trade.measures import NO_EXPORTS
from kaname.assess.trade.stated import MEASURES, NOBODY, REST
from kaname.law import T, Text

NONE = T("データなし", "no data")
_PER_CENT = frozenset(
    ("share", "share_together", "top_1", "top_3", "import_reliance", "import_dependence", "top_1_of_demand",
     "domestic_share", "scarcity", "production_share", "production_top_1", "production_top_3", "reserves_top_1",
     "reserves_top_3")
)  # fmt: skip
_INDEX = frozenset(("hhi", "world_export_hhi", "production_hhi", "reserves_hhi", "outside_hhi"))
_AMOUNT = frozenset(("imports", "exports", "imports_together"))
_OVER_EXPORTS = frozenset(("imports_over_exports", "substitutability"))
_FLAG = frozenset(("exposed", "lasting", "dependent"))
_YES, _NO = T("当たる", "yes"), T("当たらない", "no")
_NOBODY = {
    REST: T("相手国の行がない分", "beyond the partners stated"),
    NOBODY: T("特定されていない相手国", "partners not specified"),
}


def country(code: str) -> Text:
    """A country by name, the letters where it has none; or who is nobody in particular."""
    return _NOBODY.get(code) or named(code)


def partners(codes: str) -> Text:
    """Several countries joined by +."""
    found = [country(code) for code in codes.split("+")]
    return T("・".join(one.ja for one in found), " + ".join(one.en for one in found))


def title(figure: Figure) -> Text:
    """What a figure measures, and of what."""
    found = figure.stated.title
    if figure.measure in ("change", "trend"):
        of = MEASURES[figure.of].title
        return T(f"{of.ja}の{found.ja}", f"{of.en}: {found.en}")
    if figure.of:
        found = T(f"{found.ja}（{figure.of}）", f"{found.en} ({figure.of})")
    if figure.partner:
        who = partners(figure.partner)
        found = T(f"{found.ja}：{who.ja}", f"{found.en}: {who.en}")
    return found


def value(figure: Figure, unit: str) -> Text:
    return number(figure.value, figure.of if figure.measure in ("change", "trend") else figure.measure, unit,
                  figure.measure in ("change", "trend"))  # fmt: skip


def number(found: float | None, measure: str, unit: str = "", difference: bool = False) -> Text:
    """A value in the unit of its measure."""
    if found is None:
        return NONE
    if measure in _OVER_EXPORTS and found == NO_EXPORTS:
        return T("輸出の行がない", "no exports in the table")
    if measure in _FLAG:
        return _YES if found else _NO
    if measure in _AMOUNT:
        return amount(found, unit)
    sign = "+" if difference and found > 0 else ""
    if measure in _PER_CENT:
        plain = f"{sign}{100 * found:.1f}"
        return T(f"{plain}ポイント", f"{plain} points") if difference else T(f"{plain} %", f"{plain} %")
    if measure in _INDEX:
        return T(f"{sign}{found:.3f}", f"{sign}{found:.3f}")
    return T(f"{sign}{found:.4g}", f"{sign}{found:.4g}")


def amount(found: float | Decimal, unit: str) -> Text:
    """Money and weights in millions where they are that large."""
    size = float(found)
    if size >= 1e6:
        return T(f"{size / 1e6:,.1f} 百万{unit}", f"{size / 1e6:,.1f} million {unit}")
    plain = f"{size:,.0f}" if not 0 < size < 1 else f"{size:.2g}"  # a little is not nothing
    return T(f"{plain} {unit}", f"{plain} {unit}")


def span(low: float | None, high: float | None, measure: str) -> Text:
    """From one end to the other; nothing where both are the same."""
    if low is None or high is None or number(low, measure).en == number(high, measure).en:
        return T("", "")
    one, two = number(low, measure), number(high, measure)
    return T(f"{one.ja}〜{two.ja}", f"{one.en} to {two.en}")


def percent(found: float) -> str:
    return f"{100 * found:.1f} %"
