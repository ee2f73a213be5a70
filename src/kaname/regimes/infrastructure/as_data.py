"""The advisers' answers as plain data, in one language: for JSON, pages and tables alike.

`on`: the day of which they speak, for provisions bear other numbers on other days (air transport: 50(1)(viii), since
2025-04-01 (ix)).
"""

from datetime import date
from typing import Any

from kaname.law import Lang, cited, penalty
from kaname.regimes.infrastructure.answers import Answer, Need, Why
from kaname.regimes.infrastructure.catalogue.model import Business, Facility, Sector
from kaname.regimes.infrastructure.change_classifier import Classified
from kaname.regimes.infrastructure.scope_wizard import Scope


def why(reason: Why, lang: Lang, on: date | None = None) -> dict[str, Any]:
    return {
        "text": reason.text[lang],
        "basis": [cited((b,), lang, on) for b in reason.basis],
        "confidence": reason.confidence.value,
        "unverified": reason.unverified,
        "question": reason.question,
    }


def needs(missing: tuple[Need, ...], lang: Lang) -> list[dict[str, Any]]:
    return [{"id": n.id, "label": n.label[lang], "options": {id: name[lang] for id, name in n.options}}
        for n in missing]


def answer(found: Answer, lang: Lang, on: date | None = None) -> dict[str, Any]:
    return {
        "verdict": found.verdict.value, "why": [why(w, lang, on) for w in found.why],
        "needs": needs(found.needs, lang)}


def scope(found: Scope, lang: Lang, on: date) -> dict[str, Any]:
    """`criteria`, `operator`, `facility`, `event` and `plan` (the whole) are answers; `route` says what follows."""
    return {
        "sector": found.sector.id,
        "business": found.business.id if found.business else None,
        "facility_id": found.facility.id if found.facility else None,
        "order": found.order,
        "ministry": found.ministry[lang],
        "criteria": answer(found.criteria, lang, on),
        "operator": answer(found.operator, lang, on),
        "facility": answer(found.facility_answer, lang, on),
        "event": answer(found.event, lang, on),
        "plan": answer(found.plan, lang, on),
        "route": found.route.value,
        "grace": found.grace and {
            "first_day": found.grace.first_counted_day.isoformat(),
            "last_day": found.grace.last_day.isoformat(),
            "first_free_day": found.grace.first_free_day.isoformat(),
            "working": [step.text[lang] for step in found.grace.steps],
        },
        "accept_by": found.accept_by and {
            "standard": found.accept_by.standard.isoformat(),
            "if_extended": found.accept_by.if_extended.isoformat(),
            "within_grace": bool(found.grace and found.accept_by.standard <= found.grace.last_day),
        },
    }


def change(found: Classified, lang: Lang) -> dict[str, Any]:
    """`class` is significant, report, minor, nothing or ask; `safe` the careful course where it is ask."""
    told, days = found.change, found.standstill
    return {
        "plan": told.plan.value, "stage": told.stage.value, "subject": told.subject, "aspect": told.aspect,
        "before": told.before, "after": told.after,
        "class": found.says.value,
        "rule": found.rule,
        "why": [why(w, lang) for w in found.why],
        "when": found.when[lang],
        "form": found.form and {
            "id": found.form.id, "title": found.form.title(told.order)[lang],
            "number": found.form.number(told.order) if told.order else None},
        "penalty": found.penalty and _penalty(found.penalty, lang),
        "needs": needs(found.needs, lang),
        "safe": found.safe.value if found.safe else None,
        "standstill": days and {
            "last_banned_day": days.last_banned_day.isoformat(), "first_free_day": days.first_free_day.isoformat(),
            "if_extended_last_day": days.if_extended_last_day.isoformat()},
    }


def _penalty(id: str, lang: Lang) -> dict[str, str]:
    row = penalty(id)
    return {"id": id, "basis": cited((row.provision,), lang), "offence": row.offence[lang]}


def catalogue(of: Sector, lang: Lang, on: date | None = None) -> dict[str, Any]:
    """A sector with its businesses, the figures their criteria ask for, and their facilities."""
    return {
        "sector": of.id, "code": of.code, "name": of.name[lang], "item": cited((of.item,), lang, on),
        "in_force": of.since.isoformat() if of.since else None,
        "businesses": [_business(b, lang) for b in of.businesses],
    }


def _business(of: Business, lang: Lang) -> dict[str, Any]:
    return {
        "business": of.id, "name": of.name[lang],
        "criteria": [{
            "rule": c.rule[lang], "since": c.since and c.since.isoformat(), "until": c.until and c.until.isoformat(),
            "figures": [{"id": f.id, "label": f.label[lang], "unit": f.unit.value} for f in c.test.figures],
        } for c in of.criteria],
        "facilities": [_facility(f, lang) for f in of.facilities],
    }


def _facility(of: Facility, lang: Lang) -> dict[str, Any]:
    return {
        "facility": of.id, "name": of.name[lang], "since": of.since and of.since.isoformat(),
        "until": of.until and of.until.isoformat(), "components": [c[lang] for c in of.components],
        "figures": [{"id": f.id, "label": f.label[lang], "unit": f.unit.value} for f in of.test.figures],
    }
