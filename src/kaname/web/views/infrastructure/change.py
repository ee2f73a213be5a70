"""The change classifier: at most six answers, then what the change asks for, why, and the act to do next.

Every answer is a link or a field of the address, so that the way back is the browser's and a result can be sent on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.days import DayError
from kaname.desk.plans import PLAN, Planned, listed
from kaname.law import T, Text
from kaname.procedure.reasons import sanction
from kaname.regimes.infrastructure.catalogue import ORDERS
from kaname.regimes.infrastructure.change import STAGES, SUBJECTS, Change, NotAChange, Plan, Stage
from kaname.regimes.infrastructure.change_classifier import Classified, classify
from kaname.regimes.infrastructure.change_rules import Class
from kaname.web.parts import dates
from kaname.web.parts.states import STATES
from kaname.web.parts.tables import Chip
from kaname.web.read import parse_day
from kaname.web.views.common import address, case_href, case_name
from kaname.web.views.infrastructure.common import with_query

CLASSES: dict[Class, tuple[str, Text]] = {
    Class.SIGNIFICANT: ("ban", T("重要な変更", "significant change")),
    Class.REPORT: ("due_soon", T("報告を要する変更", "change to be reported")),
    Class.MINOR: ("met", T("軽微な変更", "minor change")),
    Class.NOTHING: ("lapsed", T("手続は要りません", "nothing to do")),
    Class.ASK: ("unverified", T("まだ決まりません", "not settled yet")),
}
_ACTS = {
    Class.SIGNIFICANT: "plan_change.propose",
    Class.REPORT: "plan_change.report",
    Class.MINOR: "plan_change.record",
}
_PLANS = {
    Plan.INTRODUCTION: T("特定重要設備の導入", "introduction of a facility"),
    Plan.MAINTENANCE: T("重要維持管理等の委託", "entrusted maintenance"),
}
_STAGES = {
    (Plan.INTRODUCTION, Stage.BEFORE): T("導入の前", "before the introduction"),
    (Plan.INTRODUCTION, Stage.AFTER): T("導入の後", "after the introduction"),
    (Plan.MAINTENANCE, Stage.BEFORE): T("委託の前", "before the work starts"),
    (Plan.MAINTENANCE, Stage.RUNNING): T("委託の期間中", "while the work runs"),
    (Plan.MAINTENANCE, Stage.ENDED): T("委託の終了後", "after the work has ended"),
}
QUESTIONS: dict[str, Text] = {
    "plan": T("どの計画書ですか", "Which plan was filed?"),
    "stage": T("今はどの段階ですか", "At which stage is it?"),
    "subject": T("何の変更ですか", "What changes?"),
    "aspect": T("その何が変わりますか", "What about it?"),
}
_MORE = ("before", "after", "accepted_on", "order", "omitted", "emergency", "emergency_notice", "case")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: answered (`chosen`), or to be answered by one of the links."""

    id: str
    text: Text
    links: list[Chip]
    chosen: Text | None = None
    again: str = ""


def change(request: HttpRequest) -> HttpResponse:
    errors: dict[str, Text] = {}
    given = {name: value for name in (*QUESTIONS, *_MORE) if (value := request.GET.get(name, "").strip()[:100])}
    asked = questions(given)
    result = _classified(given, errors) if all(q.chosen for q in asked) and len(asked) == len(QUESTIONS) else None
    more = _told(request, given, result) if result else {}
    return render(request, "web/infrastructure/change.html", {
        "asked": [q for q in asked if q.chosen], "next": next((q for q in asked if not q.chosen), None),
        "number": sum(1 for q in asked if q.chosen) + 1, "given": given, "errors": errors, "result": result,
        "orders": [(id, T(of.name_ja, of.name_en), id == given.get("order")) for id, of in ORDERS.items()],
        "kept": [(name, given[name]) for name in (*QUESTIONS, "case") if name in given],
        "fields": _fields(given, result, errors), **more,
    }, status=400 if errors else 200)  # fmt: skip


# -- the questions ---------------------------------------------------------------------------------------------------


def questions(given: Mapping[str, str]) -> list[Asked]:
    """The questions up to the first without an answer; an answer that is no choice counts as none."""
    found: list[Asked] = []
    kept: dict[str, str] = {"case": given["case"]} if "case" in given else {}
    for name, text in QUESTIONS.items():
        options = _options(name, kept)
        chosen = given.get(name, "")
        links = [Chip(label, with_query({**kept, name: id})) for id, label in options.items()]
        if chosen not in options:
            return [*found, Asked(name, text, links)]
        found.append(Asked(name, text, links, options[chosen], with_query(kept)))
        kept[name] = chosen
    return found


def _options(name: str, kept: Mapping[str, str]) -> dict[str, Text]:
    if name == "plan":
        return {plan.value: label for plan, label in _PLANS.items()}
    plan = Plan(kept["plan"])
    if name == "stage":
        return {stage.value: _STAGES[plan, stage] for stage in STAGES[plan]}
    if name == "subject":
        return {id: label for id, (label, _, plans) in SUBJECTS.items() if plan in plans}
    return dict(SUBJECTS[kept["subject"]][1])


# -- the answer ------------------------------------------------------------------------------------------------------


def _classified(given: Mapping[str, str], errors: dict[str, Text]) -> Classified | None:
    accepted = access.today()
    if text := given.get("accepted_on"):
        try:
            accepted = parse_day(text)
        except DayError as error:
            errors["accepted_on"] = error.text
    try:
        return classify(Change(
            Plan(given["plan"]), Stage(given["stage"]), given["subject"], given["aspect"],
            given.get("before"), given.get("after"), "omitted" in given, "emergency_notice" in given,
            "emergency" in given, accepted, given["order"] if given.get("order") in ORDERS else None,
        ))  # fmt: skip
    except NotAChange as error:
        errors[error.field] = T(f"{error.text.ja}。", f"{error.text.en[0].upper()}{error.text.en[1:]}.")
        return None


def _fields(given: Mapping[str, str], result: Classified | None, errors: Mapping[str, Text]) -> list[dict[str, Any]]:
    """Before and after, where the answer hangs on them or they were told."""
    needed = {need.id: need.label for need in result.needs} if result else {}
    labels = {"before": T("変更前", "What it was"), "after": T("変更後", "What it becomes")}
    return [
        {"name": name, "label": label, "value": given.get(name, ""), "needed": name in needed,
         "error": errors.get(name)}
        for name, label in labels.items()
        if needed or name in given or errors
    ]  # fmt: skip


def sentences(found: Classified) -> list[Text]:
    """The answer first: the class with what it asks for, then the days."""
    word = CLASSES[found.says][1]
    if found.needs:
        lines = [T(f"{word.ja}。変更の前と後を書くと決まります。",
                   f"{word.en.capitalize()}: tell what it was and what it becomes.")]  # fmt: skip
        safe = CLASSES[found.safe or Class.ASK][1]
        return [*lines, T(f"決まらない間の安全な扱い：{safe.ja}。", f"The careful course until then: {safe.en}.")]
    verb = T("です", "This is a ") if found.says in _ACTS else T("", "")
    lines = [T(f"{word.ja}{verb.ja}。すること：{found.when.ja}。",
               f"{verb.en}{word.en if verb.en else word.en.capitalize()}: {found.when.en}.")]  # fmt: skip
    if found.safe:
        safe = CLASSES[found.safe][1]
        lines.append(T(f"決まらない間の安全な扱い：{safe.ja}。", f"The careful course until then: {safe.en}."))
    if days := found.standstill:
        last, free = dates.screen(days.last_banned_day), dates.screen(days.first_free_day)
        longest = dates.screen(days.if_extended_last_day)
        accepted = dates.screen(found.change.accepted_on) if found.change.accepted_on else T("", "")
        lines.append(T(
            f"{accepted.ja}に受理されると、{last.ja}まで実施できません。{free.ja}から実施できます（延長されれば、最長で{longest.ja}まで待ちます）。",
            f"Accepted on {accepted.en}, it may not be carried out until {last.en}. It may be from {free.en} (if "
            f"extended to the cap, after {longest.en}).",
        ))  # fmt: skip
    return lines


def _told(request: HttpRequest, given: Mapping[str, str], result: Classified) -> dict[str, Any]:
    state, word = CLASSES[result.says]
    act = _ACTS.get(result.says)
    if result.says is Class.SIGNIFICANT and result.change.emergency:
        act = "plan_change.emergency"
    return {
        "sentences": sentences(result), "state": state, "word": word, "icon": STATES[state].icon,
        "act": _act(request, given, act),
        "form_title": result.form.title(result.change.order) if result.form else None,
        "penalty": sanction(result.penalty, access.today()) if result.penalty else None,
    }  # fmt: skip


def _act(request: HttpRequest, given: Mapping[str, str], act: str | None) -> dict[str, Any] | None:
    """The act to do next: in the case that was named, else the cases among which to choose."""
    if act is None:
        return None
    seen = access.see(request.user, given["case"]) if "case" in given else None
    if seen is None or seen.case.kind != PLAN:
        known = [*listed(request.user, "open", size=50).rows, *listed(request.user, "done", size=50).rows]
        return {"cases": [(row.case.case.public_id, _named(row)) for row in known]}
    runs = {t.run for t in seen.standing.tracks.values() if t.procedure == "plan_change"}
    run = next(f"c{n}" for n in range(1, len(runs) + 2) if f"c{n}" not in runs)
    declared = next(p for p in seen.standing.kind.procedures if p.id == "plan_change")
    label = next(a.label for a in declared.acts if f"plan_change.{a.id}" == act)
    return {
        "name": case_name(seen.case), "case": case_href(seen.case), "label": label,
        "href": f"{address('act', seen.case.public_id, act)}?{urlencode({'run': run})}",
    }  # fmt: skip


def _named(row: Planned) -> Text:
    name, more = case_name(row.case.case), f"{row.plan.facility} {row.plan.operator}"
    return T(f"{name.ja} {more}", f"{name.en} {more}")
