"""From a product that a country no longer sells to the part of a sector's imports that fails.

Trade is counted by codes of the HS, tables of a nation's economy by sectors. `leads` says to which sector a code
belongs: the longest code that it begins with. For tables of 13 and 37 sectors and the OECD's 45 there is a list of our
own reading (`hs_sectors.csv`), told as unverified; for others a table of `prefix, sector` is needed.
"""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kaname.assess.network.io_table import IoTable
from kaname.assess.trade import question
from kaname.assess.trade.asked import Asked
from kaname.assess.trade.products import Bundle, bundle
from kaname.assess.trade.run import Given, read_all
from kaname.files.named import Table
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read_whole
from kaname.law import T

_OF_SIZE = {13: "jp37", 37: "jp37", 45: "oecd45"}
_TABLE_UNITS = {"bn_jpy": ("JPY", 1e9), "mn_jpy": ("JPY", 1e6), "musd": ("USD", 1e6)}
_A_PART = T("0から1までの割合が要る", "expected a part from 0 to 1")
_MANUFACTURES = {"06": "02", "46": "05", "41": "04"}  # 37 sectors to 13; the other goods are manufactures, or farming


@dataclass(frozen=True, slots=True)
class Lost:
    """Imports of one code: of `year`, from everybody and from the supplier that is lost; `gone`: what fails of them."""

    code: str
    imports: float
    from_supplier: float
    gone: float


@dataclass(frozen=True, slots=True)
class Product:
    """A product that a country no longer sells, as people type it; `rate`: units of the table's currency for one of
    the trade's."""

    product: str
    supplier: str
    years: str
    importer: str = "JPN"
    part: float = 1.0
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a sector's imports that fails; `codes`: through which of them, each with its worth in the table."""

    sector: str
    part: float
    codes: Mapping[str, float]
    unverified: bool


def of_product(table: IoTable, trade: Table, wanted: Product, leads_file: str = "") -> tuple[list[Lost], list[Cut]]:
    """What fails by code, and by sector of the table. Raises BadInput, problems at the options."""
    asked = question.asked(wanted.importer, wanted.years)
    supplier = question.country_of("--supplier", wanted.supplier)
    if not 0 <= wanted.part <= 1:
        raise BadInput([Problem("--part", 0, f"{wanted.part:g}", _A_PART)])
    gone, currency = lost(Given(trade), bundle([wanted.product]), asked, supplier, wanted.part)
    of, unverified = leads(table, leads_file)
    return gone, cuts(table, gone, currency, wanted.rate, of, unverified)


def lost(given: Given, of: Bundle, asked: Asked, supplier: str, part: float) -> tuple[list[Lost], str]:
    """By code of the bundle, what `part` of the imports from a supplier was in the year; and the currency."""
    found, currency, year = [], "", asked.years[-1]
    for one in of.parts:
        alone = Bundle(one.code, (one,))
        try:
            read_ = read_all(given, alone)
        except BadInput:
            if len(of.parts) == 1:
                raise
            continue  # a code of a bundle that the table does not have
        page = read_.page(alone, asked)
        currency = read_.flows.currency or currency
        of_year = [f for f in page.figures if f.measure == "share" and f.year == year]
        amounts = {code: float(amount) for f in of_year for code, amount in f.inputs["amounts"].items()}
        if amounts:
            bought = amounts.get(supplier, 0.0)
            found.append(Lost(one.code, sum(amounts.values()), bought, bought * part))
    if not found:
        wrong = T(f"{year}年の {of.name} の輸入がない；表と年を確かめる",
                  f"no imports of {of.name} in {year}; check table and year")  # fmt: skip
        raise BadInput([Problem(given.trade.name, 0, "", wrong)])
    return found, currency


def leads(table: IoTable, file: str = "") -> tuple[dict[str, str], bool]:
    """To which sector a code of the HS belongs, by its beginning; and whether that is our own reading. BadInput."""
    if file:
        return _read_leads(table, file), False
    if (column := _OF_SIZE.get(len(table), "")) == "":
        wrong = T(
            f"{len(table)}部門の表には対応の一覧がない；prefix, sector の表（--leads）が要る",
            f"no list of ours for a table of {len(table)} sectors; expected a table of prefix, sector (--leads)",
        )
        raise BadInput([Problem("--leads", 0, "", wrong)])  # fmt: skip
    found = {prefix: sectors[column] for prefix, sectors in _ours().items()}
    if len(table) == 13:
        found = {prefix: "01" if to == "01" else _MANUFACTURES.get(to, "03") for prefix, to in found.items()}
    return found, True


@cache
def _ours() -> dict[str, dict[str, str]]:
    with files("kaname.assess.network").joinpath("hs_sectors.csv").open(encoding="utf-8") as text:
        return {row["prefix"]: row for row in csv.DictReader(text)}


def _read_leads(table: IoTable, file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    with open_reader(file, None, "utf-8") as reader:
        if not {"prefix", "sector"} <= set(reader.names):
            wrong = T("列 prefix と sector が要る", "expected the columns prefix and sector")
            raise BadInput([Problem(file, 1, "", wrong)])
        for batch in read_whole(reader, {"prefix": "prefix", "sector": "sector"}):
            pairs = zip(batch.columns["prefix"].to_pylist(), batch.columns["sector"].to_pylist(), strict=True)
            for prefix, sector in pairs:
                table.number(sector or "")
                found[prefix or ""] = sector or ""
    return found


def cuts(table: IoTable, gone: list[Lost], currency: str, rate: float | None, of: dict[str, str], unverified: bool
         ) -> list[Cut]:  # fmt: skip
    """Parts of sectors' imports that fail. `rate`: units of the table's currency for one of the trade's. BadInput."""
    own, size = _TABLE_UNITS.get(table.unit, ("", 1.0))
    if own == currency and rate is None:
        rate = 1.0
    if rate is None or not 0 < rate < math.inf:
        wrong = T(f"表は {own or table.unit}、貿易は {currency}；1{currency}が何{own or table.unit}か（--rate）が要る",
                  f"the table is in {own or table.unit}, the trade in {currency}; expected --rate, how many {own} one"
                  f" {currency} is")  # fmt: skip
        raise BadInput([Problem("--rate", 0, "", wrong)])
    worth: dict[str, dict[str, float]] = {}
    for one in gone:
        sector = _sector(one.code, of)
        if sector is None:
            wrong = T("どの部門の品目か分からない；prefix, sector の表（--leads）に加える",
                      "belongs to no sector; add it to a table of prefix, sector (--leads)")  # fmt: skip
            raise BadInput([Problem("--leads", 0, one.code, wrong)])
        worth.setdefault(sector, {})[one.code] = one.gone * rate / size
    found = []
    for sector, codes in worth.items():
        whole = float(table.imports[table.number(sector)])
        total = sum(codes.values())
        if total > whole:
            wrong = T(f"失われる輸入 {total:,.6g} が部門の輸入 {whole:,.6g} を超える；年、単位、--rate を確かめる",
                      f"what fails, {total:,.6g}, is more than the sector's imports, {whole:,.6g}; check year, unit and"
                      " --rate")  # fmt: skip
            raise BadInput([Problem(table.name, 0, sector, wrong)])
        found.append(Cut(sector, total / whole if whole else 0.0, codes, unverified))
    return found


def _sector(code: str, of: Mapping[str, str]) -> str | None:
    plain = code.rpartition(":")[2]
    return next((of[plain[:n]] for n in range(len(plain), 0, -1) if plain[:n] in of), None)
