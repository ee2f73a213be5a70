"""An input-output table as it is published, and what does not add up in it.

Long tables are read: a cell a row, `row, col, value_...` (Japan's table at producers' prices) or `year, row_code,
row_name, col_code, value_...` (the OECD's). Sectors have codes of digits; value added and final demand have codes of
letters. Imports stand as negative final demand, so a row adds up to domestic output: each cell buys both the domestic
product and the imported one (a table of competitive imports).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kaname.assess.network.columns import signed
from kaname.files.batches import Fault, sentence
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.tables import open_reader, read, read_whole
from kaname.law import T, Text

F64 = NDArray[np.float64]
IMPORTS = ("impo", "impd", "imta", "imtx")  # bought abroad, and what is levied on it at the border
EXPORTS = ("expo", "expd", "cons_nonres")
STOCKS = ("stck", "invnt")
_TOTALS = ("ttl_int_fnl",)  # sums in the middle of a table
_OUTPUT = ("total", "output")
_A_NUMBER = T("1234.5 のような数", "a number such as 1234.5")
_A_CELL = T("表の一つの升目に一行", "one row for one cell of the table")
_ROUNDING, _WHOLE = 1e-4, 1e-6  # of a sector's own output, and of all output: what rounded figures may be off


@dataclass(frozen=True, slots=True)
class IoTable:
    """`between[i, j]`: what sector j buys of i, from anywhere; `final[i, k]`: final demand but imports.

    `imports`: what of i comes from abroad, with duties; `added[k, j]`: value added. `notes`: what had to be read
    somehow; `problems`: what does not add up.
    """

    name: str
    unit: str
    year: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    between: F64
    final: F64
    final_names: tuple[str, ...]
    imports: F64
    added: F64
    output: F64
    notes: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def exports(self) -> F64:
        return self._final(EXPORTS)

    @property
    def at_home(self) -> F64:
        """What the country itself buys of each sector's product, domestic or imported."""
        found: F64 = self.between.sum(axis=1) + self.final.sum(axis=1) - self.exports
        return found

    @property
    def import_share(self) -> F64:
        """The part of what is bought at home that is imported, the same for whoever buys (no table says more)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.where(self.at_home > 0, self.imports / self.at_home, 0.0)
        return np.clip(found, 0.0, 1.0)

    @property
    def value_added(self) -> F64:
        found: F64 = self.added.sum(axis=0)
        return found

    def _final(self, wanted: Sequence[str]) -> F64:
        which = [k for k, name in enumerate(self.final_names) if name.lower() in wanted]
        found: F64 = self.final[:, which].sum(axis=1)
        return found

    def number(self, code: str) -> int:
        """The place of a sector by its code. Raises BadInput for one that the table does not have."""
        if code in self.codes:
            return self.codes.index(code)
        wrong = T(f"部門「{code}」がこの表にない；{_some(self.codes)} のような符号が要る",
                  f"no sector {code} in this table; expected a code such as {_some(self.codes)}")  # fmt: skip
        raise BadInput([Problem(self.name, 0, "sector", wrong)])


def _some(codes: Sequence[str]) -> str:
    return ", ".join(codes[:6])


# -- read ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cells:
    """The cells of a year, by codes of row and column in the order of the file."""

    value: dict[tuple[str, str], float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_io(
    name: str, sectors: str = "", year: str = "", form: str | None = None, encoding: str = "utf-8", called: str = ""
) -> IoTable:  # fmt: skip
    """The table of a file; `sectors`: a file of `kind, code, name_ja` that names them; `year`: of several, the last.

    Raises BadInput for a file that is no such table; what does not add up is told in `problems` of the answer.
    """
    called = called or name
    with open_reader(name, form, encoding) as reader:
        wanted = _columns(called, reader.names)
        years: dict[str, _Cells] = {}
        for batch in read(reader, wanted):
            texts = {key: batch.columns[key].fill_null("").to_pylist() for key in wanted}
            years.setdefault("", _Cells()).faults += batch.faults
            of_year = texts.get("year", [""] * len(batch))
            of_name = texts.get("row_name", [""] * len(batch))
            for n, cell in enumerate(zip(of_year, texts["row"], texts["col"], texts["value"], of_name, strict=True)):
                _take(years, batch.first + n, *(one.strip() for one in cell))
        faults = [fault for cells in years.values() for fault in cells.faults]
        placed = reader.place(faults) if faults else []
    if placed:
        raise BadInput(Problem(called, line, f.field, sentence(f)) for line, f in placed)
    known = sorted(one for one, cells in years.items() if cells.value)
    chosen = year or (known[-1] if known else "")
    if chosen not in known:
        wrong = T(f"{year}年がない；ある年は {', '.join(known)}", f"no year {year}; the file has {', '.join(known)}")
        raise BadInput([Problem(called, 0, "year", wrong)])
    cells = years[chosen]
    cells.names |= _names(sectors) if sectors else {}
    unit = wanted["value"].removeprefix("value").strip("_")
    return build(called, unit, chosen, cells.value, cells.names)


def is_table(name: str, form: str | None = None, encoding: str = "utf-8") -> bool:
    """Whether a file has the columns of an input-output table."""
    with open_reader(name, form, encoding) as reader:
        lower = {one.strip().lower() for one in reader.names}
    return {"row", "col"} <= lower or {"row_code", "col_code"} <= lower


def _columns(name: str, names: Sequence[str]) -> dict[str, str]:
    lower = {one.strip().lower(): one for one in names}
    found = {
        "row": lower.get("row") or lower.get("row_code", ""),
        "col": lower.get("col") or lower.get("col_code", ""),
        "value": next((one for text, one in lower.items() if text.startswith("value")), ""),
    }
    if lacking := [key for key, column in found.items() if not column]:
        wrong = T(f"列がない；row, col, value_... が要る；ある列は {', '.join(names[:20])}",
                  f"no such column; expected row, col, value_...; the file has {', '.join(names[:20])}")  # fmt: skip
        raise BadInput([Problem(name, 1, key, wrong) for key in lacking])
    return found | {key: lower[key] for key in ("year", "row_name") if key in lower}


def _take(years: dict[str, _Cells], at: int, year: str, row: str, col: str, value: str, called: str) -> None:
    cells = years.setdefault(year, _Cells())
    amount = signed(value or "0")
    if amount is None:
        cells.faults.append(Fault(at, "value", value[:40], _A_NUMBER))
    elif (row, col) in cells.value:
        cells.faults.append(Fault(at, "col", f"{row} {col}", _A_CELL))
    else:
        cells.value[row, col] = amount
        if called:
            cells.names.setdefault(row, called)


def _names(file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    with open_reader(file, None, "utf-8") as reader:
        if not {"code", "name_ja"} <= set(reader.names):
            raise unusable(file, T("列 code と name_ja が要る", "expected the columns code and name_ja"))
        for batch in read_whole(reader, {"code": "code", "name": "name_ja"}):
            pairs = zip(batch.columns["code"].to_pylist(), batch.columns["name"].to_pylist(), strict=True)
            for code, called in pairs:
                found.setdefault(code or "", called or "")
    return found


# -- put together ----------------------------------------------------------------------------------------------------


def build(name: str, unit: str, year: str, cells: Mapping[tuple[str, str], float], names: Mapping[str, str]) -> IoTable:
    """A table of cells, with sectors that have a row and a column. Raises BadInput where there is no such table."""
    every_row = list(dict.fromkeys(row for row, _ in cells))
    every_col = list(dict.fromkeys(col for _, col in cells))
    groups, notes = _sectors(every_row, every_col)
    if len(groups) < 2:
        raise unusable(name, T("行と列の両方にある部門が二つ未満；二つ以上が要る",
                               "fewer than two sectors with a row and a column; expected two or more"))  # fmt: skip
    place = {code: n for n, (rows, cols) in enumerate(groups.values()) for code in (*rows, *cols)}
    final_names = tuple(c for c in every_col if not _digits(c) and c.lower() not in (*_OUTPUT, *_TOTALS, *IMPORTS))
    added_names = tuple(r for r in every_row if not _digits(r) and r.lower() not in (*_OUTPUT, *_TOTALS))
    at_final, at_added = ({code: n for n, code in enumerate(of)} for of in (final_names, added_names))
    n = len(groups)
    between, final, imports = np.zeros((n, n)), np.zeros((n, len(final_names))), np.zeros(n)
    added, by_row, by_col = np.zeros((len(added_names), n)), np.zeros(n), np.zeros(n)
    homeless = np.zeros(n)  # inputs of no sector: scrap
    for (row, col), value in cells.items():
        i, j, low = place.get(row) if _digits(row) else None, place.get(col) if _digits(col) else None, col.lower()
        if i is not None and j is not None:
            between[i, j] += value
        elif j is not None and _digits(row):
            homeless[j] += value
        elif j is not None and row in at_added:
            added[at_added[row], j] += value
        elif j is not None and row.lower() in _OUTPUT:
            by_col[j] += value
        elif i is not None and low in IMPORTS:
            imports[i] -= value
        elif i is not None and col in at_final:
            final[i, at_final[col]] += value
        elif i is not None and low in _OUTPUT:
            by_row[i] += value
    codes = tuple(groups)
    told = tuple(names.get(code) or names.get(groups[code][0][0], "") for code in codes)
    found_by_row = between.sum(axis=1) + final.sum(axis=1) - imports
    found_by_col = between.sum(axis=0) + added.sum(axis=0) + homeless
    stated_row, stated_col = _stated(by_row, by_col, found_by_row)
    # A sector of scrap has no producer: its row sums to what is left over, and only its column can be checked.
    problems = [*_unbalanced(name, codes, told, found_by_row, stated_row, T("行", "row"))]
    problems += _unbalanced(name, codes, told, found_by_col, stated_col, T("列", "column"))
    notes += _seen(between, imports, homeless)
    return IoTable(name, unit, year, codes, told, between, final, final_names, imports,
                   np.vstack([added, homeless[None]]) if homeless.any() else added, stated_row, tuple(notes),
                   tuple(problems))  # fmt: skip


def _digits(code: str) -> bool:
    return bool(re.fullmatch(r"[0-9]+", code))


def _sectors(rows: Sequence[str], cols: Sequence[str]) -> tuple[dict[str, tuple[list[str], list[str]]], list[Text]]:
    """Sectors by code, with the rows and columns that are theirs.

    The basic table has more rows than columns: a row of seven digits belongs to the column of its first six. Where
    two columns share one row (vegetables out of doors and in houses), they are one sector, by the first four digits.
    """
    rows, cols = [r for r in rows if _digits(r)], [c for c in cols if _digits(c)]
    groups: dict[str, tuple[list[str], list[str]]] = {code: ([], [code]) for code in cols}
    left = []
    for row in rows:
        own = row if row in groups else row[:6]
        if own in groups:
            groups[own][0].append(row)
        else:
            left.append(row)
    notes: list[Text] = []
    for row in left:
        alone = [code for code, (of, _) in groups.items() if code[:4] == row[:4] and not of]
        if alone:
            groups[row[:4]] = ([row], [col for code in alone for col in groups.pop(code)[1]])
            notes.append(T(f"列 {', '.join(alone)} は一つの行 {row} の部門なので、一つにまとめた",
                           f"columns {', '.join(alone)} share the row {row}: they are one sector"))  # fmt: skip
        else:
            notes.append(T(f"行 {row} には生産する部門がない（屑など）：買う側の費用とし、部門とはしない",
                           f"row {row} has no sector that makes it (scrap): a cost of buyers, no sector"))  # fmt: skip
    return {code: of for code, of in groups.items() if of[0] and of[1]}, notes


def _stated(by_row: F64, by_col: F64, found: F64) -> tuple[F64, F64]:
    """Output as stated at the end of rows and of columns; where a table states it once, that; else what it sums to."""
    row = by_row if by_row.any() else by_col if by_col.any() else found
    return row, by_col if by_col.any() else row


def _unbalanced(
    name: str, codes: Sequence[str], names: Sequence[str], found: F64, stated: F64, side: Text
) -> list[Problem]:  # fmt: skip
    room = _ROUNDING * np.abs(stated) + _WHOLE * np.abs(stated).sum()
    return [
        Problem(name, 0, codes[n], T(
            f"{names[n]}の{side.ja}の合計 {found[n]:,.6g} が国内生産額 {stated[n]:,.6g} と合わない；表を確かめる",
            f"the {side.en} sums to {found[n]:,.6g}, not to the output stated, {stated[n]:,.6g}; check the table",
        ))
        for n in np.flatnonzero(np.abs(found - stated) > room).tolist()
    ]  # fmt: skip


def _seen(between: F64, imports: F64, homeless: F64) -> list[Text]:
    told = []
    if below := int((between < 0).sum()):
        amount = float(between[between < 0].sum())
        told.append(T(f"中間投入に負の升目が{below}（屑や副産物の発生、計 {amount:,.6g}）：流れとしては零とする",
                      f"{below} negative intermediate cells (by-products, {amount:,.6g} in all): no flow"))  # fmt: skip
    if below := int((imports < 0).sum()):
        told.append(T(f"輸入が負の部門が{below}：零とする", f"{below} sectors with negative imports: taken as none"))
    if homeless.any():
        told.append(T(f"生産する部門のない投入（屑など）：計 {homeless.sum():,.6g}",
                      f"inputs that no sector makes (scrap): {homeless.sum():,.6g} in all"))  # fmt: skip
    return told
