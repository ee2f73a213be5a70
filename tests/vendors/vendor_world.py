"""Short ways through the world of vendor passports, for its tests."""

from datetime import timedelta
from itertools import count

from access.folk import key, person, recorded
from infrastructure.filing_world import told
from kaname.access import api as access
from kaname.access.models import Person
from kaname.ledger import clock
from kaname.procedure import Entry
from kaname.vendors import api

KIND, OPERATOR = "infrastructure.plan", "架空電力"
_mails = count(1)


class Land:
    """An operator with a plan in preparation; the authority; a second operator."""

    def __init__(self, office):
        self.office = office
        self.ono = person("Ono", "operator", kind=KIND, party=OPERATOR)
        self.oka = person("Oka", "operator", kind=KIND, party="架空水道")
        self.mina = person("Mina", "sector_minister", kind=KIND, sealed=True)
        self.mori = person("Mori", "sector_minister", kind=KIND)
        self.plan = self.prepare()

    def prepare(self, who: Person | None = None, operator: str = OPERATOR) -> str:
        return api.begin(who or self.ono, operator, "給電指令の更新", "introduction").public_id

    def invited(self, plan: str = "", email: str = "", party: str = "星野計器", who: Person | None = None) -> str:
        """The secret of a link."""
        email = email or f"vendor{next(_mails)}@example.jp"
        return api.invite(who or self.ono, plan or self.plan, party, "supplier", email)[1]

    def vendor(self, **said) -> "Seat":
        """A vendor that has come in and made its disclosure known."""
        came = api.accept(self.invited(), name="星野")
        seat = Seat(came.person, came.vendor.public_id)
        seat.publish(**said)
        return seat

    def attached(self, seat: "Seat", plan: str = "", **more):
        """A vendor that has consented stands in the plan."""
        seat.consent(**more)
        return api.attach(self.ono, plan or self.plan, seat.vendor, "星野計器", "supplier")

    def filed(self, use, who: Person | None = None) -> str:
        """The case of the plan that was filed with the passport."""
        act = filing(use.reference)
        return recorded(access.open_case(who or self.ono, KIND, act, idempotency_key=key())).case


def filing(*references: str, **more) -> Entry:
    """The act that files a plan."""
    day = clock.today()
    said = {"facility": "給電指令", "content": "更新", "planned_on": str(day + timedelta(60)), "supplier": "星野計器"}
    papers = {"plan": "計画書.pdf", "measures": "措置.pdf", "received_on": str(day)}
    data = {**said, **papers, "passports": list(references), **more}
    return Entry("introduction_plan.file", day, data, by="operator", party=OPERATOR)


class Seat:
    """A vendor with one of its people."""

    def __init__(self, who: Person, vendor: str):
        self.who, self.vendor = who, vendor

    def publish(self, **said) -> api.Made:
        now = api.draft(self.who, self.vendor)
        api.save(self.who, self.vendor, told(**said), now.number)
        return api.publish(self.who, self.vendor)

    @property
    def invitation(self) -> str:
        return api.own_vendors(self.who).get(public_id=self.vendor).invitations.order_by("-pk").first().public_id

    def consent(self, days: int = 100, **more):
        return api.give(self.who, self.vendor, self.invitation, clock.today() + timedelta(days), **more)
