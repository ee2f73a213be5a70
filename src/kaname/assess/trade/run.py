"""From files to the page of a product: everything that was given, read, and what was wrong in it by its line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.concordance import Concordance, read_concordance
from kaname.assess.trade.flows import Flows
from kaname.assess.trade.governance import Governance, read_governance
from kaname.assess.trade.notes import Rule
from kaname.assess.trade.page import Page
from kaname.assess.trade.production import Production, columns_of, read_production
from kaname.assess.trade.products import Bundle
from kaname.assess.trade.reading import open_flows
from kaname.assess.trade.uses import Uses, read_uses
from kaname.files.batches import Fault
from kaname.files.named import Table, told_by_name
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import WrongEncoding
from kaname.files.tables import open_reader
from kaname.law import T, Text

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Given:
    """The tables; `revision`: of the HS in rows of the trade that state none."""

    trade: Table
    production: Table | None = None
    governance: Table | None = None
    concordance: Table | None = None
    uses: Table | None = None
    revision: str = ""


@dataclass(slots=True)
class Read:
    """The tables as they were read for one bundle. `problems`: of all of them."""

    flows: Flows
    materials: list[Production] = field(default_factory=list)
    governance: Governance | None = None
    uses: Uses | None = None
    absent: list[str] = field(default_factory=list)  # materials that the table of production does not have
    problems: list[Problem] = field(default_factory=list)

    def page(
        self, bundle: Bundle, asked: Asked, uses_substitution: Decimal = Decimal(1), largest: Decimal | None = None
    ) -> Page:
        """The page of what is asked."""
        made = Page(self.flows, bundle, asked, self.materials, self.governance)
        for material in self.materials:
            made.notes.take(material.notes)
        if self.governance is not None:
            made.notes.take(self.governance.notes)
        for name in self.absent:
            made.notes.add(Rule.NO_MATERIAL, found=name)
        if self.uses is not None:
            made.importance(self.uses, uses_substitution, largest)
        return made


def read_all(given: Given, bundle: Bundle) -> Read:
    """All tables, for one bundle. Raises BadInput where one cannot be used at all."""
    if _is_production(given.trade, bundle):
        return _production_alone(given, bundle)
    concordance, wrong = None, list[Problem]()
    if given.concordance is not None:
        concordance = _decoded(given.concordance, read_concordance)
        wrong = problems(given.concordance.name, concordance.faults)
    found = _read_trade(given, bundle, concordance)
    found.problems += wrong
    if given.production is not None:
        _read_materials(found, given.production, bundle)
    _read_governance(found, given.governance)
    if given.uses is not None:
        found.uses = _decoded(given.uses, read_uses)
        found.uses.name = given.uses.name
        found.problems += problems(given.uses.name, found.uses.faults)
    return found


def _read_trade(given: Given, bundle: Bundle, concordance: Concordance | None) -> Read:
    with (
        told_by_name(given.trade) as table,
        open_flows(table.path, bundle, table.form, table.encoding, concordance, given.revision) as (flows, reader),
    ):
        found = Read(flows, problems=problems(table.name, reader.place(flows.faults)))
        if flows.source == table.path:
            flows.source = table.name
        if not flows.year.size and not flows.faults:
            raise BadInput([Problem(table.name, 0, "", _no_rows(flows, bundle))])
    return found


def _is_production(table: Table, bundle: Bundle) -> bool:
    """Whether the table given as trade is one of production, and the product called like a material of it."""
    if table.path == "-" or any(part.code.isdecimal() for part in bundle.parts):
        return False
    with told_by_name(table), open_reader(table.path, table.form, table.encoding) as reader:
        return columns_of(reader.names) is not None


def _production_alone(given: Given, bundle: Bundle) -> Read:
    found = Read(Flows.none(given.trade.name, given.trade.name))
    _read_material(found, given.trade, bundle.parts[0].code, Decimal(1))
    found.flows.source = found.materials[0].source
    _read_governance(found, given.governance)
    return found


def _read_materials(found: Read, table: Table, bundle: Bundle) -> None:
    """The materials of a bundle. Of a designated product's, those that the table does not have are told."""
    for material in bundle.materials:
        try:
            _read_material(found, table, material.name, material.weight)
        except BadInput:
            if not bundle.unverified:
                raise
            found.absent.append(material.name)


def _read_material(found: Read, table: Table, name: str, weight: Decimal) -> None:
    made = _decoded(table, lambda path, form, encoding: read_production(path, name, weight, form, encoding))
    if made.source == table.path:
        made.source = table.name
    made.name = table.name
    found.materials.append(made)
    found.problems += problems(table.name, made.faults)


def _read_governance(found: Read, table: Table | None) -> None:
    if table is None:
        return
    found.governance = _decoded(table, read_governance)
    found.problems += problems(table.name, found.governance.faults)


def _decoded(table: Table, read: Callable[[str, str | None, str], _Made]) -> _Made:
    """A table beside that of trade, in the encoding that it turns out to have."""
    try:
        with told_by_name(table):
            return read(table.path, table.form, table.encoding)
    except WrongEncoding as wrong:
        if table.encoding != "utf-8" or not wrong.likely:
            raise
        with told_by_name(table):
            return read(table.path, table.form, wrong.likely)


def problems(name: str, faults: Sequence[tuple[int, Fault]]) -> list[Problem]:
    return [_problem(name, line, fault) for line, fault in faults]


def _problem(name: str, line: int, fault: Fault) -> Problem:
    found = fault.found
    if isinstance(found, str):
        found = T(f"「{found}」は読めない", f"cannot read {found!r}")
    wanted = fault.expected
    return Problem(name, line, fault.field, T(f"{found.ja}；{wanted.ja}が要る", f"{found.en}; expected {wanted.en}"))


def _no_rows(flows: Flows, bundle: Bundle) -> Text:
    seen = ", ".join(flows.seen) or "-"
    return T(f"{bundle.name} の行がない；ある品目：{seen}", f"no rows of {bundle.name}; the file has: {seen}")
