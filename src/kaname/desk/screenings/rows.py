"""Rows of a result, a page or all of them, and the answers that a person gives to what a row asks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kaname.desk.models import Screening
from kaname.desk.screenings.places import box
from kaname.regimes.patents.row import Looked, look, replaced

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a result: its number, what was given and came out, and how it looks with the answers."""

    number: int
    cells: Mapping[str, Any]
    looked: Looked | None


def counts(one: Screening) -> Counter[str]:
    return sum((Counter(b["counts"]) for b in one.batches), Counter[str]())


def page(one: Screening, outcome: str, number: int) -> tuple[list[Row], int]:
    """Rows of a page (from 1) of one outcome, or of all; and how many rows there are of it."""
    total = counts(one)[outcome] if outcome else one.rows
    skip, wanted, found, first = (number - 1) * PAGE, PAGE, list[Row](), 0
    for at, b in enumerate(one.batches):
        here = b["counts"].get(outcome, 0) if outcome else b["rows"]
        if skip >= here:
            skip -= here
        else:
            rows = [r for r in _rows(one, at, first) if not outcome or r["outcome"] == outcome][skip : skip + wanted]
            found += [Row(r["number"], r, _looked(one, r)) for r in rows]
            skip, wanted = 0, wanted - len(rows)
        first += b["rows"]
        if not wanted:
            break
    return found, total


def row(one: Screening, number: int) -> Row | None:
    first = 0
    for at, b in enumerate(one.batches):
        if first <= number < first + b["rows"]:
            found = next(iter(_rows(one, at, first, number - first)))
            return Row(number, found, _looked(one, found))
        first += b["rows"]
    return None


def every(one: Screening) -> Iterator[dict[str, Any]]:
    """All rows of the output, in the order of the file, each with what was answered."""
    first = 0
    for at, b in enumerate(one.batches):
        yield from _rows(one, at, first)
        first += b["rows"]


def _rows(one: Screening, at: int, first: int, only: int | None = None) -> Iterator[dict[str, Any]]:
    b = one.batches[at]
    batch = box(one).batch(at, b["at"], b["size"])
    plain = (batch if only is None else batch.slice(only, 1)).to_pylist()
    for number, cells in enumerate(plain, first + (only or 0)):
        found = {"number": number, **cells}
        answers = one.answers.get(str(number))
        looked = look(_given_cells(found), answers) if answers else None
        yield replaced(found, looked) if looked else found


def _looked(one: Screening, cells: Mapping[str, Any]) -> Looked | None:
    return look(_given_cells(cells), one.answers.get(str(cells["number"]), {}))


def _given_cells(cells: Mapping[str, Any]) -> dict[str, str | None]:
    return {name.removeprefix("in."): value for name, value in cells.items() if name.startswith("in.")}


def answer(one: Screening, number: int, answers: Mapping[str, bool | None]) -> Row | None:
    """Answer questions of a row (None takes an answer back) and judge it again. None: there is no such row."""
    with transaction.atomic():
        held = Screening.objects.select_for_update().get(pk=one.pk)
        before = row(held, number)
        if before is None:
            return None
        now = {**held.answers.get(str(number), {}), **answers}
        held.answers[str(number)] = {name: value for name, value in now.items() if value is not None}
        after = row(held, number)
        assert after
        batch = _batch_of(held, number)
        old, new = before.cells["outcome"], after.cells["outcome"]
        batch["counts"][old] -= 1
        batch["counts"][new] = batch["counts"].get(new, 0) + 1
        held.save(update_fields=("answers", "batches"))
    one.answers, one.batches = held.answers, held.batches
    return after


def _batch_of(one: Screening, number: int) -> Any:
    for b in one.batches:
        if number < b["rows"]:
            return b
        number -= b["rows"]
    raise IndexError(number)
