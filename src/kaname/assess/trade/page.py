"""The page of a product: every figure of an importer and its years, each explained, and the notes of what was done."""

from collections.abc import Sequence
from decimal import Decimal

from kaname.assess.trade import dependence
from kaname.assess.trade.asked import Asked
from kaname.assess.trade.criticality import Criticality
from kaname.assess.trade.figures import Figure, Figures
from kaname.assess.trade.flows import Flows
from kaname.assess.trade.governance import Governance
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.production import Production
from kaname.assess.trade.products import Bundle
from kaname.assess.trade.tally import Tally
from kaname.assess.trade.uses import Uses


class Page:
    """The figures of one product and importer. `materials`: what of it is produced, or lies in the ground."""

    def __init__(
        self, flows: Flows, bundle: Bundle, asked: Asked, materials: Sequence[Production] = (),
        governance: Governance | None = None,
    ) -> None:  # fmt: skip
        self.notes, self.figures, self.asked = Notes(), Figures(), asked
        self.notes.take(flows.notes)
        self.source, self._absent = flows.source, flows.absent
        self._tally = Tally(flows, bundle, asked, self.notes)
        self._critical = Criticality(self.figures, asked, materials, governance, flows.source, self.notes)
        for year in asked.years:
            self._year(year)
        dependence.changes(self.figures)
        dependence.lasting(self.figures)

    def _year(self, year: int) -> None:
        imports, exports = self._tally.bought(year), self._tally.sold(year)
        if self._absent:
            self._critical.worlds(year)
            return
        if not imports.by_country:
            self.notes.add(Rule.NO_YEAR, found=str(year))
            self.figures.append(Figure("imports", year, None, {}, self.source))
            return
        if not exports.by_country:
            self.notes.add(Rule.NO_EXPORTS, found=str(year))
        dependence.suppliers(self.figures, self.asked, year, imports, self.source)
        dependence.against_exports(self.figures, self.asked, year, imports, exports, self.source)
        dependence.beside_the_world(
            self.figures, year, imports, exports, self._tally.world(year), self.source
        )  # fmt: skip
        self._critical.year(year, imports, exports)

    def importance(self, uses: Uses, substitution: Decimal, largest: Decimal | None) -> None:
        """Add the economic importance of the product's uses."""
        inputs = {
            "use": uses.share, "value_added": uses.value_added, "substitution": float(substitution),
            "largest": None if largest is None else float(largest),
        }  # fmt: skip
        self.figures.add("economic_importance", self.asked.years[-1], inputs, uses.records, uses.name)
