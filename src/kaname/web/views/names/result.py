"""What the names come to: findings with their reasons, names side by side, and the decision about each."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from kaname.assess.names.table import OPEN, OUTCOMES, OUTPUT
from kaname.desk import names
from kaname.desk.models import NameCheck
from kaname.law import T, Text
from kaname.web.parts.states import STATES
from kaname.web.parts.tables import Chip, Pager
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang

PAGE = 20
_SHOWN = 100
WORDS = {
    "similar": ("unverified", T("似た名称", "similar name")),
    "same_number": ("due_soon", T("法人番号が同じ", "same corporate number")),
    "changed": ("due_soon", T("名称が変わった：改めて判断", "names changed: decide again")),
    "cleared": ("met", T("別の者と判断した", "decided: somebody else")),
    "confirmed": ("overdue", T("要対応と判断した", "decided: needs attention")),
    "none": ("lapsed", T("似た名称はない", "no similar name")),
    "invalid": ("stopped", T("比べられない", "cannot be compared")),
}
DECISIONS = {
    "cleared": T("別の者である", "Somebody else"), "confirmed": T("要対応である", "Needs attention"),
    "open": T("まだ決めない（前の判断を取り消す）", "Leave it open (takes a decision back)"),
}  # fmt: skip
_FILTERS = {"open": OPEN, **{outcome: (outcome,) for outcome in OUTCOMES}}
_SIMILAR = T("似ているというだけで、同じ者だとは言っていません。",
             "Similar names: not a statement that they are the same.")  # fmt: skip
_OPEN = T("判断を待つもの", "to be decided")


def result(request: HttpRequest, id: str) -> HttpResponse:
    one = mine(request, id)
    threshold = _threshold(request)
    lists = names.lists(request.user)
    found = names.result(request.user, one, threshold)
    chosen = request.GET.get("outcome", "")
    chosen = chosen if chosen in _FILTERS else ""
    rows = [row for row in found.rows if not chosen or row["outcome"] in _FILTERS[chosen]]
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 6 and int(page) else 1
    number = min(number, 1 + max(len(rows) - 1, 0) // PAGE)
    query = {k: v for k, v in (("outcome", chosen), ("threshold", request.GET.get("threshold", "")[:5])) if v}
    first = (number - 1) * PAGE
    shown = [_shown(row, id, {**query, "page": number}) for row in rows[first : first + PAGE]]
    return render(request, "web/names/result.html", {
        "one": one, "lists": lists, "answer": _answer(one, found.outcomes), "rows": shown,
        "chips": _chips(found.outcomes, chosen, query), "pager": Pager(number, PAGE, len(rows), query),
        "threshold": threshold, "thresholds": names.THRESHOLDS, "outcome": chosen,
        "problems": found.problems[:_SHOWN], "bad": len(found.problems), "more_bad": len(found.problems) - _SHOWN,
    })  # fmt: skip


def _answer(one: NameCheck, outcomes: Counter[str]) -> list[Text]:
    waiting = sum(outcomes[o] for o in OPEN)
    pairs = waiting + outcomes["cleared"] + outcomes["confirmed"]
    if not pairs:
        first = T(f"{one.rows:,}件の名称に、一覧の名称と似たものはありません。",
                  f"None of {one.rows:,} names is similar to a name on the lists.")  # fmt: skip
    elif waiting:
        first = T(f"似た名称の組が{pairs:,}組あり、{waiting:,}組が判断を待っています。",
                  f"{pairs:,} pairs of similar names, {waiting:,} of them to be decided.")  # fmt: skip
    else:
        first = T(
            f"似た名称の組は{pairs:,}組で、すべて判断済みです。", f"{pairs:,} pairs of similar names, all decided."
        )
    said = [
        first,
        T(
            "似ているというだけで、同じ者だとは言っていません。",
            "Similar names: not a statement that they are the same.",
        ),
    ]
    if changed := outcomes["changed"]:
        said.append(T(f"うち{changed:,}組は、判断の後に名称が変わりました。",
                      f"In {changed:,} of them the names have changed since a decision."))  # fmt: skip
    return said


def _chips(outcomes: Counter[str], chosen: str, query: dict[str, str]) -> list[Chip]:
    kept = {k: v for k, v in query.items() if k != "outcome"}
    counts = {name: sum(outcomes[o] for o in those) for name, those in _FILTERS.items()}
    words = {"open": _OPEN, **{name: word for name, (_, word) in WORDS.items()}}
    chips = [Chip(T("すべて", "all"), "?" + urlencode(kept), outcomes.total(), not chosen)]
    return chips + [
        Chip(words[name], "?" + urlencode({**kept, "outcome": name}), count, name == chosen)
        for name, count in counts.items()
        if count or name == chosen
    ]


def _shown(row: dict[str, Any], id: str, query: dict[str, Any]) -> dict[str, Any]:
    """A row as the page shows it."""
    state, word = WORDS[row["outcome"]]
    href = f"{reverse('names_pair', args=[id, row['pair']])}?{urlencode(query)}" if row["pair"] else ""
    return {**row, "state": state, "word": word, "icon": STATES[state].icon, "href": href,
            "score": f"{row['score']:.3f}" if row["score"] is not None else "", "reasons": row[f"reasons_{lang()}"],
            "same": row["matched"] == row["name"]}  # fmt: skip


# -- two sides -------------------------------------------------------------------------------------------------------


def pair(request: HttpRequest, id: str, pair: str) -> HttpResponse:
    """Both sides with all their names, why they were found, what was decided before; and a decision."""
    one = mine(request, id)
    threshold = _threshold(request)
    found = names.pair(request.user, one, threshold, pair)
    if found is None:
        raise Http404
    typed, errors = request.POST, dict[str, Text]()
    if request.method == "POST":
        decision, note = typed.get("decision", ""), typed.get("note", "")
        if decision not in DECISIONS:
            errors["decision"] = T("どれか一つを選んでください。", "Choose one.")
        if not note.strip():
            errors["note"] = T("なぜそう判断したか入力してください。", "Enter the reason for the decision.")
        seen = typed.get("seen", "")
        if not errors:
            if names.decide(
                request.user, found, decision, note, int(seen) if seen.isdecimal() and len(seen) < 9 else -1
            ):
                messages.success(request, T("判断を記録しました。", "The decision is recorded.")[lang()])
                return redirect(f"{reverse('names_result', args=[id])}?{request.GET.urlencode()}".rstrip("?"))
            errors[""] = T("この間に同僚が判断しました。下の記録を見て、もう一度選んでください。",
                           "A colleague has decided meanwhile. Look at the record below and choose again.")  # fmt: skip
    last = next((m.told["decision"] for m in found.history), "")
    history = [(m, DECISIONS[m.told["decision"]], m.told["note"], m.told["pair"] == pair) for m in found.history]
    return render(request, "web/names/pair.html", {
        "one": one, "row": _shown(found.row, id, {}), "ours": found.ours, "theirs": found.theirs, "history": history,
        "seen": len(found.history), "decisions": DECISIONS, "chosen": typed.get("decision", "") or last, "typed": typed,
        "errors": errors, "back": request.GET.urlencode(), "last": last,
        "listed": next((each for each in names.lists(request.user) if each.label == found.row["list"]), None),
    }, status=400 if errors else 200)  # fmt: skip


def download(request: HttpRequest, id: str) -> HttpResponse:
    one = mine(request, id)
    found = names.result(request.user, one, _threshold(request))
    rows = ([row[name] for name in OUTPUT.names] for row in found.rows)
    return as_csv(f"names-{one.made_on:%Y%m%d}.csv", OUTPUT.names, rows)


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    mine(request, id).delete()
    return redirect("names")


def mine(request: HttpRequest, id: str) -> NameCheck:
    one = names.of(request.user, id)
    if one is None:
        raise Http404
    return one


def _threshold(request: HttpRequest) -> float:
    asked = request.GET.get("threshold", "")
    return next((t for t in names.THRESHOLDS if str(t) == asked), names.USUAL)
