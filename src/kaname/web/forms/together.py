"""What the page of many letters is asked: a kind and an act of it, from day to day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kaname.access import api as access
from kaname.access.models import Person
from kaname.days import DayError
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.papers import inventory, letters
from kaname.procedure.index import index
from kaname.web.read import parse_day

_NO_ACT = T("書面になる行為を選んでください", "choose an act of which there is a paper")


@dataclass(frozen=True, slots=True)
class Together:
    """`choices`: acts by kind, of the kinds that the person acts in; `wanted`: None while nothing is asked."""

    choices: Sequence[tuple[Text, Sequence[tuple[str, Text]]]]
    chosen: str = ""
    first: str = ""
    last: str = ""
    wanted: Sequence[letters.Wanted] | None = None
    errors: Mapping[str, Text] = field(default_factory=dict)

    @classmethod
    def read(cls, person: Person, given: Mapping[str, str]) -> "Together":
        choices = _choices(person)
        chosen, first, last = (given.get(name, "").strip() for name in ("act", "from", "to"))
        if not chosen:
            return cls(choices)
        errors: dict[str, Text] = {}
        days = {name: _day(name, text, errors) for name, text in (("from", first), ("to", last))}
        if all(chosen != id for _, acts in choices for id, _ in acts):
            errors["act"] = _NO_ACT
        wanted: Sequence[letters.Wanted] | None = None
        if not errors:
            kind_id, _, act = chosen.partition("/")
            try:
                wanted = letters.select(person, kind_id, act, days["from"], days["to"])
            except letters.NotIssued as wrong:
                errors["from"] = wrong.text
        return cls(choices, chosen, first, last, wanted, errors)


def _day(name: str, text: str, errors: dict[str, Text]) -> date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except DayError as wrong:
        errors[name] = wrong.text
        return None


def _choices(person: Person) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The acts that have a paper, of the kinds in which the person has a mandate."""
    named = {m.kind for m in access.mandates(person, access.today())}
    found = []
    for kind in kinds().values():
        if "" in named or kind.id in named:
            acts = [(f"{kind.id}/{name}", of.act.label) for name, of in index(kind).acts.items()
                    if of.name == name and inventory.sort_of(kind.id, name).id in inventory.PAPERS]  # fmt: skip
            found.append((kind.label, acts))
    return found
