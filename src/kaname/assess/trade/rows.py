"""The rows of a batch that belong to a product, as they are read column by column; bad ones fall out on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaname.assess.trade.notes import Notes, Rule
from kaname.files.batches import Fault
from kaname.law import Text


@dataclass(slots=True)
class Rows:
    """`columns`: texts by field; `source`: the column of the file behind a field; `records` count from 0.

    `good`: False where a row fell out. `notes` and `faults` are those of the whole file.
    """

    columns: dict[str, pa.Array]
    source: dict[str, str]
    records: NDArray[np.int64]
    notes: Notes
    faults: list[Fault]
    good: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.good = np.ones(self.records.size, np.bool_)

    def __len__(self) -> int:
        return int(self.records.size)

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def texts(self, name: str) -> list[str]:
        found: list[str] = self.columns[name].fill_null("").to_pylist()
        return found

    def note(self, rule: Rule, which: NDArray[np.bool_], found: str = "") -> None:
        """The rule was applied to these rows, if to any."""
        if which.any():
            self.notes.add(rule, (self.records[which] + 1).tolist(), found)

    def refuse(self, name: str, which: Any, found: str, expected: Text) -> None:
        """These rows (numbers of them) are bad: a fault each."""
        column = self.source.get(name, name)
        self.faults += [Fault(int(self.records[row]), column, found[:40], expected) for row in which]
        self.good[which] = False

    def read(self, name: str, convert: Callable[[str], Any], bad: Any, expected: Text) -> NDArray[np.int64]:
        """A column converted, each distinct text once; a text that cannot be makes its rows bad."""
        encoded = pc.fill_null(self.columns[name], "").dictionary_encode()
        at = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        values = []
        for number, text in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(convert(text))
            except (ValueError, KeyError):
                values.append(bad)
                self.refuse(name, np.flatnonzero((at == number) & self.good), text, expected)
        found: NDArray[np.int64] = np.array(values, np.int64).reshape(len(values), *np.shape(bad))[at]
        return found
