"""The flow chart of a case with "you are here", and the states as a table beside it."""

from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from kaname.law import Lang
from kaname.procedure import Standing
from kaname.procedure.declare import CaseKind
from kaname.procedure.draw import draw
from kaname.procedure.explain import explain_state
from kaname.web.parts.tables import Chip
from kaname.web.templatetags.kaname import lang
from kaname.web.views.asked import seen
from kaname.web.views.case import head


@login_required
@require_safe
def flow(request: HttpRequest, case: str) -> HttpResponse:
    found = seen(request, case)
    standing = found.standing
    procedures = {p.id: p for p in standing.kind.procedures}
    chosen = request.GET.get("procedure", "")
    chosen = chosen if chosen in procedures else _moved_last(standing)
    here = sorted({f"{t.procedure}.{t.state}" for t in standing.tracks.values() if t.procedure == chosen})
    chart = _chart(standing.kind, chosen, tuple(here), standing.as_of, lang())
    begun = {t.procedure for t in standing.tracks.values()}
    kept = {k: v for k, v in request.GET.items() if k in ("as_of", "known_at")}
    chips = [Chip(p.label, f"?{urlencode({**kept, 'procedure': p.id})}", on=p.id == chosen)
             for p in procedures.values() if p.id in begun or p.id == chosen]  # fmt: skip
    told = {
        "chart": mark_safe(chart),  # drawn here from the declaration: no word in it comes from a person
        "chosen": procedures[chosen],
        "chips": chips,
        "rows": _states(standing, chosen),
        "others": [p for p in procedures.values() if p.id not in begun and p.id != chosen],
    }
    return render(request, "web/case/flow.html", {**head(request, found, "case_flow"), **told})


@lru_cache(maxsize=256)
def _chart(kind: CaseKind, procedure: str, here: tuple[str, ...], as_of: date, language: Lang) -> str:
    """⚡️ Laying out a chart costs more than the rest of the page; cases in the same states share it for the day."""
    return draw(kind, "svg", language, here, procedure=procedure, as_of=as_of)


def _moved_last(standing: Standing) -> str:
    moved = [t for t in standing.tracks.values() if t.since > date.min]
    return max(moved, key=lambda t: (t.since, t.entry)).procedure if moved else standing.kind.procedures[0].id


def _states(standing: Standing, procedure: str) -> list[dict[str, object]]:
    """Every state of the procedure, with the runs that stand in it and what brought them there."""
    found = standing.kind.procedure(procedure)
    return [
        {
            "label": found.label_of(state),
            "end": found.is_end(state),
            "here": [(t.run, t.since if t.since > date.min else None, explain_state(standing, key))
                     for key, t in standing.tracks.items() if (t.procedure, t.state) == (procedure, state)],
        }
        for state in found.states
    ]  # fmt: skip
