"""The fund table as plain data, for the command line and the API. Money is whole yen."""

from typing import Any

from kaname.law import Lang
from kaname.regimes.supply.funds.deck import Comparison, compare
from kaname.regimes.supply.funds.model import Line, What
from kaname.regimes.supply.funds.table import Row, Table


def as_data(found: Table, lang: Lang) -> dict[str, Any]:
    """Rows, totals, budgets, the totals printed on the deck beside the sums, and notes."""
    return {
        "as_of": found.as_of.isoformat(), "unit": "yen", "years": list(found.years),
        "rows": [_row(r, lang) for r in found.rows],
        "totals": {what.value: found.totals[what] for what in What},
        "contributed_by_year": {str(year): amount for year, amount in found.totals_of_year.items()},
        "undecided": found.undecided, "budgets": [_line(x, lang) for x in found.budgets],
        "deck_totals": [comparison(c, lang) for c in compare()], "notes": [n[lang] for n in found.notes],
    }  # fmt: skip


def _row(r: Row, lang: Lang) -> dict[str, Any]:
    fund = r.product.fund
    return {
        "product": r.product.id, "label": r.product.label[lang], "is_fund": bool(fund and fund.is_fund),
        "ends_on": fund.ends_on.isoformat() if fund and fund.ends_on else None,
        "contributed_by_year": {str(y): x.amount for y, x in r.years[What.CONTRIBUTED].items()},
        **{what.value: r.amount(what) for what in What},
        "estimated": sorted(what.value for what in What if (m := r.sums[what]) and m.estimate),
        "undecided": r.undecided, "lines": [_line(x, lang) for m in r.sums.values() if m for x in m.lines],
    }  # fmt: skip


def _line(x: Line, lang: Lang) -> dict[str, Any]:
    return {
        "fiscal_year": x.fiscal_year, "what": x.what.value, "extent": x.extent.value, "amount": x.amount,
        "as_of": x.as_of.isoformat(), "estimate": x.estimate, "source": x.source[lang], "label": x.label[lang],
        "loaded": x.loaded,
    }  # fmt: skip


def comparison(c: Comparison, lang: Lang) -> dict[str, Any]:
    return {"label": c.label[lang], "printed": c.printed, "added": c.added, "difference": c.differs,
            "rows": c.rows[lang]}  # fmt: skip
