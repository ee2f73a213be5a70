"""Invented vendors of an invented plan in preparation, one in each state: from not invited to filed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kaname.access import api as access
from kaname.access.models import Person
from kaname.demo.casts import POWER
from kaname.ledger import clock
from kaname.procedure import Entry, Refused
from kaname.regimes.infrastructure.filing.content import Component, Facility
from kaname.vendors import api as vendors

VENDOR = "見本制御株式会社"  # whose own person can log in
_PARTS = (
    ("中央演算装置", "server", "需給の計算", VENDOR),
    ("遠方監視装置", "controller", "変電所の監視", "幻自動化株式会社"),
    ("通信制御装置", "network", "", "夢見通信機株式会社"),
    ("記録装置", "storage", "計測値の記録", "仮想計算機株式会社"),
    ("operator console", "terminal", "display", "Imaginary Controls Ltd."),
)


def furnish(operator: Person, vendor: Person, minister: Person) -> None:
    """Vendors in every state, all through the front door like any others."""
    plan = _plan(operator)
    mine = _seated(operator, plan, VENDOR, vendor)
    vendors.give(vendor, mine, "", clock.today() + timedelta(365), every_plan=True)
    vendors.take_all(operator, plan)
    ready = vendors.accept(_link(operator, plan, "仮想計算機株式会社", "keisanki"), name="仮想 計太")
    _publish(ready.person, ready.vendor.public_id, "仮想計算機株式会社")
    vendors.give(ready.person, ready.vendor.public_id, "", clock.today() + timedelta(180))
    filling = vendors.accept(_link(operator, plan, "幻自動化株式会社", "maboroshi"), name="幻 自由")
    vendors.save(filling.person, filling.vendor.public_id, {"name": "幻自動化株式会社", "country": "JP"}, 0)
    _link(operator, plan, "Imaginary Controls Ltd.", "imaginary")
    _filed(operator, minister, mine)


def _plan(operator: Person) -> str:
    plan: str = vendors.begin(operator, POWER, "中央給電の更新（見本）", "introduction").public_id
    now = vendors.see(operator, plan)
    facility = Facility("中央給電の需給監視・調整装置", "需給の監視と調整", VENDOR)
    parts = tuple(Component(*row, source=f"見本.csv:{n}") for n, row in enumerate(_PARTS, 2))
    told = replace(now.plan, facility=facility, content="需給監視・調整装置の更新", components=parts,
                   starts=clock.today() + timedelta(120))  # fmt: skip
    vendors.keep(operator, plan, told, now.number)
    return plan


def _link(operator: Person, plan: str, party: str, name: str) -> str:
    link: vendors.Link = vendors.ask(operator, plan, {party: f"{name}@demo.example"})[0]
    return link.secret


def _seated(operator: Person, plan: str, party: str, person: Person) -> str:
    secret = vendors.ask(operator, plan, {party: person.email})[0].secret
    vendor: str = vendors.accept(secret, person).vendor.public_id
    _publish(person, vendor, party)
    return vendor


def _publish(person: Person, vendor: str, name: str) -> None:
    vendors.save(person, vendor, _told(name), 0)
    vendors.publish(person, vendor)


def _told(name: str) -> dict[str, Any]:
    """A disclosure that lacks nothing today. Nobody of these people exists."""
    issued = (clock.today() - timedelta(20)).isoformat()
    return {
        "name": name, "representative": "見本 太郎", "address": "東京都架空区見本二丁目", "country": "JP", "law": "JP",
        "year_end": "03-31", "sales": [],
        "holders": [{"name": "架空持株株式会社", "country": "JP", "ratio": "62.5"},
                    {"name": "Fictional Holdings Ltd.", "country": "GB", "ratio": "12"}],
        "officers": [{"name": "見本 太郎", "birth_date": "1961-04-01", "nationality": "JP"},
                     {"name": "見本 花", "birth_date": "1974-09-30", "nationality": "JP"}],
        "factories": [{"address": "架空県見本市一番地", "country": "JP"}],
        "certificates": [{"sort": "registry", "issued_on": issued, "document": "見本第1号"},
                         {"sort": "officer", "about": 1, "expires_on": "2039-03-31"},
                         {"sort": "officer", "about": 2, "expires_on": "2039-03-31"}],
    }  # fmt: skip


def _filed(operator: Person, minister: Person, vendor: str) -> None:
    """A second plan that names the passport in an act, so that the authority sees the vendor."""
    plan = vendors.begin(operator, POWER, "変電所の更新（見本）", "introduction").public_id
    now = vendors.see(operator, plan)
    vendors.keep(operator, plan, replace(now.plan, facility=Facility("変電所の監視装置", "監視", VENDOR)), now.number)
    use = vendors.attach(operator, plan, vendor, VENDOR, "supplier")
    asked = {"question": use.reference}
    entry = Entry("prior_consultation.ask", clock.today(), asked, by="operator", party=POWER)
    done = access.open_case(operator, "infrastructure.plan", entry, idempotency_key="demo-vendors-1")
    if isinstance(done, Refused):
        raise RuntimeError(done.reasons[0].text.en)
    vendors.note(minister, vendor, "親会社の議決権の割合を、登記と照らして確かめた（見本）。", done.case)
