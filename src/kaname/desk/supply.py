"""Stable supply as an office sees it: the deck, the tables its people loaded, and the plans of its own cases.

A table is taken whole; rows that cannot be used are left out and told as long as the table lies here.
"""

import csv
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

from django.db.models import QuerySet

from kaname.access import api as access
from kaname.access.models import Person
from kaname.desk import sheets
from kaname.desk.models import SupplyTable
from kaname.files.problems import BadInput, Problem
from kaname.files.rows import Row, rows
from kaname.files.streams import unusable
from kaname.law import T
from kaname.regimes.supply import effect, funds, register
from kaname.regimes.supply.board import GROUPS
from kaname.regimes.supply.catalogue.products import PRODUCTS
from kaname.regimes.supply.effect.figures import Figure
from kaname.regimes.supply.funds.model import Line
from kaname.regimes.supply.funds.table import Table
from kaname.regimes.supply.register.plan import Certified

if TYPE_CHECKING:
    from kaname.desk.trade import Shown

FUNDS, PLANS, FIGURES = "funds", "plans", "figures"
MOST = 100  # tables of an office
_REMEMBERED = 64
_READERS: dict[str, Callable[[Sequence[Row]], Any]] = {
    FUNDS: funds.read, PLANS: register.read, FIGURES: effect.read,
}  # fmt: skip
_HELD = {FUNDS: "lines", PLANS: "plans", FIGURES: "figures"}


@dataclass(frozen=True, slots=True)
class Read:
    """What a table holds (lines, plans or figures), and what was wrong by line."""

    held: tuple[Any, ...]
    problems: tuple[Problem, ...]


# -- tables ----------------------------------------------------------------------------------------------------------


def keep(person: Person, kind: str, name: str, content: IO[bytes], encoding: str = "") -> SupplyTable:
    """Take a table. Raises BadInput with every problem where none of its rows can be used; nothing is kept then."""
    called, raw = sheets.taken(name, content)
    found = read(kind, called, raw, encoding)
    if not found.held:
        raise BadInput(found.problems)
    if _of_office(person).count() >= MOST:
        raise unusable(called, T(f"表は{MOST}まで；要らない表を消す", f"at most {MOST} tables; remove one first"))
    one = SupplyTable(office=person.office, person=person, kind=kind, encoding=encoding, rows=len(found.held),
                      bad=len(found.problems))  # fmt: skip
    one.take(called, raw)
    one.save(force_insert=True)
    return one


def keep_dependence(person: Person, product: str, found: "Shown") -> SupplyTable:
    """The shares of a page of trade as figures of a product's dependence, for its yearly check. Raises BadInput where
    the page has none, KeyError for an unknown product."""
    from kaname.regimes.supply.effect.from_trade import as_table

    source = f"{found.tables[0].name} SHA-256 {found.tables[0].digest[:12]}"
    known = [(f.year, f.measure, f.value) for f in found.page.figures if f.value is not None and not f.of]
    out = StringIO()
    csv.writer(out).writerows(as_table(PRODUCTS[product], known, source))
    return keep(person, FIGURES, f"{product}-{found.asked.importer}.csv", BytesIO(out.getvalue().encode()))


def read(kind: str, name: str, raw: bytes, encoding: str = "") -> Read:
    """A table as its kind is read. Raises BadInput for what is no table."""
    given, broken = rows(name, raw, encoding)
    found = _READERS[kind](given)
    problems = [*broken, *(Problem(name, f.line, f.field, f.text) for f in found.faults)]
    return Read(getattr(found, _HELD[kind]), tuple(sorted(problems, key=lambda p: p.line)))


def opened(one: SupplyTable) -> Read:
    """A table as it was read. Raises CannotOpen, KeysMissing."""
    with _LOCK:
        found = _READ.get(one.public_id)
    if found is None:
        found = read(one.kind, one.name, one.raw, one.encoding)
        with _LOCK:
            _READ[one.public_id] = found
            while len(_READ) > _REMEMBERED:
                _READ.popitem(last=False)
    return found


_LOCK = Lock()
_READ: OrderedDict[str, Read] = OrderedDict()


def of(person: Person, public_id: str) -> SupplyTable | None:
    """A table of that person's office; another office's is not there."""
    return _of_office(person).filter(public_id=public_id).first()


def listed(person: Person) -> list[SupplyTable]:
    """The tables of the office, the newest first."""
    return list(_of_office(person).defer("content").order_by("-made_at", "-pk"))


def discard(one: SupplyTable) -> None:
    with _LOCK:
        _READ.pop(one.public_id, None)
    one.delete()


def _of_office(person: Person) -> QuerySet[SupplyTable]:
    return SupplyTable.objects.filter(office=person.office_id).select_related("person", "office")


def _held(person: Person, kind: str) -> list[Any]:
    """Everything the tables of a kind hold, in the order in which they were loaded."""
    tables = _of_office(person).filter(kind=kind).defer("content").order_by("made_at", "pk")
    return [held for one in tables for held in opened(one).held]


# -- what they say ---------------------------------------------------------------------------------------------------


def money(person: Person, as_of: date) -> Table:
    """The fund table on a day: the deck, and what the office loaded."""
    lines: list[Line] = _held(person, FUNDS)
    return funds.table((*funds.DECK_LINES, *lines), as_of)


def own_plans(person: Person, as_of: date | None = None) -> list[Certified]:
    """The certified plans among the cases a person may know of."""
    return [
        plan
        for at in access.standings(person, "supply.plan", as_of, within={"plan": ("certified", "cancelled")})
        if (plan := register.of_standing(at.standing, at.case.public_id))
    ]


def by_group(person: Person) -> dict[str, int]:
    """How many plans a person may know of stand in each group of states: counted, not read."""
    return {
        group: access.standings_page(person, "supply.plan", {"plan": states}, "next_due_on", 0, 0).total
        for group, states in GROUPS.items()
    }


def plans(person: Person) -> list[Certified]:
    """The register: the office's own cases, and what was imported."""
    imported: list[Certified] = _held(person, PLANS)
    return [*own_plans(person), *imported]


def review(person: Person, product: str, as_of: date, since: date | None = None) -> effect.Review:
    """One product looked back upon. Raises KeyError for an unknown one."""
    figures: list[Figure] = _held(person, FIGURES)
    table = money(person, as_of)
    return effect.review(PRODUCTS[product], (*effect.GOALS, *effect.KNOWN, *figures), table.row(product), as_of, since)


def reviews(person: Person, as_of: date) -> list[effect.Review]:
    """Every product looked back upon, the tables read once."""
    figures: list[Figure] = _held(person, FIGURES)
    table = money(person, as_of)
    every = (*effect.GOALS, *effect.KNOWN, *figures)
    return [effect.review(p, every, table.row(p.id), as_of) for p in PRODUCTS.values() if p.designated_on <= as_of]
