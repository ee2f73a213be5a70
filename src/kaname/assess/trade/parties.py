"""Who sold to whom in which year, and who of the two says so."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaname.assess.trade.countries import GROUP, UNKNOWN, country
from kaname.assess.trade.flows import BOTH, EXPORTER, IMPORTER
from kaname.assess.trade.layouts import ATLAS, COMTRADE, CUSTOMS, Layout
from kaname.assess.trade.notes import Rule
from kaname.assess.trade.rows import Rows
from kaname.law import T

SIDES = {"importer": IMPORTER, "exporter": EXPORTER}
_FLOWS = {
    "m": IMPORTER, "import": IMPORTER, "imports": IMPORTER, "2": IMPORTER, "輸入": IMPORTER,
    "imp": IMPORTER, "1": EXPORTER, "x": EXPORTER, "export": EXPORTER, "exports": EXPORTER, "輸出": EXPORTER,
    "exp": EXPORTER,
}  # fmt: skip
_COMTRADE_NUMBERS = {"1": "m", "2": "x"}  # the customs of Japan number them the other way round
_PARTS = frozenset(
    ("rx", "rm", "dx", "fm", "mip", "mop", "xip", "xop", "re-export", "re-import", "re-exports", "re-imports", "3", "4",
     "domestic export", "foreign import")
)  # fmt: skip
_PART_OF_A_FLOW = -2
A_YEAR = T("1900から2099までの年（2023）又は年月（202301）", "a year from 1900 to 2099 (2023) or a month (202301)")
A_COUNTRY = T("国コード（JPN、JP、392）又は空欄", "a country code (JPN, JP, 392), or nothing")
A_FLOW = T("M（輸入）又は X（輸出）", "M (import) or X (export)")
A_SIDE = T("importer、exporter 又は空欄", "importer, exporter or nothing")


class Numbers(dict[str, int]):
    """Countries as small numbers, in the order in which they are met."""

    def of(self, code: str) -> int:
        return self.setdefault(code, len(self))


def years(rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The year of each row, and its month; 0 where it is a whole year's."""

    def year(text: str) -> tuple[int, int]:
        plain = text.strip().removesuffix(".0")
        month = len(plain) == 6 and "01" <= plain[4:] <= "12"
        if plain.isascii() and plain.isdecimal() and (len(plain) == 4 or month) and 1900 <= int(plain[:4]) < 2100:
            return int(plain[:4]), int(plain[4:]) if month else 0
        raise ValueError

    found = rows.read("year", year, (0, 0), A_YEAR)
    return found[:, 0], found[:, 1]


def sides(rows: Rows, layout: Layout) -> NDArray[np.int64]:
    """Who reports each row. Re-exports and other parts of a flow fall out: the flow holds them."""
    if layout.name == ATLAS:
        return np.full(len(rows), IMPORTER)
    if "flow" not in rows:
        if "reported" not in rows:
            return np.full(len(rows), BOTH)
        return rows.read("reported", lambda text: {**SIDES, "": BOTH}[text.strip().lower()], -1, A_SIDE)
    numbers = _COMTRADE_NUMBERS if layout.name == COMTRADE else {}

    def side(text: str) -> int:
        plain = text.strip().lower()
        return _PART_OF_A_FLOW if plain in _PARTS else _FLOWS[numbers.get(plain, plain)]

    found = rows.read("flow", side, -1, A_FLOW)
    rows.note(Rule.RE_EXPORT, (found == _PART_OF_A_FLOW) & rows.good)
    rows.good &= found >= 0
    return found


def partners(
    rows: Rows, layout: Layout, side: NDArray[np.int64], numbers: Numbers
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of exporter and importer; groups and trade with oneself fall out."""
    if layout.name == CUSTOMS:
        reporter: Any = np.full(len(rows), numbers.of("JPN"))
        partner = _countries(rows, "partner", numbers, japan=True)
    elif "reporter" in rows:
        reporter, partner = (_countries(rows, name, numbers) for name in ("reporter", "partner"))
    else:
        exporter, importer = (_countries(rows, name, numbers) for name in ("exporter", "importer"))
        return _not_alone(rows, exporter, importer, numbers)
    bought = side == IMPORTER
    return _not_alone(rows, np.where(bought, partner, reporter), np.where(bought, reporter, partner), numbers)


def _countries(rows: Rows, name: str, numbers: Numbers, japan: bool = False) -> NDArray[np.int64]:
    ruled: list[tuple[str, Rule]] = []

    def number(text: str) -> int:
        found = country(text, japan)
        if found is None:
            raise ValueError
        if found.rule is not None:
            ruled.append((text, found.rule))
        return numbers.of(found.code)

    found = rows.read(name, number, -1, A_COUNTRY)
    if ruled:
        texts = np.array(rows.texts(name), object)
        for text, rule in ruled:
            rows.note(rule, (texts == text) & rows.good, text.strip())
    return found


def _not_alone(
    rows: Rows, exporter: NDArray[np.int64], importer: NDArray[np.int64], numbers: Numbers
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    unknown, group = (numbers.of(code) for code in (UNKNOWN, GROUP))
    alone = rows.good & (exporter == importer) & (exporter != unknown)
    rows.note(Rule.SELF, alone)
    rows.good &= ~alone & (exporter != group) & (importer != group)
    return exporter, importer
