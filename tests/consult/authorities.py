"""Two authorities in one office: a case of the ministry that asks, and the people of the ministry that is asked."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from access.folk import circle, key, person, recorded
from kaname.access import api as access
from kaname.access.models import Mandate, Person
from kaname.consult import api as consult
from kaname.ledger import clock
from kaname.procedure import Entry

ASKS, ASKED = "架空経済省", "架空財政省"
INQUIRY, OPINION = "general.inquiry", "general.opinion"


@dataclass
class Two:
    """`plan`: the case asked about. Nobody of the ministry that is asked has a mandate for it."""

    meti: Person = field(init=False)
    window: Person = field(init=False)
    drafter: Person = field(init=False)
    head: Person = field(init=False)
    director: Person = field(init=False)
    outsider: Person = field(init=False)
    plan: str = field(init=False)

    def __post_init__(self):
        self.meti = person("Meti", "product_minister", "applicant", kind="supply.plan", sealed=True)
        grant(self.meti, "asking_authority", INQUIRY, ASKS)
        self.window, self.drafter = asked("Window", "asked_authority"), asked("Drafter", "opinion_drafter")
        grant(self.drafter, "asked_authority", INQUIRY, ASKED)
        self.head, self.director = asked("Head", "section_head"), asked("Director", "director_general")
        self.outsider = person("Other", "asked_authority", kind=INQUIRY, party="架空外交省")
        grant(self.outsider, "opinion_drafter", OPINION, "架空外交省")
        self.plan = file_plan(self.meti)

    def ask(self, case: str = "", by: Person | None = None, k: str = "", **more):
        data = {"sort": "consultation", "asked": ASKED, "subject": "認定の案", "question": "意見があるか。",
                "reply_by": (clock.today() + timedelta(7)).isoformat()}  # fmt: skip
        chosen = {n: more.pop(n) for n in ("entries", "documents", "people", "act") if n in more}
        asked_ = consult.Asked(Entry("inquiry.ask", clock.today(), {**data, **more}), **chosen)
        return consult.ask(by or self.meti, case or self.plan, asked_, idempotency_key=k or key())

    def begin(self, inquiry: str, *levels: str, by: Person | None = None):
        return consult.begin(by or self.drafter, inquiry, levels or ("section_head",), idempotency_key=key())

    def do(self, who: Person, case: str, act: str, **data):
        return access.act(who, case, Entry(act, clock.today(), data), idempotency_key=key())

    def draft(self, opinion: str, text: str = "異議はない。", outcome: str = "agreed"):
        return self.do(self.drafter, opinion, "opinion.draft", outcome=outcome, text=text)


def asked(name: str, role: str) -> Person:
    made = person(name)
    grant(made, role, INQUIRY if role == "asked_authority" else OPINION, ASKED)
    return made


def grant(who: Person, role: str, kind: str, party: str = "") -> None:
    Mandate.objects.create(person=who, role=role, kind=kind, party=party, valid_from=date(2020, 1, 1), sealed=True)


def file_plan(by: Person, compartment: str = "") -> str:
    """A case of the ministry's own, of any kind that needs little: a briefing would do, a plan is nearer to life."""
    entry = Entry("plan.pre_consult", clock.today() - timedelta(3), {}, by="applicant", party="架空電池工業")
    return recorded(access.open_case(by, "supply.plan", entry, idempotency_key=key(), compartment=compartment)).case


def hidden_plan(two: Two, *members: Person) -> tuple[str, str]:
    room = circle("特別", two.meti, *members)
    return file_plan(two.meti, room.public_id), room.public_id
