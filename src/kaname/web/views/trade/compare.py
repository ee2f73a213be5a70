"""Candidates side by side: several products, the indicators somebody chose, lines of one's own, over years."""

from dataclasses import fields, replace

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from kaname.assess.trade.compare import COLUMNS, INDICATORS, MOST, USUAL, Candidate, Comparison, indicators_of
from kaname.assess.trade.evidence import MEANS, PUBLISHED, SETTABLE
from kaname.assess.trade.stated import MEASURES
from kaname.desk import products as desk
from kaname.desk import trade
from kaname.desk.models import TradeTable
from kaname.desk.trade import Question
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.regimes.supply.catalogue.requirements import REQUIREMENTS
from kaname.web.sheet import as_csv
from kaname.web.trade.compared import ComparedPage, Finding, met
from kaname.web.views.common import case_name
from kaname.web.views.trade.asked import by_field, choices, mine, thresholds_of

_SEVERAL = T(f"2から{MOST}の品目を、1行に1つ入力してください。例：@batteries、@magnets",
             f"Enter 2 to {MOST} products, one a line, such as @batteries and @magnets.")  # fmt: skip


_HOME = "JPN"
_YEARS = 8  # the last of the table, where none were asked for


def compare(request: HttpRequest, id: str) -> HttpResponseBase:
    one, given = mine(request, id), request.GET
    products = _products(request)
    question = replace(Question.of(lambda name: given.get(name, "")), product="", material="")
    if "product" in given:
        question = replace(question, importer=question.importer or _HOME, years=question.years or _span(one))
    errors: dict[str, Text] = {}
    lines = thresholds_of(given, errors)
    chosen = [name for name in given.getlist("m") if name in INDICATORS] or list(USUAL)
    indicators = indicators_of([*chosen, *lines])
    found = None
    if "product" in given:
        found = _found(request, one, question, products, indicators, lines, errors)
    kept = _kept(question, lines)
    if found is not None and "csv" in given:
        return as_csv(f"compared-{found.asked.importer}.csv", COLUMNS, found.lines())
    page = None if found is None else ComparedPage(found, lambda each: _own_page(one.public_id, each, kept))
    said = {f.name: getattr(question, f.name) for f in fields(Question)}
    return render(request, "web/trade/compare.html", {
        "one": one, "errors": errors, "page": page, "choices": choices(request), "choosable": _choosable(indicators),
        "typed": {**said, "importer": question.importer or _HOME, "product": "\n".join(products)},
        "lines": [(name, MEASURES[name].title, given.get(f"t_{name}", ""), PUBLISHED.get(name),
                   errors.get(f"t_{name}")) for name in SETTABLE],
        "findings": [] if found is None else _findings(request, found), "requirements": REQUIREMENTS.values(),
        "csv": f"?{request.GET.urlencode()}&csv=1",
    }, status=400 if errors else 200)  # fmt: skip


def _span(one: TradeTable) -> str:
    """The last years of a table, as they are asked for."""
    try:
        years = trade.whole(one).years[-_YEARS:]
    except BadInput:
        return ""  # what is wrong with the table is told with the answer
    return f"{years[0]}..{years[-1]}" if years else ""


def _products(request: HttpRequest) -> list[str]:
    """One a line, or a parameter each; the same one twice counts once."""
    texts = [line.strip()[:200] for text in request.GET.getlist("product")[: MOST + 1] for line in text.splitlines()]
    return list(dict.fromkeys(text for text in texts if text))


def _found(
    request: HttpRequest, one: TradeTable, question: Question, products: list[str], indicators: tuple[str, ...],
    lines: dict[str, float], errors: dict[str, Text],
) -> Comparison | None:  # fmt: skip
    several = len(products) + bool(question.bundle)
    if not 1 < several <= MOST:
        errors["product"] = _SEVERAL
        return None
    try:
        return trade.compared(request.user, one, question, products, indicators, lines)
    except BadInput as wrong:
        errors |= by_field(wrong, one)
    return None


def _kept(question: Question, lines: dict[str, float]) -> dict[str, str]:
    usual = Question()
    said = {f.name: getattr(question, f.name) for f in fields(Question)}
    kept = {name: text for name, text in said.items() if text and text != getattr(usual, name)}
    return kept | {f"t_{name}": f"{line:g}" for name, line in lines.items()}


def _own_page(id: str, one: Candidate, kept: dict[str, str]) -> str:
    if one.refused:
        return ""
    own = kept if "bundle" in kept and one.name not in kept.values() else kept | {"product": one.name}
    return f"{reverse('evidence_product', args=[id])}?{urlencode(own)}"


def _choosable(indicators: tuple[str, ...]) -> list[tuple[Text, list[tuple[str, Text, bool]]]]:
    """The indicators by requirement, each with whether it is chosen."""
    return [
        (of.name, [(name, MEASURES[name].title, name in indicators) for name in INDICATORS if MEANS[name][0] == of.id])
        for of in REQUIREMENTS.values()
        if any(MEANS[name][0] == of.id for name in INDICATORS)
    ]


def _findings(request: HttpRequest, found: Comparison) -> list[Finding]:
    """Of candidates that are designated products: what is on record in the cases that the reader may see."""
    asked = {one.name[1:].partition(".")[0]: one.name for one in found.candidates if one.name.startswith("@")}
    known = [case for case in desk.cases(request.user) if case.told.product and case.told.product.id in asked]
    return [
        Finding(asked[case.told.product.id], case_name(case.case.case),
                reverse("requirements", args=[case.case.case.public_id]), _met(case))
        for case in known if case.told.product is not None
    ]  # fmt: skip


def _met(case: desk.Case) -> list[Text]:
    by_id = {one.of.id: one.met for one in case.told.judged} if case.told.judged_on else {}
    return [met(by_id.get(id)) for id in REQUIREMENTS]
