"""What a vendor sees of its own passport's way: who asked for it, who has it, until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef

from kaname.access.models import Person
from kaname.access.predicate import in_force
from kaname.access.sealed import readings_about
from kaname.days import jst_date
from kaname.ledger import clock
from kaname.regimes.infrastructure.filing.content import PartyRole
from kaname.vendors.consents import running
from kaname.vendors.invitations import Accepted, accepted
from kaname.vendors.models import Consent, Invitation, Member, Reminder, Use, Version
from kaname.vendors.rights import own_vendor, own_vendors


@dataclass(frozen=True, slots=True)
class Ask:
    """An operator asked for the passport, by an invitation that was taken. `consent`: its id while it holds, else "".

    The plan itself is the operator's: a vendor learns its own place in it, and no more.
    """

    invitation: str
    operator: str
    role: PartyRole
    party: str
    at: datetime
    consent: str
    until: date | None
    veil: tuple[str, ...]
    accepted: Accepted | None
    reminded: datetime | None

    @property
    def reminded_on(self) -> date | None:
        return jst_date(self.reminded) if self.reminded else None


@dataclass(frozen=True, slots=True)
class Holder:
    """An operator has a version in a plan. `filed_at`: the authority has it since; `ended_at`: it was taken out."""

    operator: str
    role: PartyRole
    version: int
    at: datetime
    filed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody has opened what is sealed in the passport, or a file of it, outside of a filed plan."""

    at: datetime
    who: str
    office_ja: str
    office_en: str
    what: str


def asks(person: Person, vendor: str) -> list[Ask]:
    """Who asked, the newest first, each place in a plan once. Raises Unknown."""
    found = own_vendor(person, vendor)
    held = list(found.consents.filter(running(clock.today())).order_by("-pk"))
    told = dict(Reminder.objects.filter(invitation__vendor=found).values_list("invitation_id").annotate(Max("at")))
    rows = found.invitations.select_related("preparation", "used_by").defer("preparation__sealed").order_by("-pk")
    newest: dict[tuple[int, str, str], Invitation] = {}
    for row in rows:
        newest.setdefault((row.preparation_id, row.party, row.role), row)
    return [_ask(row, held, told.get(row.pk)) for row in newest.values()]


def _ask(row: Invitation, held: list[Consent], reminded: datetime | None) -> Ask:
    here = (c for c in held if c.operator == row.preparation.operator)
    of = next((c for c in here if c.preparation_id in (None, row.preparation_id)), None)
    return Ask(
        row.public_id, row.preparation.operator, PartyRole(row.role), row.party, row.used_at or row.made_at,
        of.public_id if of else "", of.ends_on if of else None, tuple(of.veil) if of else (), accepted(row),
        reminded,
    )  # fmt: skip


_DAY = timedelta(days=1)


def reminded(now: datetime) -> list[Person]:
    """Who speaks for a vendor that was reminded within a day."""
    lately = Reminder.objects.filter(at__gt=now - _DAY).values("invitation__vendor")
    of = Member.objects.filter(in_force(clock.today()), vendor__in=lately, person__is_active=True)
    return list(Person.objects.filter(pk__in=of.values("person")).select_related("office").order_by("pk"))


def is_waited_for(person: Person, now: datetime) -> bool:
    """Whether a vendor of this person's was reminded within a day, and has neither handed over nor consented since."""
    made = Version.objects.filter(vendor=OuterRef("invitation__vendor"), at__gt=OuterRef("at"))
    given = Consent.objects.filter(vendor=OuterRef("invitation__vendor"), given_at__gt=OuterRef("at"))
    lately = Reminder.objects.filter(at__gt=now - _DAY, invitation__vendor__in=own_vendors(person))
    return bool(lately.exclude(Exists(made) | Exists(given)).exists())


def holders(person: Person, vendor: str) -> list[Holder]:
    """Who has, or had, the passport, the newest first. Raises Unknown."""
    found = own_vendor(person, vendor)
    rows = Use.objects.filter(vendor=found).select_related("preparation", "version").order_by("-pk")
    rows = rows.defer("preparation__sealed", "version__sealed")
    return [
        Holder(u.preparation.operator, PartyRole(u.role), u.version.number, u.at, u.filed_at, u.ended_at)
        for u in rows[:500]
    ]


def readings(person: Person, vendor: str) -> list[Reading]:
    """Who has opened what is sealed, the newest first: operators in their plans, and one's own people. What the
    authority reads in a filed plan stands in the log of that case. Raises Unknown."""
    found = own_vendor(person, vendor)
    rows = readings_about(f"vendor {found.public_id}")[:100]
    return [Reading(r.at, r.person.name, r.person.office.name_ja, r.person.office.name_en, r.field) for r in rows]
