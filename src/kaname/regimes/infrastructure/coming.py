"""Sectors that are enacted and not in force, and the kinds of cases as they would be if one were: for a dry run.

Nothing is declared anew: the kinds of today with one more day of the catalogue and, on that day, one more choice of
business. Until the Cabinet Order names the businesses of a sector, a nameless one stands for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kaname.law import PROMULGATED, T, Text
from kaname.procedure import Entry
from kaname.procedure.declare import Act, CaseKind, Field, Option
from kaname.regimes.infrastructure.catalogue import SECTORS
from kaname.regimes.infrastructure.catalogue.model import Sector
from kaname.regimes.infrastructure.designation import BUSINESS
from kaname.regimes.infrastructure.kinds import KINDS

NAMELESS = "unnamed"
_NOT_NAMED = T("政令の定める事業（未定）", "a business the Cabinet Order will name")


@dataclass(frozen=True, slots=True)
class Coming:
    """A sector that waits for its day: `earliest` and `latest` bound it."""

    sector: Sector
    earliest: date
    latest: date | None

    @property
    def id(self) -> str:
        return self.sector.id

    @property
    def label(self) -> Text:
        return T(f"基幹インフラの対象に{self.sector.name.ja}を追加", f"{self.sector.name.en} added to the sectors")

    def kinds(self, since: date) -> Mapping[str, CaseKind]:
        """The kinds of Chapter 3, each with the version that the sector would bring on a day."""
        return {kind.id: _with(kind, self.sector, since) for kind in KINDS}

    def first_designation(self, since: date) -> Entry:
        """The first act that the sector would allow, on its first day."""
        return Entry("designation.designate", since, {"business": self._business(), "successor": False})

    def _business(self) -> str:
        named = self.sector.businesses
        return f"{self.sector.id}.{named[0].id if named else NAMELESS}"


def coming() -> tuple[Coming, ...]:
    """Every sector that is enacted and has no day yet."""
    return tuple(Coming(s, max([PROMULGATED, *(c.since for c in s.competences)]), s.at_latest)
                 for s in SECTORS if s.since is None)  # fmt: skip


def _with(kind: CaseKind, sector: Sector, since: date) -> CaseKind:
    procedures = tuple(replace(p, acts=tuple(_act(a, sector, since) for a in p.acts)) for p in kind.procedures)
    return replace(kind, procedures=procedures, catalogue_days=(*kind.catalogue_days, since))


def _act(act: Act, sector: Sector, since: date) -> Act:
    if BUSINESS not in act.fields:
        return act
    return replace(act, fields=tuple(_field(f, sector, since) if f is BUSINESS else f for f in act.fields))


def _field(field: Field, sector: Sector, since: date) -> Field:
    names = [(f"{sector.id}.{b.id}", b.name) for b in sector.businesses] or [(f"{sector.id}.{NAMELESS}", _NOT_NAMED)]
    kept = tuple(o for o in field.options if not o.id.startswith(f"{sector.id}."))
    return replace(field, options=(*kept, *(
        Option(id, T(f"{sector.name.ja}：{name.ja}", f"{sector.name.en}: {name.en}"), (sector.item,), since=since)
        for id, name in names)))
