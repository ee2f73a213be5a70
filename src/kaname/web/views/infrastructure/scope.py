"""The scope wizard: must a plan be filed for this on that day? Answers for operator, facility and event, with why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import T, Text
from kaname.regimes.infrastructure.answers import Answer, Verdict
from kaname.regimes.infrastructure.catalogue import SECTORS
from kaname.regimes.infrastructure.catalogue.model import Business, Sector, Unit
from kaname.regimes.infrastructure.exempt_persons import Supplier
from kaname.regimes.infrastructure.scope_event import EMERGENCY, Event
from kaname.regimes.infrastructure.scope_wizard import Route, Scope, assess
from kaname.regimes.infrastructure.situation import Situation
from kaname.web.parts import dates
from kaname.web.views.infrastructure.asked_scope import DAYS, FLAGS, NAMES, situation

VERDICTS: dict[Verdict, tuple[str, str, Text]] = {
    Verdict.INSIDE: ("running", "●", T("対象", "inside")),
    Verdict.OUTSIDE: ("lapsed", "○", T("対象外", "outside")),
    Verdict.ASK: ("unverified", "?", T("要確認", "ask")),
}
EVENTS = {
    Event.INTRODUCTION: T("設備を導入する（更新・入替えを含む）", "introduce a facility (or renew, replace one)"),
    Event.ENTRUSTED_MAINTENANCE: T("維持管理・操作を委託する", "entrust its maintenance or operation"),
    Event.OWN_MAINTENANCE: T("自ら維持管理・操作をする", "maintain or operate it oneself"),
}
_LABELS = {
    "designated": T("指定されていますか", "Is it a designated operator?"),
    "successor": T("他の指定事業者からの承継による指定ですか", "Designated by succession to another operator?"),
    "third_party_facility": T("第三者の特定重要設備が組み込まれていますか",
        "Is a critical facility of a third party built in?"),
    "third_party_component": T("第三者の構成設備が含まれますか", "Does it hold a component of a third party?"),
    "designated_on": T("指定の日", "Day of designation"), "lifted_on": T("指定の解除の日", "Day it was lifted"),
    "facility_listed_on": T("改正で特定重要設備となった日", "Day the item became critical"),
    "work_listed_on": T("改正で重要維持管理等となった日", "Day the work became critical"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the wizard. `options`: (value, label); none: a day or a number is typed. `needed`: the answer hangs
    on it."""

    name: str
    label: Text
    value: str
    options: tuple[tuple[str, Text], ...] = ()
    needed: bool = False
    error: Text | None = None
    hint: Text | None = None


_YES = (("yes", T("はい", "Yes")), ("no", T("いいえ", "No")))


def scope(request: HttpRequest) -> HttpResponse:
    errors: dict[str, Text] = {}
    known = {*NAMES, *(f"emergency.{k}" for k in EMERGENCY)}
    given = {
        name: value.strip()[:60]
        for name, value in request.GET.items()
        if (name in known or name.startswith("figures.")) and value.strip()
    }
    today = access.today()
    told = situation(given, today, errors)
    found = assess(told) if told and not errors else None
    fields = list(_fields(given, told, found, errors)) if told else []
    return render(request, "web/infrastructure/scope.html", {
        "sectors": [(s.id, s.name, told is not None and s.id == told.sector) for s in SECTORS], "given": given,
        "errors": errors, "on": told.on if told else today, "found": found, "chosen": told,
        "sentences": sentences(found, told) if found and told else [],
        "asked": [f for f in fields if f.needed or f.error],
        "answered": [f for f in fields if not (f.needed or f.error)],
        "parts": list(_parts(found)) if found else [], "emergency": _emergency(given),
        "figures": list(_figures(given, told, found, errors)) if told else [],
    }, status=400 if errors else 200)  # fmt: skip


# -- what is asked ---------------------------------------------------------------------------------------------------


def _of(told: Situation) -> tuple[Sector, Business | None]:
    of = next(s for s in SECTORS if s.id == told.sector)
    id = told.business or (of.businesses[0].id if len(of.businesses) == 1 else None)
    return of, next((b for b in of.businesses if b.id == id), None)


def _fields(
    given: Mapping[str, str], told: Situation, found: Scope | None, errors: Mapping[str, Text]
) -> Iterator[Shown]:
    """The questions of this sector, business and event; what nothing hangs on is asked only where it was answered."""
    of, business = _of(told)
    needs = _needs(found)
    if len(of.businesses) > 1:
        yield Shown("business", T("事業", "Business"), given.get("business", ""),
                    tuple((b.id, b.name) for b in of.businesses), told.business is None)  # fmt: skip
    if business:
        options = (*((f.id, f.name) for f in business.facilities_on(told.on)),
                   ("none", T("どれでもない", "none of them")))  # fmt: skip
        yield Shown("facility", T("設備", "Facility"), told.facility or "", options, told.facility is None)
    yield Shown("event", T("何をしますか", "What is planned?"), given.get("event", ""),
                tuple((e.value, label) for e, label in EVENTS.items()), told.event is None)  # fmt: skip
    if told.event and told.event is not Event.OWN_MAINTENANCE:
        label = (T("委託先", "Entrusted to") if told.event is Event.ENTRUSTED_MAINTENANCE
                 else T("設備の供給者", "Supplier of the facility"))  # fmt: skip
        yield Shown("supplier", label, given.get("supplier", ""), tuple((s.value, s.label) for s in Supplier),
                    "supplier" in needs)  # fmt: skip
    for name in FLAGS:
        if name == "designated" or name in needs or name in given:
            wanted = name in needs or (name == "designated" and name not in given)
            yield Shown(name, _LABELS[name], given.get(name, ""), _YES, wanted)
    for name in DAYS:
        if name in needs or name in given or (name == "designated_on" and given.get("designated") == "yes"):
            yield Shown(name, _LABELS[name], given.get(name, ""), (), name in needs, errors.get(name))


def _needs(found: Scope | None) -> set[str]:
    if found is None:
        return set()
    answers = (found.criteria, found.operator, found.facility_answer, found.event, found.plan)
    return {need.id for answer in answers for need in answer.needs}


def _figures(
    given: Mapping[str, str], told: Situation, found: Scope | None, errors: Mapping[str, Text]
) -> Iterator[Shown]:
    """The figures of the criteria and of the facility."""
    _, business = _of(told)
    if business is None:
        return
    rule = business.criterion(told.on)
    asked = list(rule.test.figures) if rule else []
    asked += [f for x in business.facilities_on(told.on) if x.id == told.facility for f in x.test.figures]
    for of_figure in dict.fromkeys(asked):
        name = f"figures.{of_figure.id}"
        unit = "" if of_figure.unit in (Unit.FLAG, Unit.COUNT) else f"（{of_figure.unit}）"
        yield Shown(name, T(f"{of_figure.label.ja}{unit}", f"{of_figure.label.en} {unit}".strip()), given.get(name, ""),
                    _YES if of_figure.unit is Unit.FLAG else (), False, errors.get(name),
                    T("25% 又は 0.25", "25% or 0.25") if of_figure.unit is Unit.SHARE else None)  # fmt: skip


def _emergency(given: Mapping[str, str]) -> list[Shown]:
    names = {f"emergency.{id}": label for id, label in EMERGENCY.items()}
    return [Shown(name, label, given.get(name, ""), _YES) for name, label in names.items()]


# -- the answer ------------------------------------------------------------------------------------------------------


def sentences(found: Scope, told: Situation) -> list[Text]:
    """What follows, first of all; then the days."""
    day = dates.screen(told.on)
    lines = [{
        Route.PLAN: T(f"{day.ja}に行うには、あらかじめ導入等計画書の届出が要ります。",
                      f"For {day.en}, a plan must be filed beforehand."),
        Route.EMERGENCY_NOTICE: T("計画書は要りません。行った後、遅滞なく緊急導入等届出書を届け出ます。",
                                  "No plan is needed; an emergency notice must follow without delay."),
        Route.NOTHING: T(f"{day.ja}に行うなら、届出は要りません。", f"For {day.en}, nothing must be filed."),
        Route.ASK: T("まだ決まりません。下の問いに答えてください。", "Not settled yet: answer the questions below."),
    }[found.route]]  # fmt: skip
    if by := found.accept_by:
        standard, longest = dates.screen(by.standard), dates.screen(by.if_extended)
        lines.append(T(
            f"遅くとも{standard.ja}までに受理される必要があります。最長に延長されるなら{longest.ja}までです。",
            f"It has to be accepted by {standard.en} at the latest; if extended to the cap, by {longest.en}.",
        ))  # fmt: skip
    if found.grace:
        last = dates.screen(found.grace.last_day)
        lines.append(T(f"経過措置は{last.ja}までです。", f"The grace runs until {last.en}."))
    return lines


def _parts(found: Scope) -> Iterator[tuple[Text, tuple[str, str, Text], Answer]]:
    for title, answer in (
        (T("事業者：届出の義務を負うか", "Operator: is it bound to file?"), found.operator),
        (T("設備：特定重要設備か", "Facility: is it a critical one?"), found.facility_answer),
        (T("行為：届出を要する導入・委託か", "Event: is it one to be filed?"), found.event),
        (T("指定基準に当たるか", "Are the criteria met?"), found.criteria),
    ):
        yield title, VERDICTS[answer.verdict], answer
