"""The checklist of a case: ticks on what the declaration asks, on lines of one's own, on lines an office always wants.

What the declaration asks is worked out by the pages (`web.case.demands`); here lie ticks, own lines and templates. A
tick says that a person looked after something. It is no act: the ledger knows nothing of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BooleanField, Value

from kaname.access import api as access
from kaname.access.models import Person
from kaname.aside.models import Line, Template, Tick
from kaname.law import T, Text
from kaname.ledger import clock, sealing
from kaname.ledger.destroyed import GONE
from kaname.ledger.errors import Destroyed
from kaname.ledger.models import Case

LONGEST, LINES, TEMPLATES = 200, 100, 50


class BadLine(ValueError):
    """A line that cannot be kept; `text` tells what was expected."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Own:
    """A line of people: its key for ticks, its text, and whether this person added it."""

    key: str
    text: str
    who: str = ""
    mine: bool = False


def ticks(case: Case) -> dict[str, Tick]:
    """The last tick of each line, by its key."""
    return {t.key: t for t in Tick.objects.filter(case=case).select_related("person").order_by("pk")}


def summary(person: Person, case: Case) -> tuple[set[str], set[str]]:
    """For the case page, in one statement: the keys of lines that people want, and the keys that are ticked."""
    of_office = Template.objects.filter(office=person.office_id, kind=case.kind, ended_at=None)
    of_people = Line.objects.filter(case=case, removed_at=None)
    ticked = Tick.objects.filter(case=case)
    yes = Value(True, output_field=BooleanField())
    rows = of_office.values_list(Value("office/"), "public_id", "pk", yes).union(
        of_people.values_list(Value("own/"), "public_id", "pk", yes),
        ticked.values_list(Value(""), "key", "pk", "done"), all=True,
    )  # fmt: skip
    wanted: set[str] = set()
    last: dict[str, tuple[int, bool]] = {}
    for sort, key, pk, done in rows:
        if sort:
            wanted.add(sort + key)
        elif pk >= last.get(key, (0, False))[0]:
            last[key] = (pk, bool(done))
    return wanted, {key for key, (_, done) in last.items() if done}


def tick(person: Person, case: str, key: str, done: bool) -> bool:
    """Tick a line or take the tick away; whether that changed anything. Raises UnknownCase."""
    found = access.find(person, case)
    last = Tick.objects.filter(case=found, key=key).order_by("-pk").first()
    if (last.done if last else False) == done:
        return False
    Tick.objects.create(case=found, key=key, done=done, person=person)
    return True


def lines(person: Person, case: Case) -> list[Own]:
    """Lines that people added to this case, in the order of adding."""
    found = Line.objects.filter(case=case, removed_at=None).select_related("person").order_by("pk")
    return [Own(f"own/{x.public_id}", _opened(x), x.person.name, x.person_id == person.pk) for x in found]


@transaction.atomic
def add(person: Person, case: str, text: str) -> str:
    """Add a line to a case; its key. Raises UnknownCase, BadLine."""
    found, plain = access.hold(person, case), _checked(text)
    if Line.objects.filter(case=found, removed_at=None).count() >= LINES:
        raise BadLine(T(f"一つの案件に{LINES}行までです。", f"A case has at most {LINES} lines."))
    line = Line(case=found, person=person)
    line.sealed = sealing.seal_text(_purpose(line), plain.encode(), found.circle)
    line.key_id = sealing.key_of(line.sealed)
    line.save()
    return f"own/{line.public_id}"


def remove(person: Person, case: str, key: str) -> bool:
    """Take one's own line away; whether it was there. Raises UnknownCase."""
    mine = Line.objects.filter(case=access.find(person, case), person=person, public_id=key.removeprefix("own/"))
    return bool(mine.filter(removed_at=None).update(removed_at=clock.now()))


def seal_again(case: str) -> None:
    """Every line under the key of the circle that the case has come into. Within the transaction that moves it."""
    for line in Line.objects.select_for_update(of=("self",)).filter(case__public_id=case).select_related("case"):
        plain = sealing.open_text(_purpose(line), bytes(line.sealed))
        line.sealed = sealing.seal_text(_purpose(line), plain, line.case.circle)
        line.key_id = sealing.key_of(line.sealed)
        line.save(update_fields=("sealed", "key_id"))


def _opened(line: Line) -> str:
    try:
        return sealing.open_text(_purpose(line), bytes(line.sealed)).decode()
    except Destroyed:
        return GONE


def _purpose(line: Line) -> str:
    return f"checklist/{line.public_id}"


def _checked(text: str) -> str:
    plain = " ".join(text.replace("\0", "").split())
    if not 0 < len(plain) <= LONGEST:
        raise BadLine(T(f"1字から{LONGEST}字で書いてください。", f"Write 1 to {LONGEST} characters."))
    return plain


# -- what an office always wants ---------------------------------------------------------------------------------------


def templates(person: Person, kinds: Iterable[str]) -> list[Template]:
    """The lines that the person's office wants on cases of some kinds."""
    wanted = Template.objects.filter(office=person.office, kind__in=list(kinds), ended_at=None)
    return list(wanted.select_related("person").order_by("kind", "pk"))


def want(person: Person, kind: str, text: str) -> Template:
    """Put a line on the checklist of every case of a kind. Raises BadLine."""
    plain = _checked(text)
    if Template.objects.filter(office=person.office, kind=kind, ended_at=None).count() >= TEMPLATES:
        raise BadLine(T(f"一つの種類に{TEMPLATES}行までです。", f"A kind has at most {TEMPLATES} lines."))
    return Template.objects.create(office=person.office, kind=kind, text=plain, person=person)


def end(person: Person, id: str) -> bool:
    """A line is not wanted any more; whether it was there."""
    wanted = Template.objects.filter(office=person.office, public_id=id, ended_at=None)
    return bool(wanted.update(ended_at=clock.now()))
