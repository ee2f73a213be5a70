"""The self-assessment on the protection of technology: 22 questions, by measure and partner, each answer an act.

A form fills the act `technology_protection.record` with what was changed and opens its check page; what is recorded
stands in the ledger with its day and its author, and is what the ministry sees.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kaname.access import api as access
from kaname.access.api import Seen
from kaname.desk.supply_plans import PLAN
from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType, Option
from kaname.regimes.supply.checklist import MEASURE_NAMES, OF_PARTNERS, Checklist, Item, checklist
from kaname.web import drafts
from kaname.web.forms.act import ActForm
from kaname.web.forms.asking import BY
from kaname.web.parts import dates
from kaname.web.parts.fields import field_view, row_numbers
from kaname.web.read import read_form
from kaname.web.views.case import head

ACT, CONSULT, ADVISE = (f"technology_protection.{name}" for name in ("record", "consult", "advise"))
STATES = {"met": ("met", "✓", T("満たす", "met")), "no": ("overdue", "!", T("いいえ", "not met")),
          "open": ("pending", "…", T("未回答", "not answered"))}  # fmt: skip
WORDS = {"yes": T("はい", "yes"), "no": T("いいえ", "no"), "not_applicable": T("該当なし", "not applicable")}
_ANSWERS = tuple(Option(id, word) for id, word in WORDS.items())
_NEW = Field("partner", T("取引先の名称", "name of the partner"), FieldType.PARTY,
             help=T("対象技術を持つ取引先", "a partner who holds covered technology"))  # fmt: skip


def technology(request: HttpRequest, case: str) -> HttpResponse:
    """The whole list: where each question stands, for whom, by what, since when."""
    seen = _seen(request, case)
    found = checklist(seen.standing)
    groups = [
        {"number": n, "name": name, "lines": [(item, *STATES[item.state]) for item in found.of(n)],
         "href": reverse("supply_technology_measure", args=[case, n])}
        for n, name in MEASURE_NAMES.items()
    ]  # fmt: skip
    return render(request, "web/supply/technology.html", {
        **head(request, seen, "supply_technology"), "list": found, "answer": answer(found, access.today()),
        "groups": groups, "words": WORDS, "may": _may(request, seen, ACT), "consult": _href(request, seen, CONSULT),
        "advise": _href(request, seen, ADVISE),
    })  # fmt: skip


def answer(found: Checklist, today: date) -> list[Text]:
    """How many are met, whether the policy asks for it, and what was looked at longest ago."""
    every, met = len(found.items), found.met
    lines = [T(f"{every}項目のうち{met}項目が満たされています。", f"{met} of {every} questions are met.")]
    if found.asked:
        lines.append(T("この物資の取組方針は、技術流出防止措置を認定の要件としています。",
                       "The policy of this product makes it a requirement of certification."))  # fmt: skip
    else:
        lines.append(T("この物資の取組方針は求めていません。記録は任意です。",
                       "The policy of this product does not ask for it; the record is voluntary."))  # fmt: skip
    if day := found.last_review():
        said, ago = dates.screen(day), dates.left(day, today)
        lines.append(T(f"最も古い確認は{said.ja}です（{ago.ja}）。", f"Looked at longest ago: {said.en} ({ago.en})."))
    return lines


def measure(request: HttpRequest, case: str, measure: int) -> HttpResponse:
    """The questions of a measure, as a form; of measure 3 for one partner at a time (?partner=)."""
    seen = _seen(request, case)
    form = _may(request, seen, ACT)
    if measure not in MEASURE_NAMES or form is None:
        raise Http404
    found = checklist(seen.standing)
    partner = request.GET.get("partner", "").strip()[:256] if measure == OF_PARTNERS else ""
    items = found.of(measure)
    fields = [f for item in items for f in _fields(item)] + ([_NEW] if measure == OF_PARTNERS else [])
    typed = dict(request.POST.lists()) if request.method == "POST" else _typed(items, partner)
    read = read_form(fields, typed)
    errors = dict(read.errors)
    if request.method == "POST" and not errors:
        rows = _changed(items, str(read.data.get("partner") or ""), read.data)
        return redirect(_hand_over(request, seen, form, rows) if rows else reverse("supply_technology", args=[case]))
    groups = [(item, [field_view(f, typed, errors=errors) for f in _fields(item)])
              for item in items]  # fmt: skip
    return render(request, "web/supply/technology_form.html", {
        **head(request, seen, "supply_technology"), "name": MEASURE_NAMES[measure], "number": measure,
        "groups": groups, "errors": errors, "partner": partner, "partners": found.partners,
        "of_partners": measure == OF_PARTNERS, "new": field_view(_NEW, typed, errors=errors, known=found.partners),
    }, status=422 if errors else 200)  # fmt: skip


def _fields(item: Item) -> tuple[Field, ...]:
    id = item.question.id.replace(".", "-")
    return (
        Field(f"{id}-answer", T("答え", "answer"), FieldType.CHOICE, options=_ANSWERS),
        Field(f"{id}-evidence", T("示すもの", "what shows it"), FieldType.TEXT, help=item.question.evidence),
        Field(f"{id}-on", T("確認の日", "looked at on"), FieldType.DAY),
    )


def _typed(items: tuple[Item, ...], partner: str) -> dict[str, list[str]]:
    """The last answers for a partner, as a form holds them."""
    typed: dict[str, list[str]] = {"partner": [partner]}
    for item in items:
        if line := item.line_of(partner):
            id = item.question.id.replace(".", "-")
            day = f"{line.reviewed_on:%Y/%m/%d}" if line.reviewed_on else ""
            typed |= {f"{id}-answer": [line.answer], f"{id}-evidence": [line.evidence], f"{id}-on": [day]}
    return typed


def _changed(items: tuple[Item, ...], partner: str, data: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of the act: what was answered otherwise than before."""
    rows = []
    for item in items:
        id, before = item.question.id.replace(".", "-"), item.line_of(partner)
        answer, evidence, day = (str(data.get(f"{id}-{name}") or "") for name in ("answer", "evidence", "on"))
        known = (before.answer, before.evidence, str(before.reviewed_on or "")) if before else ("", "", "")
        if answer and (answer, evidence, day) != known:
            rows.append({"question": item.question.id, "answer": answer, "partner": partner, "evidence": evidence,
                         "reviewed_on": day})  # fmt: skip
    return rows


# -- who may, and the way to the act ---------------------------------------------------------------------------------


def _seen(request: HttpRequest, case: str) -> Seen:
    seen = access.see(request.user, case)
    if seen.case.kind != PLAN:
        raise Http404
    return seen


def _may(request: HttpRequest, seen: Seen, act: str) -> ActForm | None:
    form = ActForm.of_name(request.user, seen, act, "")
    return form if form and form.is_mine else None


def _href(request: HttpRequest, seen: Seen, act: str) -> str:
    form = _may(request, seen, act)
    return form.address if form else ""


def _hand_over(request: HttpRequest, seen: Seen, form: ActForm, rows: list[dict[str, str]]) -> str:
    """Add the rows to the draft of the act, in the place of what it said of the same questions; its check page."""
    kept = drafts.opened(request, form.place, seen.case.head_seq)
    typed = {name: list(values) for name, values in (form.first() if kept.fresh else kept.typed).items()}
    held = [
        {c: next(iter(typed.pop(f"answers.{n}.{c}", [])), "") for c in rows[0]} for n in row_numbers("answers", typed)
    ]
    new = {(row["question"], row["partner"]) for row in rows}
    for n, row in enumerate([r for r in held if (r["question"], r["partner"]) not in new] + rows):
        typed |= {f"answers.{n}.{column}": [value] for column, value in row.items()}
    if not any(typed.get(BY, ())):
        certified = seen.standing.state("plan") == "certified" and "certified_business" in seen.roles
        typed[BY] = ["certified_business" if certified else next(r.id for r in form.asking.roles)]
    drafts.save(request, kept, typed)
    return form.check_address
