"""What is known of firms where nobody lists their links: how much each sells to others and buys of each industry.

From a table of firms (size and industry) and an input-output table: a firm buys of each industry as its industry does,
in proportion to its size; what its own industry sells to firms is shared out by size, the rest goes to final demand.
Where the firms listed of an industry are smaller than what others need of it, the rest comes from firms not listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kaname.assess.network.columns import number
from kaname.assess.network.io_table import F64, IoTable
from kaname.assess.network.leontief import domestic
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read_whole
from kaname.law import T, Text

I64 = NDArray[np.int64]
LEAST = 0.02  # of a firm's costs of domestic inputs: smaller ones come from nowhere in particular
_DUST = 1e-12
_A_SIZE = T("0より大きい数が要る", "expected a number over 0")


@dataclass(frozen=True, slots=True)
class Margins:
    """`sells[i]`: to other firms; `buys[j, a]`: of industry a; `sector[i]`: a number. Sums of a stripe agree:
    what the firms of an industry sell is what all firms buy of it.

    `final[i]`: sales to final demand; `outside[j]`: inputs from firms not listed and from abroad; `own[i]`: what only
    the firm itself could have supplied, left out.
    """

    ids: tuple[str, ...]
    sector: I64
    codes: tuple[str, ...]
    sells: F64
    buys: F64
    final: F64
    outside: F64
    own: F64

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def needs(self) -> int:
        """How many inputs of an industry firms have in all: each asks for a link or more."""
        return int((self.buys > 0).sum())

    @property
    def size(self) -> F64:
        return self.sells + self.final


def of_totals(
    ids: Sequence[str], sector: Sequence[int], codes: Sequence[str], sells: F64, buys: F64, final: F64 | None = None
) -> Margins:  # fmt: skip
    """Margins as somebody knows them. Of each industry the smaller of the two sums counts; the rest goes outside."""
    numbers = np.asarray(sector, np.int64)
    sells, buys = np.array(sells, np.float64), np.array(buys, np.float64)
    rest = np.zeros(len(numbers)) if final is None else np.array(final, np.float64)
    outside, own = np.zeros(len(numbers)), np.zeros(len(numbers))
    for a in range(len(codes)):
        mine = numbers == a
        offered, wanted = float(sells[mine].sum()), float(buys[:, a].sum())
        if min(offered, wanted) <= 0:
            rest[mine] += sells[mine]
            outside += buys[:, a]
            sells[mine], buys[:, a] = 0.0, 0.0
            continue
        through = min(offered, wanted)
        rest[mine] += sells[mine] * (1 - through / offered)
        outside += buys[:, a] * (1 - through / wanted)
        sells[mine] *= through / offered
        buys[:, a] *= through / wanted
        _without_self(sells, buys[:, a], mine, own)
        if min(float(sells[mine].sum()), float(buys[:, a].sum())) <= _DUST * through:  # a rounding is no trade
            sells[mine], buys[:, a] = 0.0, 0.0
    return Margins(tuple(ids), numbers, tuple(codes), sells, buys, rest, outside, own)


def _without_self(sells: F64, bought: F64, mine: NDArray[np.bool_], own: F64) -> None:
    """Take out what only a firm itself could supply, so that the rest can be met without links to oneself.

    It can be met if no firm sells and buys more of its industry than all do together; at most one firm does.
    """
    total = float(bought.sum())
    over = np.where(mine, sells + bought - total, 0.0)
    worst = int(np.argmax(over))
    if over[worst] > 0:
        sells[worst] -= over[worst]
        bought[worst] -= over[worst]
        own[worst] += over[worst]
        np.maximum(bought, 0.0, out=bought)
        sells[worst] = max(float(sells[worst]), 0.0)


def from_sizes(
    ids: Sequence[str], industry: Sequence[str], size: Sequence[float], table: IoTable, least: float = LEAST
) -> Margins:  # fmt: skip
    """Margins out of sizes (sales) and the technology of industries. Raises BadInput for an industry not in the table.

    An input below `least` of a firm's costs is left outside: a small firm does not buy from every industry there is.
    """
    sector = [table.number(code) for code in industry]
    sales = np.asarray(size, np.float64)
    made = domestic(table)
    costs = made.a.sum(axis=0)
    main = np.where(made.a >= least * np.where(costs > 0, costs, 1.0), made.a, 0.0)
    buys = sales[:, None] * main.T[sector]
    # A sector that sells more to others than it makes (imports of stocks) sells all it makes.
    to_firms = np.clip(made.b.sum(axis=1), 0.0, 1.0)[sector]
    made_of = of_totals(ids, sector, table.codes, sales * to_firms, buys, sales * (1 - to_firms))
    bought = sales * np.maximum(table.between, 0.0).sum(axis=0)[sector] / table.output[sector]
    return replace(made_of, outside=np.maximum(bought - made_of.buys.sum(axis=1), 0.0))


def read_firms(name: str, table: IoTable, form: str | None = None, encoding: str = "utf-8", called: str = "",
               least: float = LEAST) -> Margins:  # fmt: skip
    """Margins of a table of `firm, industry, size`. Raises BadInput, every bad row told."""
    called = called or name
    ids: list[str] = []
    industry: list[str] = []
    size: list[float] = []
    wrong: list[Problem] = []
    with open_reader(name, form, encoding) as reader:
        if lacking := [one for one in ("firm", "industry", "size") if one not in reader.names]:
            text = T("列がない；firm, industry, size が要る", "no such column; expected firm, industry, size")
            raise BadInput([Problem(called, 1, one, text) for one in lacking])
        known: set[str] = set()
        for batch in read_whole(reader, {one: one for one in ("firm", "industry", "size")}, called):
            cells = (batch.columns[one].fill_null("").to_pylist() for one in ("firm", "industry", "size"))
            for n, (firm, code, text_) in enumerate(zip(*cells, strict=True), batch.first + 2):
                amount = _amount(text_)
                if not firm.strip() or firm in known:
                    wrong.append(Problem(called, n, "firm", T(f"「{firm}」；一つずつ違う名前が要る",
                                         f"{firm!r}; expected a name of its own")))  # fmt: skip
                elif code not in table.codes:
                    wrong.append(Problem(called, n, "industry", _no_industry(code, table)))
                elif amount is None:
                    wrong.append(Problem(called, n, "size", _A_SIZE))
                else:
                    known.add(firm)
                    ids.append(firm)
                    industry.append(code)
                    size.append(amount)
    if wrong:
        raise BadInput(wrong)
    if len(ids) < 2:
        raise BadInput([Problem(called, 0, "", T("企業が二つ以上要る", "expected two firms or more"))])
    return from_sizes(ids, industry, size, table, least)


def _no_industry(code: str, table: IoTable) -> Text:
    return T(f"産業「{code}」が表にない；{table.codes[0]} のような符号が要る",
             f"no industry {code!r} in the table; expected a code such as {table.codes[0]}")  # fmt: skip


def _amount(text: str) -> float | None:
    found = number(text)
    return found if found is not None and found > 0 else None
