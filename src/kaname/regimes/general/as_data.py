"""Answers of the general part as plain values, the same for the API and the command line."""

from datetime import date
from typing import Any

from kaname.law import Lang, cited
from kaname.regimes.general.catalogue.events import Event
from kaname.regimes.general.catalogue.guidelines import Guideline
from kaname.regimes.general.catalogue.resolutions import Watched
from kaname.regimes.general.penalties import UNREAD, UNREAD_QUESTION, UNREAD_SINCE, Consequence, Shown


def shown(of: Shown, on: date, lang: Lang) -> dict[str, Any]:
    p = of.penalty
    return {
        "penalty": p.id, "provision": p.provision[lang], "chapter": p.chapter, "offence": p.offence[lang],
        "offender": p.offender[lang], "violated": [v[lang] for v in p.violated], "sanction": of.sanction[lang],
        "in_force": of.in_force, "in_force_from": p.in_force_from.isoformat(),
        "imprisonment_max_years": p.imprisonment_max_years, "fine_max_yen": p.fine_max_yen,
        "combination": p.combination.value, "kind": p.kind.value, "corporate": p.corporate, "attempt": p.attempt,
        "abroad": p.abroad, "excluded_when": p.excluded_when and p.excluded_when[lang],
        "remark": p.remark and p.remark[lang], "note": p.note, "confidence": p.confidence.value,
    }  # fmt: skip


def unread_penalties(on: date, lang: Lang) -> list[dict[str, Any]]:
    """The change of the law up to a day whose penalties were not read, as standings tell it."""
    told = {"since": UNREAD_SINCE.isoformat(), "question": UNREAD_QUESTION, "text": UNREAD[lang]}
    return [told] if on >= UNREAD_SINCE else []


def without_penalty(of: Consequence, lang: Lang) -> dict[str, Any]:
    return {"text": of.text[lang], "basis": cited(of.basis, lang)}


def event(of: Event, as_of: date, lang: Lang) -> dict[str, Any]:
    return {
        "event": of.id, "day": of.day and of.day.isoformat(), "latest": of.latest and of.latest.isoformat(),
        "ahead": of.ahead(as_of), "subject": of.subject.value, "label": of.label[lang],
        "basis": cited(of.basis, lang), "source": of.source[lang], "confidence": of.confidence.value,
        "verified": of.verified, "note": of.note,
    }  # fmt: skip


def guideline(of: Guideline, as_of: date, lang: Lang) -> dict[str, Any]:
    now = of.on(as_of)
    return {
        "guideline": of.id, "label": of.label[lang], "basis": cited(of.basis, lang), "regime": of.regime,
        "kind": of.kind, "in_force": now and now.decided_on.isoformat(),
        "editions": [{"decided_on": e.decided_on.isoformat(), "source": e.source[lang],
                      "confidence": e.confidence.value, "verified": e.verified, "note": e.note}
                     for e in of.editions if e.decided_on <= as_of],
    }  # fmt: skip


def watched(of: Watched, lang: Lang) -> dict[str, Any]:
    r, p = of.resolution, of.point
    return {
        "point": p.id, "committee": r.committee[lang], "on": r.on.isoformat(), "bill": r.bill[lang],
        "item": p.item[lang], "status": of.status.value, "source": p.source[lang], "entered": p.entered,
        "note": r.note,
    }  # fmt: skip
