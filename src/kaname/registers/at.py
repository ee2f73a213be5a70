"""What every subject is built from: the day, and what this reader may know of the office's records on it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from kaname.access.models import Person
from kaname.law import T, Text
from kaname.registers.blocks import Figure, Source
from kaname.registers.records import Records
from kaname.registers.sources import office

NOT_COUNTED = T("事務所の記録を数えていない", "the records of an office are not counted here")


@dataclass(frozen=True, slots=True)
class At:
    """`today` is the day on which the picture is drawn; `person` None: the catalogues alone, as anyone may see them."""

    day: date
    today: date
    person: Person | None
    records: Records

    def counted(self, id: str, label: Text, value: int | None, unit: Text, records: str = "") -> Figure:
        """A figure counted over the cases of this office."""
        return Figure(id, label, value, unit, self.own, records, NOT_COUNTED if value is None else None)

    @property
    def known(self) -> date:
        """The day up to which anything is known: no source speaks of a day that has not come."""
        return min(self.day, self.today)

    @property
    def own(self) -> Source:
        """The source of what is counted in the office."""
        return office(self.known)

    def address(self, page: str, **query: str) -> str:
        """A page of the office on the day of the picture."""
        return f"{page}?{urlencode({**query, 'as_of': self.day.isoformat()})}"

    def cases(self, kind: str, procedure: str = "", *states: str) -> str:
        """The cases that are counted, those in which a procedure stands in one of the states; "" where nobody's are."""
        if self.person is None:
            return ""
        return self.address("/glance/records/", kind=kind, procedure=procedure, state=",".join(states))
