"""A file of names through the screening, batch by batch: what every door that takes such a file has in common."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kaname.assess.names.decisions import Decisions, columns, decided
from kaname.assess.names.screening import Screen
from kaname.assess.names.subjects import Layout, Subject, layout, subjects
from kaname.assess.names.table import OUTCOMES, tabled
from kaname.files.batches import Batch, Fault
from kaname.files.formats import format_of
from kaname.files.pipeline import Later
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T, Text

SHOWN = 100  # faults shown one by one; more are only counted
_NOTHING = T("名称が一つもない；1つ以上が要る", "no names; expected one or more")


@dataclass(slots=True)
class Tally:
    """What a screening has come to so far."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)  # the first ones only
    broken_off: tuple[Problem, ...] = ()  # why the rest of the file could not be read

    def open(self, outcomes: tuple[str, ...]) -> int:
        return sum(self.outcomes[outcome] for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that was read: its entities, rows without a name to compare, what was wrong."""

    label: str
    entities: list[Subject]
    nameless: int
    problems: list[Problem]
    bad: int

    def summary(self) -> dict[str, Any]:
        names = sum(len(entity.names) for entity in self.entities)
        return {"list": self.label, "entities": len(self.entities), "names": names, "nameless": self.nameless}


def read_list(given: str, encoding: str, strict: bool = False) -> Listed:
    """A list by its path, or `label=path`; the label is else the name of the file. Raises BadInput."""
    label, equals, path = given.partition("=")
    if not equals:
        label, path = Path(given).name.removesuffix(".gz").rpartition(".")[0] or given, given
    entities: list[Subject] = []
    faults: list[Fault] = []
    nameless = 0
    with open_reader(path, _form(path), encoding) as reader:
        shape = layout(reader, {})
        for batch in read(reader, shape.wanted):
            found, wrong = subjects(batch, shape, label)
            entities += filter(None, found)
            nameless += found.count(None)
            faults += wrong
            if strict and faults:
                break
        placed = reader.place(faults[:SHOWN])
    problems = [told(path, line, fault) for line, fault in placed]
    if strict and problems:
        raise BadInput(problems[:1])
    if not entities:
        raise BadInput(problems or [Problem(path, 0, "", _NOTHING)])
    # An entity without an identifier is known by its first name; twice the same name is twice the same entity.
    return Listed(label, entities, nameless, problems, len(faults))


def read_decisions(path: str, encoding: str) -> Decisions:
    """The decisions of a file, which must be sound: nobody is cleared by half a row. Raises BadInput."""
    with open_reader(path, _form(path), encoding) as reader:
        found, faults = decided(read(reader, columns(reader)))
        placed = reader.place(faults)
    if placed:
        raise BadInput(told(path, line, fault) for line, fault in placed)
    return found


def screen_file(
    batches: Iterator[Batch], shape: Layout, screen: Screen, decisions: Decisions, write: Later,
    strict: bool = False, advance: Callable[[int], None] = lambda rows: None,
) -> Tally:  # fmt: skip
    """Screen the batches and hand each table to `write`. `strict`: to the first fault. `advance`: rows done."""
    tally = Tally()
    try:
        for batch in batches:
            asked, faults = subjects(batch, shape)
            if strict and faults:
                faults = faults[:1]
                asked = asked[: faults[0].row - batch.first]
            shown = _shown(batch, shape)[: len(asked)]
            found = screen.findings([subject for subject in asked if subject])
            table, outcomes = tabled(asked, shown, found, screen, decisions)
            write(lambda table=table: table)  # type: ignore[misc]
            tally.rows += len(asked)
            tally.outcomes += outcomes
            tally.bad.update(fault.field for fault in faults)
            tally.faults += faults[: max(SHOWN - len(tally.faults), 0)]
            advance(tally.rows)
            if strict and faults:
                break
    except BadInput as broken_off:  # what came before it is screened and told all the same
        tally.broken_off = broken_off.problems
    return tally


def _shown(batch: Batch, shape: Layout) -> list[tuple[str, str]]:
    """The identifier and the name of every row, as they stand."""

    def cells(columns: tuple[str, ...]) -> list[str]:
        return [cell or "" for cell in batch.columns[columns[0]].to_pylist()] if columns else [""] * len(batch)

    return list(zip(cells(shape.ids), cells(shape.names), strict=True))


def told(file: str, line: int, fault: Fault) -> Problem:
    """A fault as a sentence: what stands there, what is wanted."""
    found = fault.found if isinstance(fault.found, Text) else T(f"「{fault.found}」", repr(fault.found))
    text = T(f"{found.ja}；{fault.expected.ja}が要る", f"{found.en}; expected {fault.expected.en}")
    return Problem(file, line, fault.field, text)


def summary(file: str, lists: list[Listed], threshold: float, tally: Tally) -> dict[str, Any]:
    """What a door says when all is done."""
    return {
        "file": file,
        "lists": [each.summary() for each in lists],
        "threshold": threshold,
        "rows": tally.rows,
        "outcome": {outcome: tally.outcomes[outcome] for outcome in OUTCOMES},
        "bad": dict(tally.bad),
    }


def given_columns(given: tuple[str, ...], have: tuple[str, ...], known: tuple[str, ...]) -> Mapping[str, str]:
    """`NAME=SOURCE` of an option as field -> column. Raises BadInput."""
    wanted = {}
    for each in given:
        name, equals, source = each.partition("=")
        if not equals:
            raise BadInput(
                [Problem("--column", 0, each, T("= がない；NAME=SOURCE の形で", "no =; expected NAME=SOURCE"))]
            )
        if name not in known:
            fields = ", ".join(known)
            text = T(f"{name} という項目はない；使えるのは {fields}", f"no field {name}; expected one of {fields}")
            raise BadInput([Problem("--column", 0, each, text)])
        if source not in have:
            there = ", ".join(have)
            text = T(f"{source} という列はない；ある列は {there}", f"no column {source}; expected one of {there}")
            raise BadInput([Problem("--column", 0, each, text)])
        wanted[name] = source
    return wanted


def _form(path: str) -> str:
    """The format of a list by its name; `.json` is one object a line, as FollowTheMoney writes it."""
    return "jsonl" if path.lower().removesuffix(".gz").endswith(".json") else format_of(path)
