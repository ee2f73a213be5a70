"""Which inputs a firm cannot do without, by industry: one class for all, a table, or industries that others replace."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kaname.assess.network.columns import opened, placed, texts
from kaname.assess.network.net import ESSENTIAL, LINEAR, NEGLIGIBLE
from kaname.files.batches import Fault, first_column
from kaname.files.named import Table
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import read
from kaname.law import T

Classes = Callable[[Sequence[str], list[Problem]], Any]  # of industries; what is wrong with them is added to the list
EVERY = "*"
MATRIX = ("supplier_industry", "buyer_industry", "class")
WORDS = {
    "2": ESSENTIAL, "essential": ESSENTIAL, "不可欠": ESSENTIAL, "1": LINEAR, "linear": LINEAR, "非不可欠": LINEAR,
    "0": NEGLIGIBLE, "negligible": NEGLIGIBLE, "無視可能": NEGLIGIBLE,
}  # fmt: skip
_CLASS = T("0、1、2（negligible、linear、essential）", "0, 1 or 2 (negligible, linear, essential)")
_KIND = T("企業の表にある産業", "an industry in the table of firms")


def replaceable(names: Sequence[str]) -> Classes:
    """The goods of these industries ("*": of all) others can make up for; those of the rest cannot be done without."""

    def made(industries: Sequence[str], problems: list[Problem]) -> Any:
        if unknown := [one for one in names if one not in industries and one != EVERY]:
            some = ", ".join(industries[:12])
            wrong = T(f"この網にない産業；ある産業は {some}", f"no such industry; the network has {some}")
            raise BadInput(Problem("--replaceable", 0, one[:40], wrong) for one in unknown)
        found = np.full((len(industries), len(industries)), ESSENTIAL)
        found[[n for n, one in enumerate(industries) if one in names or EVERY in names], :] = LINEAR
        return found

    return made


def classes_of(name: str) -> Classes:
    """One class for all inputs by its word, or those of a table."""
    return (lambda industries, problems: WORDS[name]) if name in WORDS else _table(Table(name))


def _table(source: Table) -> Classes:
    """A row a pair of industries, or a row a supplier's industry with a column a buyer's."""

    def made(industries: Sequence[str], problems: list[Problem]) -> Any:
        at = {industry: k for k, industry in enumerate(industries)}
        found = np.full((len(industries), len(industries)), -1)
        faults: list[Fault] = []
        with opened(source) as reader:
            by_pair = set(MATRIX) <= set(reader.names)
            side = MATRIX[0] if by_pair else first_column(reader)
            columns = MATRIX if by_pair else (side, *(n for n in reader.names[1:] if n in at))
            for batch in read(reader, {n: n for n in columns}):
                faults += batch.faults
                for row, k in enumerate(texts(batch, side)):
                    if k not in at and by_pair:
                        faults.append(Fault(batch.first + row, side, k[:40], _KIND))
                    if k not in at:
                        continue
                    cells = batch.columns
                    pairs = [(n, cells[n][row], n) for n in columns[1:]]
                    if by_pair:
                        pairs = [(cells[MATRIX[1]][row], cells[MATRIX[2]][row], MATRIX[2])]
                    for buyer, text, shown in pairs:
                        buyer = str(buyer).strip()
                        what = WORDS.get((text.as_py() or "").strip().lower())
                        if what is None:
                            faults.append(Fault(batch.first + row, shown, str(text)[:40], _CLASS))
                        elif buyer not in at:
                            faults.append(Fault(batch.first + row, MATRIX[1], buyer[:40], _KIND))
                        if buyer in at:
                            found[at[k], at[buyer]] = NEGLIGIBLE if what is None else what
            problems += placed(source, reader, faults, {})
        empty = np.argwhere(found < 0)
        if empty.size:
            k, buyer = (industries[x] for x in empty[0])
            problems.append(Problem(source.name, 0, "", T(
                f"{len(empty)} 組の産業に区分がない（供給者 {k}、買い手 {buyer} など）；全ての組に要る",
                f"{len(empty)} pairs of industries have no class (supplier {k}, buyer {buyer}); expected all"
                f" {len(industries)}×{len(industries)}",
            )))  # fmt: skip
        return np.maximum(found, NEGLIGIBLE)

    return made
