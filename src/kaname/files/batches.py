"""What a reader of tables yields: batches of text, and what is wrong in a row. Loads no pyarrow: see `formats`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kaname.files.problems import Problem
from kaname.files.streams import unusable
from kaname.law import T, Text

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the field of a row (from 0). A `lost` record gave no row: `row` is then that of the next."""

    row: int
    field: str
    found: str | Text  # what stands there, or what is wrong with it
    expected: Text
    lost: bool = False
    line: int = 0  # where the reader knows it at once


@dataclass(frozen=True, slots=True)
class Batch:
    """Columns of text, one array each; `first` is the number of the first row, from 0."""

    columns: dict[str, "pa.Array"]
    first: int
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))  # a table may have no columns at all


class Reader(Protocol):
    """`names`: the columns that the file has."""

    name: str
    form: str
    names: tuple[str, ...]

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        """Batches with the columns `wanted`: name in the batch -> name in the file."""

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        """The faults with their lines from 1, in order of line; adds what only a second look at the file can place.

        Standard input cannot be looked at again, and Parquet has no lines: there, the number of the record.
        """


def twice(reader: Reader, wanted: Iterable[str]) -> list[Problem]:
    """Columns wanted that the file has more than once."""
    wrong = T("同じ名の列が二つ以上ある；一つだけが要る", "more than one column of this name; expected one")
    found = (source for source in dict.fromkeys(wanted) if reader.names.count(source) > 1)
    return [Problem(reader.name, 1, source, wrong) for source in found]


def first_column(reader: Reader) -> str:
    """Raises BadInput where there is none."""
    if not reader.names:
        raise unusable(
            reader.name, T("列がない；列の名のある表が要る", "no columns; expected a table with named columns")
        )
    return reader.names[0]


def sentence(fault: Fault) -> Text:
    """What is wrong, and what was expected in its place."""
    found = fault.found if isinstance(fault.found, Text) else T(f"「{fault.found}」", repr(fault.found))
    return T(f"{found.ja}；{fault.expected.ja}が要る", f"{found.en}; expected {fault.expected.en}")
