"""A docket file through the screening, batch by batch: what every door that takes such a file has in common.

Memory stays at a few batches, whatever the size of the file. Faults are counted all and kept only as far as shown.
"""

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kaname.files.batches import Batch, Fault
from kaname.files.pipeline import Later
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text
from kaname.regimes.patents.columns import OPTIONAL, REQUIRED
from kaname.regimes.patents.screening import Outcome

if TYPE_CHECKING:
    from kaname.regimes.patents.docket import Docket, Screened

SHOWN = 100  # faults shown one by one; more are only counted
FIELDS = (*REQUIRED, *OPTIONAL)


@dataclass(slots=True)
class Tally:
    """What a screening has come to so far. `counts`: rows by (outcome, field), and by (outcome, 0)."""

    rows: int = 0
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)  # the first ones only
    broken_off: tuple[Problem, ...] = ()  # why the rest of the file could not be read

    @property
    def outcomes(self) -> dict[str, int]:
        return {outcome.value: self.counts[outcome.value, 0] for outcome in Outcome}


def screen(
    batches: Iterator[Batch], docket: "Docket", write: Later, strict: bool = False,
    advance: Callable[[int], None] = lambda rows: None,
) -> Tally:  # fmt: skip
    """Screen the batches and hand each table to `write`. `strict`: to the first fault. `advance`: rows done."""
    tally = Tally()
    try:
        for batch in batches:
            screened, rows = docket.screen(batch.columns), len(batch)
            faults = _faults(batch, screened)
            if strict and faults:
                faults, rows = faults[:1], faults[0].row - batch.first
                screened = docket.screen({name: cells.slice(0, rows) for name, cells in batch.columns.items()})
                tally.bad[faults[0].field] += 1
            else:
                tally.bad.update(fault.field for fault in batch.faults)
                for problem in screened.problems:
                    tally.bad[problem.field] += len(problem.rows)
            tally.faults += faults[: max(SHOWN - len(tally.faults), 0)]
            tally.rows += rows
            tally.counts += screened.counts
            write(screened.table)
            advance(tally.rows)
            if strict and faults:
                break
    except BadInput as broken_off:  # what came before it is screened and told all the same
        tally.broken_off = broken_off.problems
    return tally


def _faults(batch: Batch, screened: "Screened") -> list[Fault]:
    """The faults of a batch in the order of the file; of many of a kind the first ones."""
    faults = list(batch.faults)
    for problem in screened.problems:
        few = zip(problem.rows[:SHOWN].tolist(), problem.found[:SHOWN].to_pylist(), strict=True)
        faults += [Fault(batch.first + row, problem.field, found, problem.expected) for row, found in few]
    return sorted(faults, key=lambda fault: (fault.row, not fault.lost))


def told(file: str, line: int, fault: Fault) -> Problem:
    """A fault as a sentence: what stands there, what is wanted."""
    found = fault.found if isinstance(fault.found, Text) else T(f"「{fault.found}」", repr(fault.found))
    text = T(f"{found.ja}；{fault.expected.ja}が要る", f"{found.en}; expected {fault.expected.en}")
    return Problem(file, line, fault.field, text)


def lookalikes(names: Iterable[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Columns that feed nothing and look like the misspelt name of a field that is not fed: name -> field."""
    spare, open_ = [n for n in names if n not in wanted.values()], [f for f in FIELDS if f not in wanted]
    close = {name: difflib.get_close_matches(name, open_, 1, 0.8) for name in spare}
    return {name: match[0] for name, match in close.items() if match}
