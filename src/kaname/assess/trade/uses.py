"""What a product is used for: the share of each use and the value added of its sector, out of a table."""

from dataclasses import dataclass, field
from decimal import Decimal

from kaname.assess.trade.notes import Rule
from kaname.assess.trade.numbers import AN_AMOUNT, number
from kaname.files.batches import Fault
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T

_FIELDS = ("share", "value_added")
_ROUNDED = 0.005  # of each share, as published: whole percents
A_SHARE = T("0から1までの割合", "a share from 0 to 1")


@dataclass(slots=True)
class Uses:
    """Shares of use, and value added; a use in no known sector has none."""

    name: str
    share: list[float] = field(default_factory=list)
    value_added: list[float] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)


def read_uses(name: str, form: str | None = None, encoding: str = "utf-8") -> Uses:
    """Uses out of a table with the columns share and value_added. Raises BadInput."""
    made, faults = Uses(name), list[Fault]()
    with open_reader(name, form, encoding) as reader:
        for column in _FIELDS:
            if column not in reader.names:
                have = ", ".join(reader.names[:30])
                wrong = T(f"列がない；share と value_added が要る；ある列は {have}",
                          f"no such column; expected share and value_added; the file has {have}")  # fmt: skip
                raise BadInput([Problem(name, 1, column, wrong)])
        for batch in read(reader, {column: column for column in _FIELDS}):
            faults += batch.faults
            cells = zip(*(batch.columns[column].fill_null("").to_pylist() for column in _FIELDS), strict=True)
            for at, (share, added) in enumerate(cells, batch.first):
                part, value = number(share), number(added)
                if not isinstance(part, Decimal) or part > 1:
                    faults.append(Fault(at, "share", share[:40], A_SHARE))
                elif value is None or value is Rule.NOT_EXACT:
                    faults.append(Fault(at, "value_added", added[:40], AN_AMOUNT))
                else:
                    made.share.append(float(part))
                    made.value_added.append(float(value) if isinstance(value, Decimal) else 0.0)
                    made.records.append(at + 1)
        made.faults = reader.place(faults)
    together, most = sum(made.share), 1 + _ROUNDED * len(made.share)
    if together > most:
        wrong = T(f"割合の合計が {together:.6g}；1以下（端数処理を見ても {most:.6g} 以下）が要る",
                  f"the shares add up to {together:.6g}; expected at most 1 ({most:.6g} if rounded)")  # fmt: skip
        raise BadInput([Problem(name, 0, "share", wrong)])
    if not any(made.value_added):
        wrong = T("付加価値のある用途がない；1つ以上が要る", "no use with a value added; expected one or more")
        raise BadInput([Problem(name, 0, "", wrong)])
    return made
