"""A council of a designated fund in a compartment of its own, as its members write it through the office's own door."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf

from access.folk import LONG_AGO, circle, key, recorded
from kaname.access import api as access
from kaname.access.models import Mandate, Person
from kaname.papers import api as papers
from kaname.procedure import Entry

KIND, NAME, TITLE = "technology.council", "見本衛星協議会", "軌道上観測の要求性能（見本）"
OFFICER = ("fund_minister", "convening_minister", "members")
SECRETARY = ("council_secretariat", "provider")
RESEARCHER = ("lead_researcher", "recipient", "member", "candidate")
FORMED = date(2026, 3, 2)


@dataclass
class Council:
    """Who is inside, and the case. Each has the roles above for this kind of case."""

    officer: Person
    secretary: Person
    researcher: Person
    case: str = ""
    paper: str = ""
    left: bool = False  # the researcher

    @property
    def inside(self) -> tuple[Person, ...]:
        return (self.officer, self.secretary, self.researcher)


def mandated(person: Person, *roles: str) -> Person:
    for role in roles:
        Mandate.objects.create(person=person, role=role, kind=KIND, sealed=True, valid_from=LONG_AGO)
    return person


def does(who: Person, case: str, act: str, on: date, run: str = "", by: str = "", **data: object) -> int:
    entry = Entry(act, on, data, run, by)
    return recorded(access.act(who, case, entry, idempotency_key=key())).seq


def formed(council: Council, name: str = NAME, inside: bool = True) -> Council:
    """From the identification of the lead to a running council with the researcher on the register."""
    room = circle(name, *council.inside).public_id if inside else ""
    lead = {
        "research": "小型衛星の自律運用（見本）",
        "lead_researcher": council.researcher.name,
        "paid_from_fund": True,
    }
    first = Entry("fund_council.identify_lead", FORMED, lead, by="fund_minister")
    done = access.open_case(council.officer, KIND, first, idempotency_key=key(), compartment=room)
    case = council.case = recorded(done).case
    does(council.researcher, case, "fund_council.record_consent", FORMED)
    does(council.officer, case, "fund_council.organise_jointly", FORMED, council_name=name, with_prime_minister=True)
    does(council.officer, case, "fund_council.set_rules", FORMED, rules_text="規約（見本）")
    does(council.officer, case, "fund_council.start", FORMED)
    for person, run in ((council.researcher, "lead"), (council.officer, "minister")):
        told = {"name": person.name, "organisation": person.office.name_ja, "duty_explained_on": "2026-03-02"}
        does(council.secretary, case, "membership.register_engaged_person", FORMED, run, **told)
    return council


def shared(council: Council, run: str = "s1", title: str = TITLE) -> Council:
    """A paper on the table: offered, its handling agreed, handed to the researcher."""
    case = council.case
    does(council.secretary, case, "sharing.offer", FORMED, run, title=title, expiry="2027-03-31")
    terms = {"recipients": [council.researcher.name], "places": "研究室2", "copy_limit": 0, "secret": True}
    does(council.researcher, case, "sharing.agree_handling", FORMED, run, understood=True, **terms)
    kept = papers.take(council.secretary, BytesIO(pdf()), f"{title}.pdf", case)
    council.paper = kept.id
    does(council.secretary, case, "sharing.share", FORMED, run, papers=[kept.reference])
    return council


def asks_to_publish(council: Council, run: str = "s1", deadline: str = "2026-12-01") -> None:
    name = council.researcher.name
    does(council.researcher, council.case, "sharing.use", date(2026, 4, 1), run, person=name, measures_taken=True)
    wish = {"paper": "論文原稿（見本）", "deadline": deadline}
    does(council.researcher, council.case, "sharing.ask_publication", date(2026, 11, 2), run, **wish)


def pdf() -> bytes:
    out = BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page(page_size=(595, 842))
        book.save(out)
    return out.getvalue()
