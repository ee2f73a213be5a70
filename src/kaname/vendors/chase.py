"""The vendors of a plan in preparation: where each stands; links anew for those who have not come, and reminders, one
in three days, for those who came and have not finished."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.days import jst_date
from kaname.law import T
from kaname.ledger import clock
from kaname.regimes.infrastructure.filing import plan_record
from kaname.regimes.infrastructure.filing.content import PartyRole
from kaname.vendors import consents, invitations, vault
from kaname.vendors.invitations import Accepted
from kaname.vendors.models import Consent, Invitation, Reminder, Use, Vendor, Version
from kaname.vendors.plans import attach, offered
from kaname.vendors.rights import own_preparation


class Stage(StrEnum):
    """How far a vendor of a plan is, in the order of its way."""

    TO_INVITE = "to_invite"
    WAITING = "waiting"  # the link was not used yet
    RUN_OUT = "run_out"  # it cannot be used any more
    FILLING = "filling"  # came in; nothing made known, or no consent
    READY = "ready"  # may be taken into the plan
    TAKEN = "taken"  # stands in the plan, its newest version
    NEWER = "newer"  # stands in the plan, and has made a newer version known
    ENDED = "ended"  # stood in the plan; its consent is over
    OWN = "own"  # the operator has entered it itself


@dataclass(frozen=True, slots=True)
class Chased:
    """A vendor of the plan by its name there. `vendor`: the id of who came in, `email`: where the last link went,
    `accepted`: who used it, `reminded`: when they were last asked to finish."""

    party: str
    roles: tuple[PartyRole, ...]
    stage: Stage
    email: str = ""
    vendor: str = ""
    until: datetime | None = None
    version: int = 0
    accepted: Accepted | None = None
    reminded: datetime | None = None

    @property
    def reminded_on(self) -> date | None:
        return jst_date(self.reminded) if self.reminded else None

    @property
    def may_be_told(self) -> bool:
        """Whether a reminder is possible now that the vendor finds on its own page."""
        return self.stage is Stage.FILLING and (self.reminded is None or self.reminded + REST <= clock.now())


REST = timedelta(days=3)  # between two reminders of one vendor


@dataclass(frozen=True, slots=True)
class Link:
    """A link to hand over, shown once."""

    party: str
    email: str
    secret: str


def of_plan(person: Person, preparation: str) -> list[Chased]:
    """Every vendor that the plan names. A fixed number of statements, however many there are. Raises Unknown."""
    found = own_preparation(person, preparation)
    plan = plan_record.read(vault.open_preparation(found))[0]
    sent: dict[str, Invitation] = {}
    for row in found.invitations.select_related("vendor", "used_by").order_by("pk"):
        sent[row.party] = row
    uses = {
        u.party: u
        for u in found.uses.filter(ended_at=None).select_related("vendor", "version", "consent")
        .defer("version__sealed").order_by("pk")
    }  # fmt: skip
    ready = _ready(person, preparation)
    told = Reminder.objects.filter(invitation__preparation=found).values_list("invitation_id").annotate(Max("at"))
    stand = _Standing(sent, uses, ready, dict(told), clock.now())
    own = {key for key, party in plan.parties.items() if party.disclosure is not None}
    return [stand.of(party, tuple(sorted(roles, key=list(PartyRole).index)), party in own)
            for party, roles in plan.roles().items()]  # fmt: skip


def _ready(person: Person, preparation: str) -> dict[int, int]:
    """The newest version of each vendor that consents."""
    giving: set[int] = set(offered(person, preparation).values_list("vendor_id", flat=True))
    newest = Version.objects.filter(vendor__in=giving).values("vendor").annotate(newest=Max("number")).order_by()
    return {row["vendor"]: row["newest"] for row in newest}


@dataclass(frozen=True, slots=True)
class _Standing:
    sent: dict[str, Invitation]
    uses: dict[str, Use]
    ready: dict[int, int]
    told: Mapping[int, datetime]
    now: datetime

    def of(self, party: str, roles: tuple[PartyRole, ...], own: bool) -> Chased:
        link = self.sent.get(party)
        found = self._of(party, roles, own)
        return replace(found, accepted=invitations.accepted(link), reminded=self.told.get(link.pk)) if link else found

    def _of(self, party: str, roles: tuple[PartyRole, ...], own: bool) -> Chased:
        use, link = self.uses.get(party), self.sent.get(party)
        email = link.email if link else ""
        if use is not None:
            return Chased(party, roles, self._used(use), email, use.vendor.public_id, None, use.version.number)
        if link is None:
            return Chased(party, roles, Stage.OWN if own else Stage.TO_INVITE)
        vendor: Vendor | None = link.vendor
        if vendor is not None:
            version = self.ready.get(vendor.pk, 0)
            stage = Stage.READY if version else Stage.FILLING
            return Chased(party, roles, stage, email, vendor.public_id, None, version)
        open_ = link.ends_at > self.now
        return Chased(party, roles, Stage.WAITING if open_ else Stage.RUN_OUT, email, until=link.ends_at)

    def _used(self, use: Use) -> Stage:
        consent: Consent = use.consent
        if use.filed_at is None and not consents.holds(consent):
            return Stage.ENDED
        newer = self.ready.get(use.vendor_id, 0) > use.version.number
        return Stage.NEWER if newer and use.filed_at is None else Stage.TAKEN


# -- what is done about it --------------------------------------------------------------------------------------------

REMINDED = frozenset({Stage.WAITING, Stage.RUN_OUT})
TAKEABLE = frozenset({Stage.READY, Stage.NEWER})


@transaction.atomic
def ask(person: Person, preparation: str, emails: dict[str, str]) -> list[Link]:
    """Links for vendors of the plan, by their names there; one who was asked before gets a new one. Raises Unknown,
    NotAllowed: for the first whose address is none, with its name."""
    known = {c.party: c for c in of_plan(person, preparation)}
    made = []
    for party, email in emails.items():
        if party not in known:
            raise NotAllowed(T("計画にその名の供給者等はない", "the plan names no such vendor"), field=party)
        try:
            _, secret = invitations.invite(person, preparation, party, known[party].roles[0], email)
        except NotAllowed as wrong:
            raise NotAllowed(wrong.text, field=party if wrong.field == "email" else wrong.field) from None
        made.append(Link(party, email.strip().lower(), secret))
    return made


@transaction.atomic
def remind(person: Person, preparation: str, parties: Collection[str]) -> list[str]:
    """Ask those of these vendors once more who came in and have not finished: they find it on their page, and by mail
    where the office sends any. One who was asked within three days is left in peace. Returns whom it asked. Raises
    Unknown, NotAllowed."""
    found = own_preparation(person, preparation, acting=True)
    invited = {link.party: link for link in found.invitations.select_for_update().order_by("pk")}  # of two at once, one
    asked = [c.party for c in of_plan(person, preparation) if c.party in parties and c.may_be_told]
    now = clock.now()
    Reminder.objects.bulk_create(Reminder(invitation=invited[party], by=person, at=now) for party in asked)
    return asked


@transaction.atomic
def take_all(person: Person, preparation: str) -> int:
    """Take the newest version of every vendor that offers one, in each of its capacities. Returns how many vendors."""
    ready = [c for c in of_plan(person, preparation) if c.stage in TAKEABLE]
    for chased in ready:
        for role in chased.roles:
            attach(person, preparation, chased.vendor, chased.party, role)
    return len(ready)
