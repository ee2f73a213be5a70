"""What of the law data becomes an entry of `lawbook`: the fields of one, as a dict."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kaname.law import AMENDMENTS, ARTICLES, GROUPS, PENALTIES, Law, T, Text, cited
from kaname.law import laws as named
from kaname.regimes.general.questions import QUESTIONS as GENERAL
from kaname.regimes.infrastructure.catalogue import ORDERS, SECTORS
from kaname.regimes.infrastructure.catalogue.forms import FORMS as INFRASTRUCTURE_FORMS
from kaname.regimes.infrastructure.catalogue.measures import MEASURES
from kaname.regimes.infrastructure.questions import QUESTIONS as INFRASTRUCTURE
from kaname.regimes.patents.forms import FORMS as PATENT_FORMS
from kaname.regimes.patents.items import FIELDS
from kaname.regimes.patents.questions import QUESTIONS as PATENTS
from kaname.regimes.supply.catalogue import ORDERS as SUPPLY_ORDERS
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.catalogue.forms import FORMS as SUPPLY_FORMS
from kaname.regimes.supply.questions import QUESTIONS as SUPPLY
from kaname.regimes.technology.catalogue import AGENCIES, DOMAINS, GUIDELINE_FIELDS, TECHNOLOGIES, VISIONS
from kaname.regimes.technology.questions import QUESTIONS as TECHNOLOGY

Made = dict[str, Any]
_NONE = T("", "")


def articles() -> Iterator[Made]:
    for a in ARTICLES:
        chapter = a.chapter.title if a.chapter else T("附則", "supplementary provisions")
        also = T(f"第{a.number}条 {chapter.ja}", f"article {a.number} {chapter.en}")
        yield {"sort": "article", "id": f"espa {a.number}", "place": T(a.provision.ja, a.provision.en),
               "label": a.subject, "more": also, "page": "act_timeline", "url": a.provision.law.url}  # fmt: skip


def laws(cited: Iterable[Law]) -> Iterator[Made]:
    of_acts = (value for value in vars(named).values() if isinstance(value, Law))
    every = (*of_acts, *ORDERS.values(), *(o.law for o in SUPPLY_ORDERS.values()), *cited)
    for law in {law.id: law for law in every}.values():
        yield {"sort": "law", "id": law.id, "place": T(law.short_ja, law.short_en or "the Act"),
               "label": T(law.name_ja, law.name_en), "url": law.url}  # fmt: skip


def versions() -> Iterator[Made]:
    for g in GROUPS:
        yield {"sort": "version", "id": g.id, "place": _day(g.in_force),
               "label": g.subject, "page": "act_timeline"}  # fmt: skip
    for n, a in enumerate(AMENDMENTS, 1):
        when = _day(a.in_force)
        yield {"sort": "version", "id": f"amendment {n}", "place": when, "label": a.effect, "more": a.by,
               "page": "act_timeline"}  # fmt: skip


def _day(day: date | None) -> Text:
    return T(f"{day} 施行", f"in force {day}") if day else T("施行日未定", "day not set")


def penalties() -> Iterator[Made]:
    for p in PENALTIES:
        yield {"sort": "penalty", "id": p.id, "place": T(p.provision.ja, p.provision.en), "label": p.offence,
               "more": p.offender, "page": "penalties", "url": p.provision.law.url}  # fmt: skip


def catalogues() -> Iterator[Made]:
    yield from _products()
    yield from _sectors()
    for t in TECHNOLOGIES.values():
        yield {"sort": "technology", "id": t.id, "place": T(t.id, t.id), "label": t.label,
               "more": _joined((t.group, DOMAINS[t.domain])), "page": "technology_one",
               "parameters": {"technology": t.id}}  # fmt: skip
    yield from _fields()
    yield from _forms()
    for m in MEASURES.values():
        yield {"sort": "measure", "id": m.id, "place": T("リスク管理措置", "risk management"), "label": m.item,
               "more": m.theme}  # fmt: skip


def _products() -> Iterator[Made]:
    for p in PRODUCTS.values():
        body = p.support_body.name if p.support_body else _NONE
        place = T(f"令1条{p.item}号", f"Order Art. 1({p.item})")
        more = _joined((*p.parts, *p.goals, body, SUPPLY_ORDERS[p.order].label))
        yield {"sort": "product", "id": p.id, "place": place, "label": p.label, "more": more, "page": "product",
               "parameters": {"product": p.id}}  # fmt: skip


def _sectors() -> Iterator[Made]:
    for s in SECTORS:
        place = T(s.item.ja, s.item.en)
        more = _joined((*(b.name for b in s.businesses), *(b.ministry for b in s.businesses if b.ministry)))
        yield {"sort": "sector", "id": s.id, "place": place, "label": s.name, "more": more, "page": "sector",
               "parameters": {"sector": s.id}}  # fmt: skip


def _fields() -> Iterator[Made]:
    for f in FIELDS:
        yield {"sort": "field", "id": f"field {f.number}", "place": T("令12条1項", "Order Art. 12(1)"),
               "label": f.name, "page": "screening"}  # fmt: skip
    for g in GUIDELINE_FIELDS:
        yield {"sort": "field", "id": f"guideline field {g.number}", "label": g.label, "page": "technology",
               "place": T("研究開発基本指針", "guideline on R&D")}  # fmt: skip
    for v in VISIONS.values():
        yield {"sort": "technology", "id": f"vision {v.number}", "label": v.label, "page": "technology",
               "place": T(f"{v.decided_on} 決定", f"decided {v.decided_on}")}  # fmt: skip
    for a in AGENCIES.values():
        yield {"sort": "technology", "id": a.id, "place": T(a.id, a.id), "label": a.label, "more": a.ministry,
               "page": "technology_calls"}  # fmt: skip


def _forms() -> Iterator[Made]:
    for f in INFRASTRUCTURE_FORMS.values():
        yield _form(f.id, f.title(None), f.basis)
    for id, title in SUPPLY_FORMS.items():
        yield _form(f"supply form {id}", title, ())
    for p in PATENT_FORMS:
        yield _form(p.id, p.name, p.basis)


def _form(id: str, title: Text, basis: Any) -> Made:
    return {"sort": "form", "id": id, "place": T(cited(basis, "ja"), cited(basis, "en")) if basis else _NONE,
            "label": title}  # fmt: skip


def questions() -> Iterator[Made]:
    seen: dict[int, Text] = {}
    for of_regime in (PATENTS, INFRASTRUCTURE, SUPPLY, TECHNOLOGY, GENERAL):
        seen |= {number: text for number, text in of_regime.items() if number not in seen}
    for number, text in sorted(seen.items()):
        yield {"sort": "question", "id": f"{number:04}", "place": T(f"論点{number}", f"question {number}"),
               "label": text}  # fmt: skip


def _joined(texts: Iterable[Text]) -> Text:
    found = list(texts)
    return T("、".join(t.ja for t in found), ", ".join(t.en for t in found))
