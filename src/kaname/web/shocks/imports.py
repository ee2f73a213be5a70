"""A country that no longer sells a product, as a page asks of it: which part of which sectors' imports that is."""

from collections.abc import Mapping
from contextlib import ExitStack

from kaname.access.models import Person
from kaname.assess.network.columns import number
from kaname.assess.network.imports import Cut, Lost
from kaname.assess.network.io_table import IoTable
from kaname.desk import sheets, trade
from kaname.desk.models import ShockTable, TradeTable
from kaname.files.problems import BadInput, Problem
from kaname.law import T

OF_COUNTRY = ("trade", "product", "importer", "years", "supplier", "rate", "leads")
FIELDS = (*OF_COUNTRY, "share")
_NO_TABLE = T("この事務所の貿易の表でない；一覧から選ぶ", "no table of trade of this office; choose one of the list")
_A_NUMBER = T("0より大きい数が要る", "expected a number over 0")
_A_PART = T("30% 又は 0.3 が要る", "expected a part such as 30% or 0.3")


def of_product(
    person: Person, typed: Mapping[str, str], table: IoTable, leads_table: ShockTable | None
) -> tuple[TradeTable, list[Lost], list[Cut]]:  # fmt: skip
    """The table of trade, what fails by code, and by sector. Raises BadInput, problems at the fields."""
    from kaname.assess.network.imports import Product
    from kaname.assess.network.imports import of_product as worked_out
    from kaname.assess.trade.tables import Sort
    from kaname.files.named import Table

    one = trade.of(person, typed["trade"]) if typed["trade"] else None
    if one is None or one.sort != Sort.TRADE:
        raise BadInput([Problem("--trade", 0, "", _NO_TABLE)])
    part = _number("--share", typed.get("share") or "100%", percent=True)
    rate = _number("--rate", typed["rate"]) if typed["rate"] else None
    wanted = Product(typed["product"], typed["supplier"], typed["years"], typed["importer"] or "JPN", part, rate)
    with ExitStack() as held:
        source = Table(held.enter_context(sheets.path_of(one.raw)), one.form, one.encoding, one.name)
        of = held.enter_context(sheets.path_of(leads_table.raw)) if leads_table else ""
        gone, cuts = worked_out(table, source, wanted, of)
    return one, gone, cuts


def _number(place: str, text: str, percent: bool = False) -> float:
    plain = text.strip().replace("％", "%")
    found = (number(plain.removesuffix("%")) or 0.0) / (100 if plain.endswith("%") else 1)
    if not found > 0 or (percent and found > 1):
        raise BadInput([Problem(place, 0, text[:40], _A_PART if percent else _A_NUMBER)])
    return found
