"""Small offices with real cases of the Act in them: for what must be seen on pages, lists and through the API."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from folk import LONG_AGO

from kaname.access.models import Compartment, Mandate, Membership, Move, Office, Person, Placement
from kaname.ledger import clock, perform
from kaname.ledger.judging import Receipt
from kaname.ledger.models import Case
from kaname.procedure import Entry

KIND = "patents.application"
PARTIES = ("架空社", "空想社", "虚構社")
_keys = count(1)


def file(party: str, title: str, on: date) -> Entry:
    """The act that opens a case."""
    return Entry("first_review.file", on, {"title": title, "listed": True}, by="applicant", party=party)


def opened(entry: Entry, circle: Compartment | None = None, by: Person | None = None) -> Case:
    """A case, in a circle from its first moment where one is named."""

    def put(case: int) -> None:
        Placement.objects.create(case_id=case, compartment=circle)
        Move.objects.create(case_id=case, compartment=circle, by=by)

    receipt = perform.open_case(
        KIND, entry, idempotency_key=f"inhabited-{next(_keys)}", series=circle.public_id if circle else "",
        beside=put if circle else None,
    )  # fmt: skip
    assert isinstance(receipt, Receipt), receipt
    return Case.objects.get(public_id=receipt.case)


@dataclass
class Inhabited:
    """One office, drawn: who is in it, what lies in it, and (the oracle) who may see what."""

    people: list[Person] = field(default_factory=list)
    circles: list[Compartment] = field(default_factory=list)
    cases: list[tuple[Case, str, Compartment | None]] = field(default_factory=list)  # with party and circle

    def may_see(self, person: Person, case: tuple[Case, str, Compartment | None]) -> bool:
        """From the rows as they lie, in plain Python."""
        row, party, circle = case
        day = clock.today()
        if not person.is_active:
            return False
        covered = any(
            m.runs_on(day) and m.case_id in (None, row.pk) and m.kind in ("", KIND)
            and (not m.party or (m.role, m.party) == ("applicant", party))
            for m in Mandate.objects.filter(person=person)
        )  # fmt: skip
        inside = circle is None or any(
            m.runs_on(day) for m in Membership.objects.filter(person=person, compartment=circle)
        )
        return covered and inside

    def seen_by(self, person: Person) -> tuple[list[Case], list[Case]]:
        """The cases a person may know of, and the others."""
        seen = [c[0] for c in self.cases if self.may_see(person, c)]
        return seen, [c[0] for c in self.cases if c[0] not in seen]


def settle(seed: int, people: int = 2, cases: int = 4) -> Inhabited:
    """The office of a seed, written into the database at hand."""
    random, world = Random(seed), Inhabited()
    office = Office.objects.create(sort="attorney", name_ja=f"架空{seed}", name_en=f"Kaku {seed}")
    world.circles = [Compartment.objects.create(name=f"circle {seed}-{n}") for n in range(2)]
    for n in range(people):
        who = Person.objects.create(email=f"w{seed}-{n}@example.jp", name=f"人{seed}-{n}", office=office)
        world.people.append(who)
        for circle in world.circles:
            if random.random() < 0.4:
                Membership.objects.create(compartment=circle, person=who, valid_from=LONG_AGO, valid_until=_end(random))
    today = clock.today()
    for n in range(cases):
        party, circle = random.choice(PARTIES), random.choice((None, None, *world.circles))
        on = today - timedelta(random.randint(1, 200))
        case = opened(file(party, f"題{seed:x}z{n}", on), circle)
        world.cases.append((case, party, circle))
    for who in world.people:
        for _ in range(random.choice((1, 1, 2))):
            Mandate.objects.create(
                person=who, role=random.choice(("applicant", "jpo")), kind=random.choice(("", KIND)),
                party=random.choice(("", "", *PARTIES)), valid_from=LONG_AGO, valid_until=_end(random),
                case=random.choice(world.cases)[0] if random.random() < 0.3 else None,
            )  # fmt: skip
    return world


def _end(random: Random) -> date | None:
    return random.choice((None, None, clock.today(), clock.today() - timedelta(1)))
