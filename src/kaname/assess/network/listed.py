"""Firms and their links out of tables as people keep them: who supplies whom for how much, and what each firm is.

Links: `supplier, buyer, value`. Firms: `firm, industry`, also `name, region, sales`. Columns may be called as `reading`
calls them: `amount`, `id`, `revenue`. Without a table of firms each firm is an industry of its own: nobody can stand in
for anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kaname.assess.network.columns import ALSO
from kaname.assess.network.net import ESSENTIAL, LINEAR, Network, NetworkError
from kaname.files.problems import ENOUGH, BadInput, Problem
from kaname.files.tables import Reader, open_reader, read
from kaname.law import T, Text

LINKS, FIRMS = ("supplier", "buyer", "value"), ("firm", "industry")
EVERY = "*"
_MORE = ("name", "region", "sales")
_A_FIRM = T("企業の識別子が要る", "expected the identifier of a firm")
_ANOTHER = T("自社への取引；違う企業が要る", "a link to itself; expected another firm")
_AN_AMOUNT = T("0より大きい数が要る", "expected a number over 0")
_ITS_INDUSTRY = T("産業が要る", "expected its industry")
_ONCE = T("同じ企業が二度ある；一度だけ要る", "the firm stands twice; expected it once")
_LISTED = T("企業の表にない；その行を加える", "not in the table of firms; add a row for it")


@dataclass(frozen=True, slots=True)
class Source:
    """A table as a file, under the name that people know."""

    path: str
    form: str | None = None
    encoding: str = "utf-8"
    called: str = ""

    @property
    def name(self) -> str:
        return self.called or self.path


@dataclass(slots=True)
class Firms:
    """What is known of each firm, in order."""

    ids: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    industry: list[str] = field(default_factory=list)
    region: list[str] = field(default_factory=list)
    sales: list[float] = field(default_factory=list)

    @property
    def names(self) -> Mapping[str, str]:
        return dict(zip(self.ids, self.called, strict=True))


def network_of(
    links: Source, firms: Source | None = None, replaceable: Sequence[str] = ()
) -> tuple[Network, Mapping[str, str]]:  # fmt: skip
    """The network of two tables, and what firms are called. `replaceable`: industries whose goods other inputs can make
    up for ("*": all); those of others cannot be done without. Raises BadInput, with every row that is wrong."""
    wrong: list[Problem] = []
    known = _firms(firms, wrong) if firms else None
    supplier, buyer, value = _links(links, wrong)
    if known is None:
        ids = list(dict.fromkeys((*supplier, *buyer)))
        known = Firms(ids, ids, ids, [""] * len(ids), [float("nan")] * len(ids))
    else:
        there = set(known.ids)
        for one in dict.fromkeys(one for one in (*supplier, *buyer) if one not in there):
            wrong.append(Problem(firms.name if firms else links.name, 0, one[:40], _LISTED))
    if wrong:
        raise BadInput(wrong[:ENOUGH])
    place = {one: n for n, one in enumerate(known.ids)}
    industries = list(dict.fromkeys(known.industry))
    regions = [one for one in dict.fromkeys(known.region) if one]
    try:
        made = Network.of(
            [place[one] for one in supplier], [place[one] for one in buyer], value,
            [industries.index(one) for one in known.industry], names=tuple(known.ids), industries=tuple(industries),
            essential=_classes(links, industries, replaceable), revenue=known.sales, regions=regions,
            region=[regions.index(one) if one else -1 for one in known.region],
        )  # fmt: skip
    except NetworkError as refused:
        raise BadInput([Problem(links.name, 0, "", refused.text)]) from refused
    return made, known.names


def _classes(links: Source, industries: Sequence[str], replaceable: Sequence[str]) -> Any:
    if unknown := [one for one in replaceable if one not in industries and one != EVERY]:
        some = ", ".join(industries[:12])
        wrong = T(f"この網にない産業；ある産業は {some}", f"no such industry; the network has {some}")
        raise BadInput([Problem("--replaceable", 0, one[:40], wrong) for one in unknown])
    made = np.full((len(industries), len(industries)), ESSENTIAL)
    made[[n for n, one in enumerate(industries) if one in replaceable or EVERY in replaceable], :] = LINEAR
    return made


def _firms(source: Source, wrong: list[Problem]) -> Firms:
    made, seen = Firms(), set[str]()
    for line, row in _rows(source, FIRMS, _MORE):
        one = row["firm"]
        sales = _amount(row["sales"]) if row["sales"] else float("nan")
        for bad, column, found, expected in ((not one, "firm", one, _A_FIRM), (one in seen, "firm", one, _ONCE),
                                             (not row["industry"], "industry", "", _ITS_INDUSTRY),
                                             (sales is None, "sales", row["sales"], _AN_AMOUNT)):  # fmt: skip
            if bad:
                wrong.append(_problem(source, line, column, found, expected))
        seen.add(one)
        made.ids.append(one)
        made.called.append(row["name"] or one)
        made.industry.append(row["industry"])
        made.region.append(row["region"])
        made.sales.append(sales if sales is not None else float("nan"))
    return made


def _links(source: Source, wrong: list[Problem]) -> tuple[list[str], list[str], list[float]]:
    supplier, buyer, value = list[str](), list[str](), list[float]()
    for line, row in _rows(source, LINKS):
        amount = _amount(row["value"])
        for bad, column, expected in ((not row["supplier"], "supplier", _A_FIRM), (not row["buyer"], "buyer", _A_FIRM),
                                      (row["supplier"] == row["buyer"] != "", "buyer", _ANOTHER),
                                      (amount is None, "value", _AN_AMOUNT)):  # fmt: skip
            if bad:
                wrong.append(_problem(source, line, column, row[column], expected))
        supplier.append(row["supplier"])
        buyer.append(row["buyer"])
        value.append(amount or 0.0)
    return supplier, buyer, value


def _rows(source: Source, needed: Sequence[str], more: Sequence[str] = ()) -> list[tuple[int, dict[str, str]]]:
    """The rows with their lines (records, where a file has no lines)."""
    with open_reader(source.path, source.form, source.encoding) as reader:
        called = {one: _called(one, reader.names) for one in (*needed, *more)}
        _there(source, reader, [one for one in needed if not called[one]])
        columns = [one for one, column in called.items() if column]
        found, faults = [], []
        for batch in read(reader, {one: called[one] for one in columns}):
            faults += batch.faults
            cells = (batch.columns[one].fill_null("").to_pylist() for one in columns)
            for n, row in enumerate(zip(*cells, strict=True), batch.first + 2):
                found.append(
                    (n, {**dict.fromkeys(more, ""), **{c: v.strip() for c, v in zip(columns, row, strict=True)}})
                )
        if faults:
            raise BadInput(
                _problem(source, line, f.field, str(f.found), f.expected) for line, f in reader.place(faults)
            )
    return found


def _called(column: str, names: Sequence[str]) -> str:
    """What a column is called in a table, "" where it is not there."""
    return next((one for one in (column, ALSO.get(column, "")) if one in names), "")


def _there(source: Source, reader: Reader, lacking: Sequence[str]) -> None:
    if lacking:
        have = ", ".join(reader.names[:9])
        wrong = T(f"列がない；{', '.join(lacking)} が要る；ある列は {have}",
                  f"no such column; expected {', '.join(lacking)}; the file has {have}")  # fmt: skip
        raise BadInput([Problem(source.name, 1, one, wrong) for one in lacking])


def _problem(source: Source, line: int, column: str, found: str, expected: Text) -> Problem:
    seen = T(f"「{found[:40]}」；", f"{found[:40]!r}; ") if found else T("", "")
    return Problem(source.name, line, column, T(seen.ja + expected.ja, seen.en + expected.en))


def _amount(text: str) -> float | None:
    try:
        found = float(text.replace(",", ""))
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None
