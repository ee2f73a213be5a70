"""Production and reserves by country and year out of the tables of BGS and USGS, or one of commodity, country, year,
quantity.

Stages are never added to each other (mine and refined cobalt are two materials), nor units that are no weight.
Reserves are a material of their own, asked for as "Cobalt: Reserves".
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from kaname.assess.trade.countries import WORLD, country
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.numbers import AN_AMOUNT, MICRO, kilograms, number
from kaname.assess.trade.parties import A_COUNTRY
from kaname.files.batches import Batch, Fault
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T

_BGS = {"commodity": "bgs_commodity_trans", "table": "yearbook_table_trans", "country": "country_iso3_code",
        "name": "country_trans", "year": "year", "quantity": "quantity", "unit": "units",
        "precision": "data_precision_description", "kind": "bgs_statistic_type_trans"}  # fmt: skip
_USGS_2026 = {"commodity": "Commodity", "table": "Statistics_detail", "country": "Country", "year": "Year",
              "quantity": "Value", "unit": "Unit", "kind": "Statistics", "section": "Section"}  # fmt: skip
_USGS = {"commodity": "COMMODITY", "table": "TYPE", "country": "COUNTRY", "unit": "UNIT_MEAS"}  # and a column a year
_PLAIN = {"commodity": "commodity", "country": "country", "year": "year", "quantity": "quantity", "unit": "unit"}
_SOURCES = {"bgs": "BGS World Mineral Statistics © UKRI", "usgs": "USGS Mineral Commodity Summaries", "table": ""}
_ROUNDED = 100  # one part of these of a world total may be rounding
ONE_UNIT = T("一つの単位、又は重さの単位", "one unit, or units of weight")


@dataclass(frozen=True, slots=True)
class Row:
    """What a country produced in a year: whole millionths of the unit (kilograms where it is a weight)."""

    material: str
    country: str
    year: int
    micro: int
    unit: str
    record: int


@dataclass(slots=True)
class Production:
    """Rows of the materials asked for; totals of the world beside them."""

    name: str
    source: str
    weight: Decimal = Decimal(1)  # among the materials of a product
    rows: list[Row] = field(default_factory=list)
    world: list[Row] = field(default_factory=list)
    materials: set[str] = field(default_factory=set)  # what the file has
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    def by_country(self, year: int) -> dict[str, int]:
        """Millionths by country, rows of one country added; countries without a figure are not in it."""
        found: dict[str, int] = {}
        for row in self.rows:
            if row.year == year:
                found[row.country] = found.get(row.country, 0) + row.micro
        return found

    def beyond(self, year: int) -> int:
        """What a world total has beyond the countries with a figure (one of them withheld, say); none where that is no
        more than the rounding of totals."""
        whole = max((row.micro for row in self.world if row.year == year), default=0)
        rest = whole - sum(row.micro for row in self.rows if row.year == year)
        return rest if rest * _ROUNDED > whole else 0

    def records(self, year: int) -> list[int]:
        return [row.record for row in self.rows if row.year == year]

    def year(self, wanted: int) -> int | None:
        """The year itself, or else the nearest that has a figure, the earlier of two."""
        return min({row.year for row in self.rows}, key=lambda year: (abs(year - wanted), year), default=None)

    @property
    def unit(self) -> str:
        return self.rows[0].unit if self.rows else ""

    @property
    def title(self) -> str:
        """The material in full."""
        return self.rows[0].material if self.rows else ""

    @property
    def kind(self) -> str:
        """production or reserves."""
        return "reserves" if _is_reserves(self.title) else "production"


def columns_of(names: tuple[str, ...]) -> tuple[str, dict[str, str]] | None:
    """The publisher that a table of these columns is of, with its columns by field; None: no table of production, or
    one without what is made, where, when or how much."""
    if _BGS["table"] in names:
        form, columns = "bgs", _there(_BGS, names)
    elif _USGS_2026["table"] in names:
        form, columns = "usgs", _there(_USGS_2026, names)
    elif _USGS["commodity"] in names:
        form, columns = "usgs", {**_there(_USGS, names), **_usgs_years(names)}
    else:
        form, columns = "table", _there(_PLAIN, names)
    dated = {"year", "quantity"} <= set(columns) or any(" " in field for field in columns)
    return (form, columns) if dated and {"commodity", "country"} <= set(columns) else None


def _there(columns: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {field: column for field, column in columns.items() if column in names}


def read_production(
    name: str, material: str, weight: Decimal = Decimal(1), form: str | None = None, encoding: str = "utf-8"
) -> Production:
    """The production (or reserves) of one material; names with | between are what tables of several publishers call it.
    Raises BadInput, also where the name fits more than one."""
    with open_reader(name, form, encoding) as reader:
        found = columns_of(reader.names)
        if found is None:
            have = ", ".join(reader.names[:30])
            wrong = T(f"生産の表でない；ある列は {have}；BGS、USGSの列か、commodity, country, year, quantity が要る",
                      f"no table of production; the file has {have}; expected the columns of BGS or USGS, or commodity,"
                      " country, year, quantity")  # fmt: skip
            raise BadInput([Problem(name, 1, "", wrong)])
        form, columns = found
        made = Production(name, _SOURCES[form] or name, weight)
        wanted = [" ".join(one.split()).casefold() for one in material.split("|")]
        faults: list[Fault] = []
        for batch in read(reader, columns):
            faults += batch.faults
            for cells in _cells(batch):
                _take(made, cells, wanted, faults)
        made.faults = reader.place(faults)
    _one_material(made, material)
    return made


def _usgs_years(names: tuple[str, ...]) -> dict[str, str]:
    """Columns PROD_2023, "PROD_EST_ 2024", RESERVES_2024: one field a year."""
    return {
        f"{field} {one[-4:]}": one
        for field, begins in (("quantity", "PROD_"), ("reserves", "RESERVES_"))
        for one in names
        if one.startswith(begins) and one[-4:].isdecimal()
    }


def _cells(batch: Batch) -> Iterator[dict[str, str]]:
    """The cells of each row; a row with a column a year gives one for each."""
    columns = {name: column.fill_null("").to_pylist() for name, column in batch.columns.items()}
    yearly = [name for name in columns if name.startswith(("quantity ", "reserves "))]
    for at in range(len(batch)):
        cells = {name: column[at].strip() for name, column in columns.items()}
        cells["record"] = str(batch.first + at)
        for name in yearly:
            kind = "reserves" if name.startswith("reserves ") else "production"
            yield {**cells, "year": name[-4:], "quantity": cells[name], "kind": kind}
        if not yearly:
            yield cells


@functools.cache
def _title(commodity: str, table: str, reserves: bool) -> tuple[str, tuple[str, ...]]:
    """What the material of a row is called in full, and the names by which it may be asked for."""
    commodity, table = " ".join(commodity.split()), " ".join(table.split())
    # "Mine production, cobalt content, estimated" of most countries is the "Mine production" of the others.
    plain = re.sub(r"[,:] (rounded|estimated)$", "", table)
    plain = re.sub(rf", {re.escape(commodity)} content$", "", plain, flags=re.IGNORECASE)
    if reserves and not _is_reserves(plain):
        plain = f"Reserves ({plain})"
    full = f"{commodity}: {plain}" if plain else commodity
    called = (full, f"{commodity}: Reserves") if reserves else (full, f"{commodity}: {table}", commodity, plain, table)
    return full, tuple(one.casefold() for one in called)


def _is_reserves(text: str) -> bool:
    return "reserves" in text.casefold()


def _take(made: Production, cells: dict[str, str], wanted: list[str], faults: list[Fault]) -> None:
    kind = cells.get("kind", "production").casefold()
    if kind not in ("production", "reserves") or "world" not in cells.get("section", "world").casefold():
        return
    table = cells.get("table", "")
    full, called = _title(cells["commodity"], table, kind == "reserves" or _is_reserves(table))
    if "capacity" in table.casefold() or (kind == "production" and _is_reserves(table) and not cells["quantity"]):
        return
    made.materials.add(full)
    if not any(one in called for one in wanted):
        return
    record = int(cells["record"])
    code = country(cells["country"] or cells.get("name", ""))
    named = country(cells["name"]) if cells.get("name") else None
    if named is not None and code != named:
        if code is not None and code.code != named.code:
            made.notes.add(Rule.NAME_NOT_CODE, [record + 1], f"{cells['name']} {cells['country']}")
        code = named if code is None or code.code != named.code else code
    if code is None:
        faults.append(Fault(record, "country", cells["country"][:40], A_COUNTRY))
        return
    if code.rule is not None:
        made.notes.add(code.rule, [record + 1], cells["country"] or cells.get("name", ""))
    precision = cells.get("precision", "").casefold()
    found = Rule.NOT_AVAILABLE if "not available" in precision else number(cells["quantity"])
    if isinstance(found, Rule) and found is not Rule.NIL:
        made.notes.add(found, [record + 1], cells["quantity"])
        return
    if found is None or not cells["year"].isdecimal():
        faults.append(Fault(record, "quantity", f"{cells['year']} {cells['quantity']}"[:40], AN_AMOUNT))
        return
    if "," in cells["quantity"]:
        made.notes.add(Rule.THOUSANDS, [record + 1], cells["quantity"])
    unit = cells.get("unit", "")
    times = kilograms(unit) if unit else None
    amount = 0 if isinstance(found, Rule) else round(found * (times or 1) * MICRO)
    shown = "kg" if times else unit
    row = Row(full, code.code, int(cells["year"]), amount, shown, record)
    if made.rows and made.rows[0].unit != shown and made.rows[0].material == full:
        faults.append(Fault(record, "unit", unit[:40], ONE_UNIT))
    elif code.code == WORLD:
        made.world.append(row)
    else:
        made.rows.append(row)


def _one_material(made: Production, material: str) -> None:
    found = sorted({row.material for row in made.rows})
    if len(found) == 1:
        return
    listed = "; ".join(found or sorted(made.materials)[:30])
    if found:
        wrong = T(f"「{material}」に当たるものが二つ以上あり、段階や形の違うものは足せない；一つを：{listed}",
                  f"{material!r} fits more than one, and stages are not added; expected one of: {listed}")  # fmt: skip
    else:
        wrong = T(
            f"「{material}」の行がない；あるもの：{listed}", f"no rows of {material!r}; expected one of: {listed}"
        )
    raise BadInput([Problem("--material", 0, "", wrong)])
