"""Who plays in the stories of a regime: its file of stories, the parties, and what a first act says of its own."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random

from kaname.procedure import Entry
from kaname.regimes.supply.catalogue import PRODUCTS

OWN = "空想重工業株式会社"  # the company whose own people work in the demonstration
CLIENTS = (OWN, "架空精機株式会社", "見本電機株式会社", "仮想材料株式会社", "空想電子株式会社", "見本大学")
OTHERS = ("幻光学株式会社", "夢見製作所")  # applicants whom nobody in the demonstration represents
SPECIAL = "空想計画"  # cases of this compartment are known to its members alone
POWER, BANK = "架空電力株式会社", "架空銀行株式会社"  # operators whose own people work in the demonstration
MAKER = "架空電池工業株式会社"  # the applicant for a supply plan whose own people work in the demonstration
APPLICANTS = (
    MAKER, MAKER, "見本半導体株式会社", "仮想工作機械株式会社", "幻鉱業株式会社",
)  # fmt: skip
UNIVERSITY = "見本大学"  # whose own researcher works in the demonstration
_RESEARCHERS = {"researcher": "研究 光", "former": "退任 進"}
OPERATORS = (POWER, BANK, "空想通信株式会社", "見本鉄道株式会社", "仮想ガス株式会社", "夢見クレジット株式会社")


@dataclass(frozen=True, slots=True)
class Cast:
    """`party_roles`: whoever acts in one of them is named. `clerk`: records what outsiders do (a court, anyone).

    `own(kind, sort, party, number, rng)`: the fields a case has of its own. `follows`: a role that comes to the party
    by an act. `recorders`: who records the acts of a role, where it is not the first who holds it. `beside`: those who
    take part beside the party, by the acts of the case: their addresses, each with a role. `inside`: who is in the
    compartment that a case of the kind has for itself, by its acts: addresses, each with the last day (None: still);
    nobody: it lies in none of its own. `age`: the most days a case can be old, by its kind, where the regime's own
    beginning does not say it.
    """

    stories: str
    since: date
    parties: tuple[str, ...]
    party_roles: tuple[str, ...]
    clerk: str
    own: Callable[[str, str, str, str, Random], dict[str, object]]
    cuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    follows: Mapping[str, str] = field(default_factory=dict)
    age: Mapping[str, int] = field(default_factory=dict)
    recorders: Mapping[str, str] = field(default_factory=dict)
    beside: Callable[[Sequence[Entry]], Iterable[tuple[str, str]]] = lambda acts: ()
    inside: Callable[[str, Sequence[Entry]], Mapping[str, date | None]] = lambda kind_id, acts: {}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of a table of the demonstration."""
    with (files("kaname") / "demo" / name).open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def _invention(kind_id: str, sort: str, party: str, number: str, rng: Random) -> dict[str, object]:
    """What the first act says of the invention, where the story begins with one."""
    if not sort:
        return {}
    found = rng.choice([row for row in rows("inventions.csv") if row["sort"] == sort])
    if kind_id == "patents.prior_confirmation":
        return {"title": found["title"], "description": found["abstract"]}
    return {
        "application_number": f"見本2026-{number}", "ipc": found["ipc"].split(";"), "title": found["title"],
        "abstract": found["abstract"],
    }  # fmt: skip


def _facility(kind_id: str, sort: str, party: str, number: str, rng: Random) -> dict[str, object]:
    """What the first act says of the operator's facility, of its business where that is what the case is about."""
    if not sort:
        return {}
    found = [row for row in rows("facilities.csv") if row["operator"] == party]
    row = rng.choice(found)
    if sort == "business":
        return {"business": row["business"], "name": party, "address": "東京都架空区見本一丁目"}
    plan: dict[str, object] = {
        "plan": f"導入等計画書 架空{number}号",
        "measures": "リスク管理措置の説明書",
        "facility": row["facility"],
    }
    if sort == "work":
        return plan | {"content": "保守の委託", "entrustee": row["supplier"]}
    return plan | {"content": row["content"], "supplier": row["supplier"]}


def _supply(kind_id: str, sort: str, party: str, number: str, rng: Random) -> dict[str, object]:
    """What the first act says of the plan: a line of the table, with the applicants and the end of each one's year."""
    if not sort:
        return {}
    row = rng.choice([r for r in rows("supply.csv") if r["sort"] == sort and r["party"] == party])
    told: dict[str, object] = {name: row[name] for name in _CONTENT}
    applicants = [{"party": party, "key": "A", "year_end": "@330m", "industry": row["industry"]}]
    if row["partner"]:
        applicants.append(
            {"party": row["partner"], "key": "B", "year_end": "@300m", "industry": row["partner_industry"]}
        )
    return told | {
        "funds": int(row["funds"]), "grant": int(row["grant"]), "applicants": applicants,
        "period_start": "@30", "period_end": "@1830", "application": f"認定申請書 見本{number}号", "articles": ["定款"],
        "accounts": ["事業報告（三期分）"], "proof": ["増産計画書"], "no_organised_crime": ["誓約書"],
    }  # fmt: skip


_CONTENT = (
    "product", "item", "goals", "content", "structure", "funding", "smooth_measures", "information", "present_state",
    "permits",
)  # fmt: skip
_MINISTRIES = {"maff": ("maff",), "mhlw": ("mhlw",), "joint": ("mhlw",)}


def _beside(acts: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The other ministry of the product, the co-applicant, the bank of a loan, the business that is asked."""
    for act in acts:
        if act.act in ("plan.submit", "plan.joint"):
            yield from ((name, "product_minister") for name in _MINISTRIES.get(PRODUCTS[act.data["product"]].order, ()))
            if any(row["party"] == OWN for row in act.data["applicants"]):
                yield from (("company", "applicant"), ("company", "certified_business"))
        if act.act == "designation.record_designated":
            order = PRODUCTS[act.data["product"]].order
            yield from ((name, "product_minister") for name in _MINISTRIES.get(order, ()))
        if act.by == "institution":
            yield "bank", "institution"
    if acts[0].data.get("business") == MAKER:
        yield "maker", "business"


_ROLES_OF_A_LEAD = ("lead_researcher", "member", "candidate", "recipient", "members")


def _researchers(acts: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Those of the demonstration's people whom the case names as researchers: what they may do in it."""
    named = {act.data.get("lead_researcher") for act in acts}
    for login, name in _RESEARCHERS.items():
        if name in named and acts[0].act.startswith("project."):
            yield login, "lead_researcher"
        elif any(name in (act.data.get("lead_researcher"), act.data.get("name")) for act in acts):
            yield from ((login, role) for role in _ROLES_OF_A_LEAD)


def _insiders(kind_id: str, acts: Sequence[Entry]) -> dict[str, date | None]:
    """Ministry, Cabinet Office and secretariat, with every researcher whom the council names, up to their leaving."""
    if kind_id != "technology.council":
        return {}
    inside: dict[str, date | None] = dict.fromkeys(("mext", "cao", "secretary"))
    for login, name in _RESEARCHERS.items():
        runs = {act.run for act in acts if act.data.get("name") == name}
        left = [act.on for act in acts if act.act == "membership.leave" and act.run in runs]
        if runs or any(act.data.get("lead_researcher") == name for act in acts):
            inside[login] = left[0] if left else None
    return inside


PATENTS = Cast(
    "patents.txt", date(2024, 5, 3), (OWN, OWN, OWN, *CLIENTS, *CLIENTS, *OTHERS),
    ("applicant", "designated_applicant", "foreign_filer", "claimant"), "jpo", _invention,
    cuts={"patents.application": ("", "", "", "", "", "", SPECIAL)},
    follows={"designation.designate": "designated_applicant"}, age={"patents.guideline": 3000},
)  # fmt: skip
INFRASTRUCTURE = Cast(
    "infrastructure.txt", date(2024, 5, 18), (POWER, POWER, BANK, *OPERATORS), ("operator", "business_runner"),
    "sector_minister", _facility,
    follows={"designation.designate": "operator", "report_inspection.request": "operator"},
)  # fmt: skip
SUPPLY = Cast(
    "supply.txt", date(2023, 3, 1), APPLICANTS, ("applicant", "certified_business", "business"), "product_minister",
    _supply, follows={"plan.certify": "certified_business"}, beside=_beside,
    recorders={"applicant": "maker", "certified_business": "maker", "business": "maker", "institution": "bank"},
)  # fmt: skip
TECHNOLOGY = Cast(
    "technology.txt", date(2023, 9, 1), (UNIVERSITY,), ("lead_institution",), "mext", lambda *_: {},
    beside=_researchers, inside=_insiders,
)  # fmt: skip
CASTS = (PATENTS, INFRASTRUCTURE, SUPPLY, TECHNOLOGY)
