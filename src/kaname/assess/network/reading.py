"""A network out of tables (CSV, JSON Lines, Parquet): links, firms, which inputs are essential. Every bad row is told.

Links: `supplier, buyer, amount`. Firms: `id, industry`, also `name, market, region, revenue, costs, stock`, and beside
an input-output table `sector` and `imported` (its part of all inputs). The columns may also be called `value`, `firm`,
`sales`. Without a table of firms each firm is an industry of its own: nobody can stand in for anybody. A row that
cannot be read leaves a network with other shares in it: unless asked to `skip` such rows, nothing is made of tables
with a fault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kaname.assess.network.classes import Classes, classes_of
from kaname.assess.network.columns import amount, columns_of, each_text, number, opened, placed, texts
from kaname.assess.network.net import F64, I64, Network, NetworkError, by_name
from kaname.files.batches import Fault
from kaname.files.named import Table
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.tables import read
from kaname.law import T

LINKS, FIRMS = ("supplier", "buyer", "amount"), ("id", "industry")
TEXTS, NUMBERS = ("market", "region", "name", "sector"), ("revenue", "costs", "stock", "imported")
_AN_ID = T("識別子", "an identifier")
_AMOUNT = T("0以上の数", "a number not below 0")
_PART = T("0から1までの数", "a number from 0 to 1")
_INDUSTRY = T("産業", "an industry")
_A_FIRM = T("企業の表にある識別子", "an identifier in the table of firms")
_OTHER = T("自分以外の企業", "another firm than itself")
_ONCE = T("一度だけ", "each only once")


@dataclass(slots=True)
class Read:
    """The network, what its firms are called, further columns of the firms (`more`), what was wrong with the tables.

    `sectors`, `imported`: of an input-output table, where the table of firms tells them (NaN: not of this firm)."""

    network: Network
    names: Mapping[str, str]
    more: dict[str, F64] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sectors: Sequence[str] = ()
    imported: F64 | None = None


def read_network(
    links: Table | str, firms: Table | str | None = None, essential: Classes | str = "essential", *,
    more: Sequence[str] = (), skip: bool = False,
) -> Read:  # fmt: skip
    """Tables as files. `essential`: classes of inputs, or what `classes.classes_of` takes. `more` are columns of
    numbers of the firms. Raises BadInput: with every bad row, unless these are to be skipped."""
    problems: list[Problem] = []
    trade, listed = _source(links), None if firms is None else _source(firms)
    known = _own_industries(trade) if listed is None else _firms(listed, more, problems)
    i, j, w = _links(trade, known.place, problems)
    classes = classes_of(essential) if isinstance(essential, str) else essential
    essentials = classes(known.industries, problems)
    if problems and not skip:
        raise BadInput(problems)
    try:
        network = Network.of(
            i, j, w, known.industry, names=tuple(known.place), industries=known.industries, essential=essentials,
            market=known.market, revenue=known.numbers.get("revenue"), costs=known.numbers.get("costs"),
            region=known.region, regions=known.regions, stock=known.numbers.get("stock", np.nan),
        )  # fmt: skip
    except NetworkError as refused:
        raise BadInput([Problem(trade.name, 0, "", refused.text)]) from refused
    return Read(network, known.called, {name: known.numbers[name] for name in more}, problems, known.sectors,
                known.numbers.get("imported"))  # fmt: skip


def firms_of(table: Table | str) -> tuple[set[str], set[str]]:
    """What a table of firms calls firms (identifiers, and names of one firm alone), and its industries. BadInput."""
    problems: list[Problem] = []
    found = _firms(_source(table), (), problems)
    if problems:
        raise BadInput(problems)
    return {*found.place, *by_name(found.called)}, set(found.industries)


def _source(given: Table | str) -> Table:
    return given if isinstance(given, Table) else Table(given)


@dataclass(slots=True)
class _Firms:
    place: dict[str, int]
    industries: tuple[str, ...]
    industry: I64
    called: Mapping[str, str] = field(default_factory=dict)
    market: I64 | None = None
    regions: tuple[str, ...] = ()
    region: I64 | None = None
    numbers: dict[str, F64] = field(default_factory=dict)
    sectors: Sequence[str] = ()


def _own_industries(links: Table) -> _Firms:
    """The firms that stand in a table of links."""
    sides: dict[str, list[str]] = {side: [] for side in LINKS[:2]}
    with opened(links) as reader:
        columns = columns_of(links, reader, LINKS[:2])
        for batch in read(reader, columns):
            for side, held in sides.items():
                held += texts(batch, side)
    ids = tuple(dict.fromkeys(one for held in sides.values() for one in held if one))
    return _Firms({one: n for n, one in enumerate(ids)}, ids, np.arange(len(ids)), {one: one for one in ids})


def _firms(source: Table, more: Sequence[str], problems: list[Problem]) -> _Firms:
    place: dict[str, int] = {}
    held: dict[str, list[Any]] = {}
    faults: list[Fault] = []
    with opened(source) as reader:
        columns = columns_of(source, reader, (*FIRMS, *more), (*TEXTS, *NUMBERS))
        for batch in read(reader, columns):
            faults += batch.faults
            given = {n: texts(batch, n) for n in columns}
            for row, (one, industry) in enumerate(zip(given["id"], given["industry"], strict=True)):
                bad = None
                if not one:
                    bad = Fault(batch.first + row, "id", "", _AN_ID)
                elif one in place:
                    bad = Fault(batch.first + row, "id", one[:40], _ONCE)
                elif not industry:
                    bad = Fault(batch.first + row, "industry", "", _INDUSTRY)
                if bad:
                    faults.append(bad)
                    continue
                place[one] = len(place)
                held.setdefault("industry", []).append(industry)
                for n in (n for n in columns if n not in FIRMS):
                    value: Any = given[n][row] if n in TEXTS else number(given[n][row])
                    if value is None or (n == "imported" and value > 1):
                        wanted = _PART if n == "imported" else _AMOUNT
                        faults.append(Fault(batch.first + row, n, given[n][row][:40], wanted))
                        value = np.nan
                    held.setdefault(n, []).append(value)
        problems += placed(source, reader, faults, columns)
    if not place:
        raise unusable(source.name, T("企業がない；1行以上が要る", "no firms; expected one or more"))
    industries, codes = _coded(held["industry"])
    market = [m or f"industry:{k}" for m, k in zip(held.get("market", []), held["industry"], strict=False)]
    regions, where = _coded(held.get("region", []))
    return _Firms(
        place, industries, codes, dict(zip(place, map(_either, held.get("name", place), place), strict=True)),
        _coded(market)[1] if market else None, regions, where if where.size else None,
        {n: np.array(held[n], np.float64) for n in (*NUMBERS, *more) if n in held}, held.get("sector", ()),
    )  # fmt: skip


def _either(name: str, one: str) -> str:
    return name or one


def _links(source: Table, place: dict[str, int], problems: list[Problem]) -> tuple[I64, I64, F64]:
    parts: list[tuple[I64, I64, F64]] = []
    faults: list[Fault] = []
    with opened(source) as reader:
        columns = columns_of(source, reader, LINKS)
        for batch in read(reader, columns):
            faults += batch.faults
            i, j = (each_text(batch, side, lambda text: place.get(text, -1), -1, _A_FIRM, faults) for side in LINKS[:2])
            w = each_text(batch, "amount", amount, np.nan, _AMOUNT, faults)
            good = (i >= 0) & (j >= 0) & ~np.isnan(w)
            for row in np.flatnonzero(good & (i == j)).tolist():
                faults.append(Fault(batch.first + row, "buyer", batch.columns["buyer"][row].as_py()[:40], _OTHER))
            good &= i != j
            parts.append((i[good].astype(np.int64), j[good].astype(np.int64), w[good]))
        if not parts:
            raise unusable(source.name, T("取引がない；1行以上が要る", "no links; expected one or more"))
        problems += placed(source, reader, faults, columns)
    i, j, w = (np.concatenate(column) for column in zip(*parts, strict=True))
    return i, j, w


def _coded(given: Sequence[str]) -> tuple[tuple[str, ...], I64]:
    """The different texts in their order, and which each is; -1 for none."""
    names = {text: k for k, text in enumerate(sorted({text for text in given if text}))}
    return tuple(names), np.array([names.get(text, -1) for text in given], np.int64)
