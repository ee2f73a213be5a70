"""From files to the page of a product: everything that was given, read, and what was wrong in it by its line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.concordance import read_concordance
from kaname.assess.trade.flows import Flows
from kaname.assess.trade.governance import Governance, read_governance
from kaname.assess.trade.notes import Rule
from kaname.assess.trade.page import Page
from kaname.assess.trade.production import Production, columns_of, read_production
from kaname.assess.trade.products import Bundle
from kaname.assess.trade.reading import open_flows
from kaname.assess.trade.uses import Uses, read_uses
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import Fault, open_reader
from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Given:
    """Paths of the tables; `revision`: of the HS in rows of the trade that state none."""

    trade: str
    production: str = ""
    governance: str = ""
    concordance: str = ""
    uses: str = ""
    form: str | None = None
    encoding: str = "utf-8"
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
    if (alone := _production_alone(given, bundle)) is not None:
        return alone
    concordance = read_concordance(given.concordance) if given.concordance else None
    with open_flows(given.trade, bundle, given.form, given.encoding, concordance, given.revision) as (flows, reader):
        found = Read(flows, problems=problems(given.trade, reader.place(flows.faults)))
        if not flows.year.size and not flows.faults:
            raise BadInput([Problem(given.trade, 0, "", _no_rows(flows, bundle))])
    if concordance is not None:
        found.problems += problems(given.concordance, concordance.faults)
    if given.production:
        _read_materials(found, given.production, bundle)
    if given.governance:
        found.governance = read_governance(given.governance)
        found.problems += problems(given.governance, found.governance.faults)
    if given.uses:
        found.uses = read_uses(given.uses)
        found.problems += problems(given.uses, found.uses.faults)
    return found


def _production_alone(given: Given, bundle: Bundle) -> Read | None:
    """Where the table given as trade is one of production: the material called like the product, and no trade."""
    if given.trade == "-":
        return None
    with open_reader(given.trade, given.form, given.encoding) as reader:
        if columns_of(reader.names) is None or any(part.code.isdigit() for part in bundle.parts):
            return None
    material = read_production(given.trade, bundle.parts[0].code)
    found = Read(Flows.none(given.trade, material.source), [material])
    found.problems += problems(given.trade, material.faults)
    if given.governance:
        found.governance = read_governance(given.governance)
        found.problems += problems(given.governance, found.governance.faults)
    return found


def _read_materials(found: Read, name: str, bundle: Bundle) -> None:
    """The materials of a bundle. Of a designated product's, those that the table does not have are told."""
    for material in bundle.materials:
        try:
            made = read_production(name, material.name, material.weight)
        except BadInput:
            if not bundle.unverified:
                raise
            found.absent.append(material.name)
            continue
        found.materials.append(made)
        found.problems += problems(name, made.faults)


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
