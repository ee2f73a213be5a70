"""Consultations of the demonstration: one with the director general after a return, one answered, one that is late."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kaname.access import api as access
from kaname.access.models import Mandate, Person
from kaname.consult import api as consult
from kaname.demo.people import FINANCE, SINCE
from kaname.ledger.judging import Receipt
from kaname.procedure import Entry, Refused

ASKS, ASKED = "架空経済省", FINANCE
LEVELS = ("section_head", "director_general")


def furnish(people: Mapping[str, Person], today: date) -> None:
    """`people`: by login. The ministry of economy asks about three of its own plans."""
    meti = people["meti"]
    Mandate.objects.create(
        person=meti, role="asking_authority", kind=consult.INQUIRY, party=ASKS, sealed=True, valid_from=SINCE
    )
    consult.set_route(ASKED, LEVELS)
    plans = [row.case.public_id for row in access.cases(meti, "supply.plan")[:3]]
    for number, (plan, tell) in enumerate(zip(plans, (_at_the_director, _answered, _late), strict=False), 1):
        tell(_Desk(people, plan, today, f"demo/consult/{number}"))


class _Desk:
    """One consultation as its people work on it; days count back from today."""

    def __init__(self, people: Mapping[str, Person], plan: str, today: date, key: str) -> None:
        self.people, self.plan, self.today, self.key, self.count = people, plan, today, key, 0

    def on(self, ago: int) -> date:
        return self.today - timedelta(ago)

    def next_key(self) -> str:
        self.count += 1
        return f"{self.key}/{self.count:03d}"

    def ask(self, ago: int, subject: str, question: str, within: int) -> str:
        data = {"sort": "consultation", "asked": ASKED, "subject": subject, "question": question, "provision": "9(5)",
                "reply_by": self.on(ago - within).isoformat(), "level": "section_head",
                "received_on": self.on(ago).isoformat()}  # fmt: skip
        asked = consult.Asked(Entry("inquiry.ask", self.on(ago), data), entries=(1,), act="plan.consult")
        return _sure(consult.ask(self.people["meti"], self.plan, asked, idempotency_key=self.next_key())).case

    def begin(self, ago: int, inquiry: str) -> str:
        drafter = self.people["mof"]
        due = self.on(ago - 5)
        begun = consult.begin(
            drafter, inquiry, LEVELS, idempotency_key=self.next_key(), on=self.on(ago), internal_due=due
        )  # fmt: skip
        return _sure(begun).case

    def do(self, ago: int, who: str, case: str, act: str, **data: Any) -> None:
        entry = Entry(act, self.on(ago), data)
        _sure(access.act(self.people[who], case, entry, idempotency_key=self.next_key()))


def _at_the_director(desk: _Desk) -> None:
    inquiry = desk.ask(9, "（見本）認定の案についての協議", "（見本）この計画を認定する案に意見があるか。", 14)
    desk.do(8, "mof", inquiry, "inquiry.receive", section="（見本）調査第一係")
    opinion = desk.begin(7, inquiry)
    desk.do(6, "mof", opinion, "opinion.draft", outcome="agreed", text="（見本）異議はありません。")
    desk.do(4, "mof-head", opinion, "opinion.return_section_head", reason="（見本）資金計画の時期に触れること")
    text = "（見本）異議はありませんが、資金計画の時期を明らかにされたい。"
    desk.do(3, "mof", opinion, "opinion.draft", outcome="comments", text=text)
    desk.do(1, "mof-head", opinion, "opinion.sign_section_head", remark="（見本）これでよい")


def _answered(desk: _Desk) -> None:
    inquiry = desk.ask(25, "（見本）供給源の多様化についての照会", "（見本）この計画の供給源について意見があるか。", 10)
    desk.do(24, "mof", inquiry, "inquiry.receive", section="（見本）調査第二係")
    opinion = desk.begin(23, inquiry)
    desk.do(22, "mof", opinion, "opinion.draft", outcome="agreed", text="（見本）異議はありません。")
    desk.do(21, "mof-head", opinion, "opinion.sign_section_head")
    desk.do(20, "mof-director", opinion, "opinion.sign_director_general")
    sent = consult.answer(desk.people["mof"], inquiry, opinion, idempotency_key=desk.next_key(), on=desk.on(19))
    _sure(sent)


def _late(desk: _Desk) -> None:
    desk.ask(13, "（見本）助成の見込みについての照会", "（見本）この計画への助成の見込みに意見があるか。", 10)


def _sure(answer: Receipt | Refused) -> Receipt:
    if isinstance(answer, Refused):
        raise RuntimeError(f"consultation of the demonstration: {answer.reasons[0].text.en}")
    return answer
